"""The command line itself: its console, its options that several commands share, how a run is shown."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from harness.cli.ci import Wanted, tell, unheard
from harness.cli.conclude import Concluded
from reports.ci.github import annotations
from reports.terminal import print_verdicts

console = Console()
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Prove whether video appointments are end-to-end encrypted, how good they are, and how many a server holds.",
    epilog="Examples: pruefstand verify · pruefstand verify --flaw plain-audio · pruefstand report runs/RUN --lang en",
)


class Lang(StrEnum):
    """Languages of reports."""

    DE = "de"
    EN = "en"


class BrowserName(StrEnum):
    """Browsers that the bench drives; ``mixed``: the citizen has Firefox, everybody else Chromium."""

    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    MIXED = "mixed"


RunFolder = Annotated[Path, typer.Argument(help="A run folder, e.g. runs/20210215T090000Z-townhall-a1b2c3.")]
LangOption = Annotated[Lang | None, typer.Option(help="Language of the report.")]


def show(concluded: Concluded, wanted: Wanted) -> NoReturn:
    """The table of verdicts, what a CI server is told, and the end with the exit code that they make."""
    with unheard(console):
        print_verdicts(concluded.source, console, concluded.reports["html"])
        if page := concluded.reports.get("quality.html"):
            console.print(f"{page}", soft_wrap=True, markup=False, highlight=False)
    tell(console, concluded.folder, annotations(concluded.source), wanted)
    raise typer.Exit(int(concluded.exit))
