"""The command line. Each command imports what it needs when it runs, so that `--help` answers at once."""


def main() -> None:
    """The console script `monitor`."""
    from monitor.cli.commands import cli

    cli(prog_name="monitor")
