"""What a run tells a CI server: GitHub's annotations and summary, and figures where Prometheus fetches them."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.model.errors import RunStoreError
from reports.ci.write import METRICS
from reports.terminal import fit
from reports.write import replace_file

GithubOption = Annotated[
    bool | None,
    typer.Option(
        "--github/--no-github",
        help="Print GitHub's annotations and write its step summary; default: where "
        "GITHUB_ACTIONS and GITHUB_STEP_SUMMARY ask for it.",
    ),
]
MetricsOption = Annotated[
    Path | None,
    typer.Option("--metrics", help="Write the figures for Prometheus there, too: a FILE.prom, replaced at once."),
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line; ``github`` None leaves it to the environment."""

    github: bool | None = None
    metrics: Path | None = None


def on_github() -> bool:
    """Whether GitHub's runner, or one that reads the same commands, reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


@contextmanager
def unheard(console: Console) -> Iterator[None]:
    """What is printed meanwhile is no command to GitHub's runner, whatever the tested system had put into it.

    The token that ends it is drawn anew each time, so that nothing printed can say it.
    """
    if not on_github():
        yield
        return
    token = secrets.token_hex(16)
    console.out(f"::stop-commands::{token}", highlight=False)
    try:
        yield
    finally:
        console.out(f"::{token}::", highlight=False)


def tell(console: Console, folder: Path, annotations: Sequence[str], wanted: Wanted) -> None:
    """Prints annotations, appends the run's ``summary.md`` to the step's, writes ``metrics.prom`` where asked.

    Raises ``RunStoreError`` where a file cannot be written.
    """
    if wanted.github or (wanted.github is None and on_github()):
        for line in annotations:
            console.out(fit(line, console.encoding), highlight=False)
    summary = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if summary and wanted.github is not False:
        with _written(Path(summary)), Path(summary).open("ab") as file:
            file.write((folder / "summary.md").read_bytes() + b"\n")
    if wanted.metrics is not None:
        with _written(wanted.metrics):
            wanted.metrics.parent.mkdir(parents=True, exist_ok=True)
            replace_file(wanted.metrics, (folder / METRICS).read_bytes())


@contextmanager
def _written(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RunStoreError(f"{file} cannot be written: {error.strerror}. Name another file.") from error
