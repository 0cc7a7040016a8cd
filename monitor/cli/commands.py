"""Every command, its options and what it is for; the work is done in the files beside this one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor import __version__
from monitor.core.settings import EntityKind

cli = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,  # rich would double the time that `--help` takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Watches news sources against the rules of a YAML file and sends one explained alert per story.",
)
stories = typer.Typer(invoke_without_command=True, rich_markup_mode=None, help="What was folded into what, and why.")
cli.add_typer(stories, name="stories")

Config = Annotated[
    Path | None,
    typer.Option(
        "--config", "-c", envvar="MONITOR_CONFIG", help="The configuration file; ./config.yaml when not given."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of a table.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many rows, the newest.")]


class Kind(StrEnum):
    FEED = "feed"
    LISTING = "listing"
    SITEMAP = "sitemap"
    ARTICLE = "article"


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"monitor {__version__}")
        raise typer.Exit


@cli.callback()
def _root(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


# --- the daemon ---


@cli.command()
def run(
    config: Config = None,
    once: Annotated[bool, typer.Option("--once", help="Poll every source once, deliver, and end.")] = False,
    log_level: Annotated[str, typer.Option(envvar="MONITOR_LOG_LEVEL", help="debug | info | warning | error")] = "info",
    log_format: Annotated[LogFormat, typer.Option(envvar="MONITOR_LOG_FORMAT")] = LogFormat.TEXT,
) -> None:
    """Run the daemon.

    Ends with SIGTERM or Ctrl-C. SIGHUP, or a change of the file, reloads the configuration.
    """
    from monitor.cli.run import run_daemon

    run_daemon(config, once=once, log_level=log_level, log_json=log_format is LogFormat.JSON)


@cli.command()
def demo(
    seconds: Annotated[
        float | None, typer.Option("--seconds", min=1, help="End after so many seconds; else Ctrl-C.")
    ] = None,
    log_level: Annotated[str, typer.Option(envvar="MONITOR_LOG_LEVEL")] = "warning",
) -> None:
    """Watch a small newsroom on this machine.

    Alerts come to the terminal within ten seconds; no token and no network are needed.
    """
    from monitor.cli.run import run_demo

    run_demo(seconds=seconds, log_level=log_level)


@cli.command()
def health(config: Config = None) -> None:
    """Ask the running daemon whether it is well.

    Exit code 1 when it is not, or does not answer.
    """
    from monitor.cli.run import ask_health

    ask_health(config)


# --- configuration ---


@cli.command()
def check(
    config: Config = None,
    online: Annotated[bool, typer.Option("--online", help="Also try each source and channel; sends nothing.")] = False,
    formatted: Annotated[
        bool, typer.Option("--format", help="Print every rule's query the way it was understood.")
    ] = False,
    query: Annotated[
        str | None, typer.Option("--query", help="Check this query instead of a file, and print how it is understood.")
    ] = None,
) -> None:
    """Check configuration, rules and templates.

    Exit code 1, with FILE:LINE:COLUMN for each mistake.
    """
    from monitor.cli.check import check_query, run_check

    if query is not None:
        check_query(query)
    else:
        run_check(config, online=online, formatted=formatted)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the configuration, for editors."""
    import json

    from monitor.config import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@cli.command("try")
def try_(
    config: Config = None,
    since: Annotated[
        str, typer.Option("--since", help="Only what was published within this time: 30m, 24h, 3d.")
    ] = "24h",
    as_json: Json = False,
) -> None:
    """Show what would be sent now.

    Polls every source, and says of what would not be sent why. Sends nothing, keeps nothing.
    """
    from monitor.cli.trial import show_trial

    show_trial(config, since=since, as_json=as_json)


@cli.command()
def discover(
    url: Annotated[str, typer.Argument(help="A site, a section of it, a feed.")],
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let it reach addresses of your own network.")
    ] = False,
    host_gap: Annotated[float, typer.Option(min=0, help="Seconds between two requests to a host.")] = 0.5,
    as_json: Json = False,
) -> None:
    """Find the feeds, sitemaps and listings of a site.

    Each is tried; what is worth having is printed as YAML to paste, the rest as comments. Exit code 1 when there is
    nothing.
    """
    from monitor.cli.discover import run_discover

    run_discover(url, allow_private=allow_private, host_gap=host_gap, as_json=as_json)


