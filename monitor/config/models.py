"""The shape of the file: every key with its kind of value, default and meaning. The reference and the JSON Schema are
made from these; nothing outside of `config` sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, model_validator

from monitor.config import values as v
from monitor.config.section import Section, default_of, key, keys, nothing_is_empty, one_of_two
from monitor.config.values import places, plain
from monitor.core.settings import (
    RuleSettings,
    Selectors,
    Settings,
    SourceSettings,
    Spike,
    SummariseSettings,
    WebSettings,
    WikidataSettings,
)

ToChannels = Annotated[v.Ids, AfterValidator(plain.not_empty)]


def _outlets(value: int) -> int:
    if not 1 <= value <= 100:
        raise plain.bad(f"the number {value} where 1 to 100 belongs")
    return value


class Defaults(Section):
    planned = keys("group_wait group_interval digest quiet_hours summarise pages")

    every: v.Interval = key(
        "every",
        "How often a source is asked, where it does not say so itself: a length of time, which the server or the feed "
        "may lengthen to an hour, or `auto`, which learns it from the source's rhythm.",
        "5m",
        default_of(SourceSettings, "every"),
    )
    host_gap: v.Length = key(
        "host_gap",
        "The least time between two requests to one host. An `every` that is shorter lowers it to a quarter of that.",
        "1s",
        default_of(SourceSettings, "host_gap"),
    )
    full_text: v.Switch = key(
        "full_text",
        "Fetch the page of every article and match on its whole text.",
        "true",
        default_of(SourceSettings, "full_text"),
    )
    edits: v.EditsText = key(
        "edits",
        "What becomes of an article whose title or text is changed later: `ignore`, `update` (what is kept is changed, "
        "and rules that hit only now are told) or `resend` (told again).",
        "resend",
        default_of(SourceSettings, "edits"),
    )
    robots: v.Switch = key(
        "robots",
        "Ask robots.txt before a listing page or the page of an article is fetched.",
        "false",
        default_of(SourceSettings, "robots"),
    )
    silent_after: v.Times = key(
        "silent_after",
        "Tell the operator when a source has brought nothing new for so many times its usual gap; `false` never.",
        "20",
        default_of(SourceSettings, "silent_after"),
    )
    max_age: v.Span = key(
        "max_age",
        "Articles published longer ago are taken in, and never alerted.",
        "3d",
        default_of(SourceSettings, "max_age"),
    )
    memory: v.Span = key(
        "memory",
        "How long articles and stories are remembered, so that none is told twice.",
        "90d",
        default_of(Settings, "memory"),
    )
    retention: v.Span = key(
        "retention",
        "How long the texts of articles, alerts and deliveries are kept.",
        "30d",
        default_of(Settings, "retention"),
    )
    to: ToChannels | None = key(
        "to",
        "The channels of rules without a `to` of their own. Absent: all channels, or the console where there is none.",
        "[desk]",
        None,
    )
    priority: v.PriorityText | None = key(
        "priority", "The priority of rules that do not say it. Absent: normal.", "normal", None
    )
    cap: v.RateText | None = key("cap", "The cap of rules that have none. Absent: no cap.", "20/h", None)
    min_sources: Annotated[v.Whole, AfterValidator(_outlets)] = key(
        "min_sources",
        "How many independent outlets have to report a story before it is told: copies of one text, reports that "
        "credit one agency and those of one outlet count once.",
        "2",
        default_of(RuleSettings, "min_sources"),
    )
    updates: v.UpdatesText = key(
        "updates",
        "What becomes of a story that was told and goes on: `none`, `edits` (sent messages are kept up to date, where "
        "the channel can edit) or `substantial` (a report with names or numbers that none before had is told as well).",
        "substantial",
        default_of(RuleSettings, "updates"),
    )


class Operator(Section):
    planned = keys("quiet_hours digest")

    to: ToChannels = key("to", "The channels that hear of dead sources, bad edits and undeliverable alerts.", "[desk]")


class Web(Section):
    listen: v.Listen = key(
        "listen",
        "Where the status page, `/healthz` and `/metrics` answer. Anything but loopback needs a token.",
        "127.0.0.1:8080",
        (default_of(WebSettings, "host"), default_of(WebSettings, "port")),
    )
    token: v.SecretText | None = key("token", "The secret that the page asks for.", "${WEB_TOKEN}", None)
    token_file: v.SecretFile | None = key("token_file", "A file that holds `token`.", "/run/secrets/web", None)

    @model_validator(mode="after")
    def _token_where_others_can_reach_it(self) -> Web:
        one_of_two(self, "token")
        host = self.listen[0]
        if not (self.token or self.token_file) and not places.is_loopback(host):
            raise plain.bad(
                "this is open to other machines, and there is no token",
                "add token_file, or listen on 127.0.0.1",
                inside=("listen",),
            )
        return self


def _web(value: object) -> object:
    if value is None or value is True:
        return {}
    if value is False:
        return None
    return value


def _pages(value: int) -> int:
    if not 1 <= value <= 20:
        raise plain.bad(f"the number {value} where 1 to 20 belongs")
    return value


class SelectorsOf(Section):
    planned = keys("xpath json")

    item: v.Selector = key("item", "Finds the block of each article on the page.", "article.news")
    link: v.Selector = key("link", "The link, inside of the block.", "h2 a", default_of(Selectors, "link"))
    title: v.Selector = key(
        "title",
        "The title, inside of the block. Absent: the text of the link.",
        "h2",
        default_of(Selectors, "title"),
    )
    date: v.Selector = key(
        "date", "The time of publication, inside of the block.", "time", default_of(Selectors, "date")
    )
    text: v.Selector = key("text", "The summary, inside of the block.", "p.lead", default_of(Selectors, "text"))
    image: v.Selector = key(
        "image",
        "The picture, inside of the block. Absent: its first one.",
        "figure img",
        default_of(Selectors, "image"),
    )
    author: v.Selector = key("author", "The author, inside of the block.", ".byline", default_of(Selectors, "author"))


class SourceOf(Section):
    planned = keys("render country send_last page_selectors")

    id: v.Id = key(
        "id", "Names the source. What is remembered of it follows this id, whatever `url` becomes.", "aljazeera"
    )
    url: v.Url = key("url", "The address of the feed, sitemap or page.", "https://www.aljazeera.com/xml/rss/all.xml")
    kind: v.Text | None = key("kind", "What stands at `url`. Absent: found out by the first poll.", "listing", None)
    every: v.Interval | None = key(
        "every",
        "How often it is asked, whatever the server wishes; `auto` learns it. Absent: `defaults.every`.",
        "10m",
        None,
    )
    host_gap: v.Length | None = key(
        "host_gap", "The least time between two requests to its host. Absent: `defaults.host_gap`.", "2s", None
    )
    full_text: v.Switch | None = key(
        "full_text",
        "Fetch the page of every article and match on its whole text. Absent: `defaults.full_text`.",
        "true",
        None,
    )
    max_age: v.Span | None = key("max_age", "Older articles are never alerted. Absent: `defaults.max_age`.", "1d", None)
    allow_private: v.Switch = key(
        "allow_private", "Let this source, its pages and redirects reach addresses that are not public.", "true", False
    )
    tags: v.Texts = key("tags", "Words that rules can ask for with `tags`.", "[wire, asia]", ())
    headers: v.Headers = key(
        "headers",
        "Sent with every request to its host, and to no other. NAME_file reads a value from a file.",
        '{Authorization: "${FEED_KEY}"}',
        {},
    )
    cookies: v.Cookies = key("cookies", "The same for cookies.", '{consent: "yes"}', {})
    username: v.Line | None = key(
        "username", "The name for basic authentication, sent to its host and to no other.", "desk", None
    )
    password: v.SecretText | None = key("password", "The password that goes with it.", "${FEED_PASSWORD}", None)
    password_file: v.SecretFile | None = key(
        "password_file", "A file that holds `password`.", "/run/secrets/feed", None
    )
    user_agent: v.Line | None = key(
        "user_agent",
        "What the daemon calls itself to this source. Absent: as everywhere.",
        "newsdesk (desk@example.org)",
        None,
    )
    validators: v.Switch = key(
        "validators",
        "Send ETag and Last-Modified back. A server that is caught lying about them is not believed any more, "
        "with this or without.",
        "false",
        default_of(SourceSettings, "validators"),
    )
    edits: v.EditsText | None = key(
        "edits", "What becomes of articles that are changed later. Absent: `defaults.edits`.", "ignore", None
    )
    robots: v.Switch | None = key(
        "robots", "Ask robots.txt before its pages are fetched. Absent: `defaults.robots`.", "false", None
    )
    silent_after: v.Times | None = key(
        "silent_after",
        "So many times its usual gap without anything new is told to the operator. Absent: `defaults.silent_after`.",
        "30",
        None,
    )
    proxy: v.Proxy | None = key("proxy", "An HTTP proxy to go through.", "http://proxy.example.org:3128", None)
    proxy_file: v.ProxyFile | None = key("proxy_file", "A file that holds `proxy`.", "/run/secrets/proxy", None)
    selectors: SelectorsOf | None = key(
        "selectors",
        "Where the articles stand on a listing page. Absent: found out.",
        "{item: article, title: h2}",
        None,
    )
    pages: Annotated[v.Whole, AfterValidator(_pages)] = key(
        "pages",
        "How many pages of a listing a poll reads: the page itself and those that it leads on to, at most 20.",
        "3",
        default_of(SourceSettings, "pages"),
    )
    timezone: v.Zone | None = key(
        "timezone",
        "For times that the source gives without a zone. Absent: the document's own, else UTC.",
        "Asia/Jakarta",
        None,
    )

    @model_validator(mode="after")
    def _fits_together(self) -> SourceOf:
        one_of_two(self, "proxy")
        one_of_two(self, "password")
        secret = self.password or self.password_file
        if bool(self.username) != bool(secret):
            name = "username" if self.username else "password" if self.password else "password_file"
            missing = "password or password_file" if self.username else "username"
            raise plain.bad(f"{name} needs the other half of a login", f"add {missing}", inside=(name,), on_key=True)
        if self.username and ":" in self.username:
            raise plain.bad("a user name can't hold a colon", inside=("username",))
        if secret and any(name.lower() == "authorization" for name in self.headers):
            raise plain.bad("two ways of logging in", "keep username or the header", inside=("username",), on_key=True)
        for name, them, given in (("selectors", "them", self.selectors is not None), ("pages", "it", self.pages > 1)):
            if given and self.kind not in (None, "listing"):
                raise plain.bad(
                    f"{name} {'are' if them == 'them' else 'is'} for listing pages, and the kind is '{self.kind}'",
                    f"write kind: listing, or remove {them}",
                    inside=(name,),
                    on_key=True,
                )
        return self


class EntityOf(Section):
    name: v.Line = key("name", "The name, once, in any script.", "Volodymyr Zelensky")
    aliases: Annotated[v.Texts, AfterValidator(plain.as_lines)] = key(
        "aliases", "Other names that mean the same.", "[OTAN, North Atlantic Treaty Organization]", ()
    )
    exclude: v.Terms = key(
        "not",
        "Words and phrases that are somebody or something else. One that has the name in it (`Zelensky Street`) takes "
        "away that mention; one that stands apart (`rainforest`) takes away the mentions of its sentence.",
        "[Zelensky Street, Oleksandr Zelensky]",
        (),
    )
    context: v.Terms = key(
        "context",
        "The name counts only in articles that have one of these words and phrases as well. Absent: in any.",
        '[retail, cloud, "e-commerce", Bezos]',
        (),
    )
    kind: v.EntityKindText | None = key(
        "kind",
        "`person`, `organisation` or `place`: how the name is taken. Absent: told from the name.",
        "person",
        None,
    )
    transliterate: v.Switch = key("transliterate", "Find the name in other alphabets as well.", "false", True)
    wikidata: v.Wikidata | None = key(
        "wikidata",
        "Its item in Wikidata: what it is called there, in all languages, are names of it as well. They are fetched "
        "when the daemon runs and kept in the store.",
        "Q3874799",
        None,
    )


class WikidataOf(Section):
    api: v.Url = key(
        "api",
        "Where Wikidata's API is: the public one, or a mirror of your own, also on a private address.",
        "https://wikibase.example.org/w/api.php",
        default_of(WikidataSettings, "api"),
    )
    every: v.Span = key(
        "every", "How old names may be before they are fetched again.", "7d", default_of(WikidataSettings, "every")
    )


def _timeout(value: timedelta) -> timedelta:
    if not timedelta(seconds=1) <= value <= timedelta(minutes=1):
        raise plain.bad("a timeout is 1s to 1m: alerts wait for it")
    return value


described = key  # in the next class, one of the keys has this name


class SummariseOf(Section):
    api: v.Url = described(
        "api",
        "Where the server is, as far as what comes before `/chat/completions`; also on a private address.",
        "http://127.0.0.1:11434/v1",
    )
    model: v.Line = described("model", "What the server calls the model.", "llama3.2")
    key: v.SecretText | None = described("key", "Sent as a bearer token. Absent: none.", "${SUMMARISE_KEY}", None)
    key_file: v.SecretFile | None = described("key_file", "A file that holds `key`.", "/run/secrets/summarise", None)
    timeout: Annotated[v.Length, AfterValidator(_timeout)] = described(
        "timeout",
        "How long an alert waits for its summary, one minute at most; then it shows sentences of the article.",
        "20s",
        default_of(SummariseSettings, "timeout"),
    )

    @model_validator(mode="after")
    def _one_key(self) -> SummariseOf:
        one_of_two(self, "key")
        return self


class GazetteerOf(Section):
    file: v.FileName = key(
        "file",
        "Names of things that are translated instead of spelled in other letters, one thing a line: its id, its kind "
        "and all its forms between bars, the three apart by tabs. `!` before a form: it has a form in it and means "
        "something else. A form in lower case is found in lower case too. Rows go before the built-in ones; one with "
        "the id of a built-in one adds to it. Relative to this file.",
        "names.tsv",
    )


class SpikeOf(Section):
    over: v.Span = key(
        "over", "The time in which mentions are counted; a day at most.", "30m", default_of(Spike, "over")
    )
    baseline: v.Span = key(
        "baseline", "The time before it from which comes what is usual.", "14d", default_of(Spike, "baseline")
    )
    factor: v.Number = key("factor", "Told from so many times the usual on.", "5", default_of(Spike, "factor"))
    at_least: v.Whole = key(
        "at_least", "And from so many mentions on, however few are usual.", "10", default_of(Spike, "at_least")
    )

    @model_validator(mode="after")
    def _is_countable(self) -> SpikeOf:
        if self.over > timedelta(days=1):
            raise plain.bad("over is longer than a day", "write 1d or less", inside=("over",))
        if self.baseline < 2 * self.over:
            raise plain.bad(
                "the baseline is shorter than twice the time of over", "write a longer one", inside=("baseline",)
            )
        if self.factor <= 1:
            raise plain.bad("a factor of 1 or less is no rise", "write 2 or more", inside=("factor",))
        if self.at_least < 1:
            raise plain.bad("at_least counts mentions", "write 1 or more", inside=("at_least",))
        return self


class RuleOf(Section):
    planned = keys(
        "edits group_wait group_interval repeat digest quiet_hours summarise pages "
        "volume stories not inhibits fallback escalate judge domains countries"
    )

    id: v.Id = key("id", "Names the rule in alerts and commands.", "nato")
    match: v.Text | None = key("match", "A query.", '"NATO OR OTAN"', None)
    any: v.Texts = key("any", "At least one of these is found. Each is a query of its own.", "[ASEAN, KTT]", ())
    all: v.Texts = key("all", "Every one of these is found.", "[Jakarta, banjir]", ())
    none: v.Texts = key("none", "None of these is found.", "[sepak bola]", ())
    languages: v.Languages = key("languages", "Only articles in these languages. Absent: in any.", "[id, en]", ())
    sources: v.Ids = key("sources", "Only articles of these sources. Absent: of all.", "[aljazeera]", ())
    tags: v.Texts = key("tags", "Only articles of sources with one of these tags. Absent: of all.", "[wire]", ())
    priority: v.PriorityText | None = key(
        "priority",
        "`urgent` is marked red, `low` comes without a sound. Absent: `defaults.priority`, else normal.",
        "urgent",
        None,
    )
    to: ToChannels | None = key(
        "to",
        "The channels that are told. Absent: `defaults.to`, else all channels, else the console.",
        "[desk, mail]",
        None,
    )
    cap: v.RateText | None = key(
        "cap",
        "At most so many alerts in that time on each channel; the rest comes as one summary. Absent: `defaults.cap`.",
        "10/h",
        None,
    )
    min_sources: Annotated[v.Whole, AfterValidator(_outlets)] | None = key(
        "min_sources",
        "How many independent outlets have to report a story before it is told. Absent: `defaults.min_sources`.",
        "3",
        None,
    )
    updates: v.UpdatesText | None = key(
        "updates", "What becomes of a told story that goes on. Absent: `defaults.updates`.", "none", None
    )
    spike: SpikeOf | None = key(
        "spike",
        "Tell only when the rule is mentioned more often than usual, once for each rise; every mention is counted. "
        "Absent: every story is told.",
        "{over: 1h, baseline: 7d, factor: 3, at_least: 5}",
        None,
    )

    @model_validator(mode="after")
    def _counts_one_thing(self) -> RuleOf:
        if self.spike is not None and self.min_sources is not None and self.min_sources > 1:
            raise plain.bad(
                "a rule with a spike tells of its mentions, and waits for no outlets",
                "keep spike or min_sources",
                inside=("min_sources",),
                on_key=True,
            )
        return self

    @model_validator(mode="after")
    def _asks_for_something(self) -> RuleOf:
        if not (self.match or self.any or self.all or self.none):
            raise plain.bad("the rule asks for nothing", "give it match, any or all")
        if not (self.match or self.any or self.all):
            raise plain.bad(
                "the rule only says what must not occur",
                "say what to look for with match, any or all",
                inside=("none",),
            )
        return self


class Root(Section):
    planned = keys("digest quiet_hours pages bot silences group_wait group_interval republish inhibit")

    store: v.StoreAddress = key(
        "store",
        "Where everything is remembered: a SQLite file, relative to this file.",
        "sqlite:///data/monitor.db",
        default_of(Settings, "store"),
        validate_default=True,
    )
    timezone: v.Zone | None = key("timezone", "The zone of the times in alerts. Absent: UTC.", "Asia/Jakarta", None)
    stories: v.BreadthText = key(
        "stories",
        "How much is one story: `strict` joins only reports that are very much alike, so that more is told; `broad` "
        "joins more of what belongs together, and now and then what does not.",
        "strict",
        default_of(Settings, "stories"),
    )
    stories_across_languages: v.Switch = key(
        "stories_across_languages",
        "Reports in two languages are one story where names, numbers and time say so. Now and then that joins what is "
        "only about the same people.",
        "true",
        default_of(Settings, "stories_across_languages"),
    )
    summarise: SummariseOf | None = key(
        "summarise",
        "A model that summarises articles for alerts. Absent: alerts show sentences of the article.",
        "{api: http://127.0.0.1:11434/v1, model: llama3.2}",
        None,
    )
    templates: v.Folder | None = key(
        "templates",
        "A folder of message templates that go before the built-in ones of the same name.",
        "templates",
        None,
    )
    user_agent: v.Line | None = key(
        "user_agent",
        "What the daemon calls itself to web servers. Absent: its own name and version.",
        "newsdesk (desk@example.org)",
        None,
    )
    defaults: Annotated[Defaults, nothing_is_empty(dict)] = key(
        "defaults",
        "What holds for sources and rules that do not say otherwise.",
        "{every: 10m}",
        Defaults.model_construct(),
    )
    operator: Operator | None = key(
        "operator",
        "Who hears of trouble. Absent: the log, `monitor sources` and the status page.",
        "{to: [desk]}",
        None,
    )
    web: Annotated[Web | None, BeforeValidator(_web)] = key(
        "web",
        "The status page; `false` switches it off. Absent: on loopback, port 8080.",
        '{listen: "127.0.0.1:8080"}',
        Web.model_construct(),
    )
    sources: Annotated[list[SourceOf], nothing_is_empty(list)] = key(
        "sources", "What is watched.", "[{id: bbc, url: https://feeds.bbci.co.uk/news/world/rss.xml}]", ()
    )
    wikidata: Annotated[WikidataOf, nothing_is_empty(dict)] = key(
        "wikidata",
        "Where the names of entities with a `wikidata` item come from.",
        "{every: 7d}",
        WikidataOf.model_construct(),
    )
    gazetteer: GazetteerOf | None = key(
        "gazetteer", "Your own list of names in many languages.", "{file: names.tsv}", None
    )
    entities: Annotated[dict[v.Id, EntityOf], nothing_is_empty(dict)] = key(
        "entities",
        "People, organisations and places, by id: a rule asks for one with `entity:ID`.",
        "{nato: {name: NATO, aliases: [OTAN]}}",
        {},
    )
    lists: Annotated[dict[v.Id, v.Terms], nothing_is_empty(dict)] = key(
        "lists",
        "Terms that rules share, by id: a rule asks for any of them with `list:ID`.",
        "{talks: [peace talks, perundingan]}",
        {},
    )
    rules: Annotated[list[RuleOf], nothing_is_empty(list)] = key(
        "rules", "What is looked for, and who is told.", '[{id: nato, match: "NATO OR OTAN"}]', ()
    )
    channels: Annotated[dict[v.Id, Any], nothing_is_empty(dict)] = key(
        "channels", "Where alerts go, by id. With none, alerts go to the console.", "{screen: {kind: console}}", {}
    )

    @model_validator(mode="after")
    def _remembers_what_may_alert(self) -> Root:
        """Without this an article that is forgotten before it is too old would be told again."""
        memory = self.defaults.memory
        places: list[tuple[timedelta | None, tuple[str | int, ...]]] = [
            (self.defaults.max_age, ("defaults", "max_age"))
        ]
        places += [(source.max_age, ("sources", index, "max_age")) for index, source in enumerate(self.sources)]
        for max_age, place in places:
            if max_age is not None and max_age > memory:
                given = self.defaults.model_fields_set
                lowered = place[0] == "defaults" and "max_age" not in given and "memory" in given
                raise plain.bad(
                    "max_age is longer than memory: articles that were forgotten would be told again",
                    "make defaults.memory longer, or max_age shorter",
                    inside=("defaults", "memory") if lowered else place,
                )
        return self
