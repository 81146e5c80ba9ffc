"""What the terminal says of a capacity run."""

from pathlib import Path
from typing import Literal, NoReturn

import typer

from harness.cli.app import console
from harness.cli.capacity import PAGE, ci_facts, exit_code
from harness.cli.ci import Wanted, tell, unheard
from load.capacity.result import CapacityResult
from load.capacity.summary import summary
from reports.ci.capacity import annotations


def show_capacity(folder: Path, result: CapacityResult, lang: Literal["de", "en"], wanted: Wanted) -> NoReturn:
    """Its sentences and its page, and the end with its exit code."""
    with unheard(console):
        for line in (summary(result, lang), str(folder / PAGE)):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
    tell(console, folder, annotations(ci_facts(result, folder, lang)), wanted)
    raise typer.Exit(int(exit_code(result)))