@cli.command("import")
def import_(file: Annotated[Path, typer.Argument(help="OPML, as feed readers write it.")]) -> None:
    """Print the sources of an OPML file as YAML to paste.

    Folders become tags. Outlines that are no source are told with their line.
    """
    from monitor.cli.opml import print_sources

    print_sources(file)


@cli.command()
def export(config: Config = None) -> None:
    """Print the sources as OPML, for a feed reader.

    Addresses are written as they are used, keys in them too.
    """
    from monitor.cli.opml import print_opml

    print_opml(config)


@cli.command("send-test")
def send_test(channel: Annotated[str, typer.Argument(help="A channel's id.")], config: Config = None) -> None:
    """Send a test message on a channel.

    Exit code 1 when it is not taken.
    """
    from monitor.cli.channels import run_send_test

    run_send_test(config, channel)


@cli.command()
def chats(channel: Annotated[str, typer.Argument(help="A telegram channel's id.")], config: Config = None) -> None:
    """List chats that have written to the bot.

    Each as YAML to paste.
    """
    from monitor.cli.channels import run_chats

    run_chats(config, channel)


# --- what happened ---


@cli.command()
def sources(config: Config = None, as_json: Json = False) -> None:
    """How the sources do: last success, next poll, errors."""
    from monitor.cli.tables import show_sources

    show_sources(config, as_json=as_json)


@cli.command()
def alerts(config: Config = None, limit: Limit = 30, as_json: Json = False) -> None:
    """What was told and what was not, each with its reason."""
    from monitor.cli.tables import show_alerts

    show_alerts(config, limit=limit, as_json=as_json)


@cli.command()
def deliveries(
    config: Config = None,
    state: Annotated[
        str | None, typer.Option("--state", help="due | sending | uncertain | sent | held | dead | joined | dropped")
    ] = None,
    resend: Annotated[
        list[int] | None, typer.Option("--resend", help="Send this dead or held one again. Repeatable.")
    ] = None,
    resend_all: Annotated[bool, typer.Option("--resend-all", help="Send all dead and held ones again.")] = False,
    limit: Limit = 30,
    as_json: Json = False,
) -> None:
    """The outbox: what was sent, what waits."""
    from monitor.cli.tables import show_deliveries

    show_deliveries(config, state=state, resend=resend or [], resend_all=resend_all, limit=limit, as_json=as_json)


@cli.command()
def silence(
    target: Annotated[str, typer.Argument(help="rule:ID, source:ID or story:ID")],
    duration: Annotated[str, typer.Argument(help="30m, 2h, 1d …")],
    comment: Annotated[str, typer.Option("--comment", "-m", help="Why; shown with what it holds back.")] = "",
    config: Config = None,
) -> None:
    """Tell nothing of a rule, source or story.

    For a while: matching goes on, and is on record.
    """
    from monitor.cli.tables import add_silence

    add_silence(config, target, duration, comment)


