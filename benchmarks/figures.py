"""What a benchmark measures, and the table that says whether its target is reached."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(slots=True)
class Spent:
    """Seconds: ``cpu`` of this process, which a busy machine does not change much, and ``wall`` on the clock."""

    cpu: float = 0.0
    wall: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``target`` is None for what is only told. ``better``: which side of the target is good."""

    name: str
    value: float
    unit: str
    target: float | None = None
    better: Literal["less", "more"] = "less"
    wall: float | None = None  # the same by the clock

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.value <= self.target if self.better == "less" else self.value >= self.target


@contextmanager
def measured() -> Iterator[Spent]:
    """Fills in what was spent when the block ends."""
    spent = Spent()
    cpu, wall = time.process_time(), time.perf_counter()
    yield spent
    spent.cpu, spent.wall = time.process_time() - cpu, time.perf_counter() - wall


def on_one_core() -> str:
    """Keeps this process (and what it starts) on one core where the system can; says what it did."""
    if not hasattr(os, "sched_setaffinity"):
        return "on as many cores as the system gives"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"on one core (number {core})"


def show(title: str, figures: Sequence[Figure]) -> None:
    """Prints the table on standard output, narrow enough for a log."""
    table = Table(title=title, title_justify="left")
    table.add_column("figure")
    for name in ("measured", "by the clock", "target", "reached"):
        table.add_column(name, justify="right")
    answer = {True: "yes", False: "no", None: ""}
    for figure in figures:
        sign = "at most" if figure.better == "less" else "at least"
        table.add_row(
            figure.name,
            f"{figure.value:,.2f} {figure.unit}",
            "" if figure.wall is None else f"{figure.wall:,.2f} {figure.unit}",
            "" if figure.target is None else f"{sign} {figure.target:,.5g} {figure.unit}",
            answer[figure.reached],
        )
    Console(width=None if sys.stdout.isatty() else 120).print(table)