@cli.command()
def silences(
    end: Annotated[int | None, typer.Option("--end", help="End the silence of this number now.")] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """The silences in force."""
    from monitor.cli.tables import show_silences

    show_silences(config, end=end, as_json=as_json)


@cli.command()
def explain(
    item: Annotated[str, typer.Argument(help="An item's number or URL.")], config: Config = None, as_json: Json = False
) -> None:
    """Why an item was told, or was not.

    Its story, its matches, every decision.
    """
    from monitor.cli.tables import show_item

    show_item(config, item, as_json=as_json)


@cli.command()
def release(
    item: Annotated[str, typer.Argument(help="An item's number or URL.")],
    rule: Annotated[str | None, typer.Option("--rule", help="For this rule only.")] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Tell of an item after all.

    Queues an alert for each rule that matched it and was not told.
    """
    from monitor.cli.corrections import release_item

    release_item(config, item, rule, as_json=as_json)


@cli.command()
def backtest(
    rule: Annotated[str, typer.Argument(metavar="RULE|QUERY", help="The id of a rule, or a query in quotes.")],
    since: Annotated[str, typer.Option("--since", help="How far back: 24h, 30d.")] = "30d",
    samples: Annotated[int, typer.Option("--samples", "-n", min=0, help="How many items of each sort to show.")] = 10,
    against: Annotated[
        str | None, typer.Option("--against", metavar="RULE", help="Compare with what this rule matched.")
    ] = None,
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Try a rule on what is stored.

    Matches per day, samples, and what a changed rule adds and drops.
    """
    from monitor.cli.backtest import show_backtest

    show_backtest(config, rule, since=since, samples=samples, against=against, as_json=as_json)


@cli.command()
def entity(
    name: Annotated[str, typer.Argument(help="A name, or the id of an entity of the configuration.")],
    kind: Annotated[EntityKind | None, typer.Option("--kind", help="How the name is taken.")] = None,
    since: Annotated[str, typer.Option("--since", help="How far back stored items are looked at.")] = "30d",
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Show what a name will be found by.

    What it is taken for, how it looks in other scripts, and what was seen of it in stored items.
    """
    from monitor.cli.entity import show_entity

    show_entity(config, name, kind=kind, since=since, as_json=as_json)


@stories.callback()
def _stories(
    context: typer.Context,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read items as JSONL, answer each with its story.")] = False,
    config: Config = None,
) -> None:
    if context.invoked_subcommand is None:
        if not stdin:
            typer.echo(context.get_help())
            raise typer.Exit
        from monitor.cli.story_pipe import run_story_pipe

        run_story_pipe(config)


@stories.command("list")
def stories_list(
    config: Config = None,
    limit: Limit = 30,
    least: Annotated[int, typer.Option("--least", min=1, help="Only stories of so many items and more.")] = 1,
    as_json: Json = False,
) -> None:
    """The latest stories, with their outlets."""
    from monitor.cli.tables import show_stories

    show_stories(config, limit=limit, least=least, as_json=as_json)


@stories.command("show")
def stories_show(
    story: Annotated[int, typer.Argument(help="A story's number, as `list` shows it.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """What a story is about, and its items in the order in which they came, with why each belongs to it."""
    from monitor.cli.tables import show_story

    show_story(config, story, as_json=as_json)


@stories.command("split")
def stories_split(
    item: Annotated[str, typer.Argument(help="An item's number or URL.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Make an item a story of its own.

    Nothing is told again by that.
    """
    from monitor.cli.corrections import split_item

    split_item(config, item, as_json=as_json)


@stories.command("merge")
def stories_merge(
    story: Annotated[int, typer.Argument(help="A story's number.")],
    other: Annotated[int, typer.Argument(help="The number of a story that is the same one.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Make two stories one.

    The other's items become part of the first. Nothing is told again by that.
    """
    from monitor.cli.corrections import merge_stories

    merge_stories(config, story, other, as_json=as_json)


# --- pipes ---


@cli.command()
def parse(
    kind: Annotated[Kind, typer.Option("--kind", help="What the documents are.")],
    files: Annotated[list[Path] | None, typer.Argument(help="Files; `.gz` as if sent compressed.")] = None,
    manifest: Annotated[Path | None, typer.Option(help='JSONL of {"file", "url"?, "headers"?}.')] = None,
    url: Annotated[str, typer.Option(help="The address that relative links are relative to.")] = "",
) -> None:
    """Read documents, one JSON line each."""
    import sys

    from monitor.cli.parse import run

    run(kind.value, files or [], manifest, url, sys.stdout)


@cli.command("match")
def match_(config: Config = None) -> None:
    """Match items from standard input (JSONL)."""
    import sys
    from datetime import UTC, datetime

    from monitor.cli.match import run
    from monitor.cli.setup import matching_settings_of

    run(matching_settings_of(config), sys.stdin, sys.stdout, datetime.now(UTC))
