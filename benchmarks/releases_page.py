"""What ``benchmarks.releases`` found, as a page: what is independent of what is said beside each number."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from reports.compare.figures import LEVEL, FigureChange

NAMES = {"Q01.whole": "glass to glass", "Q02.whole": "mouth to ear"}


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``of``."""

    hits: int
    of: int

    def __str__(self) -> str:
        return f"{self.hits} of {self.of}"

    @property
    def percent(self) -> str:
        """In per cent, nothing of nothing."""
        return f"{100 * self.hits / self.of:.1f} %" if self.of else "–"


@dataclass(frozen=True, slots=True)
class Found:
    """The figures. ``by_size``: for so many pairs the alarms where pairs were turned, where runs were dealt out, and
    how often the slowed release was found. ``spread``: 5th, 50th and 95th percentile of all alike runs, ms."""

    pairs: int
    runs: Mapping[str, int]
    alike: Share
    wavered: Share
    slower: Share
    flaw: Share
    by_size: Mapping[int, tuple[Share, Share, Share]]
    shifts: Mapping[str, FigureChange]
    spread: Mapping[str, tuple[float, float, float]]
    figures: int
    seconds: Sequence[float]


_PAGE = """# Whether `compare` keeps its promise on real runs

Written by `.pruefstand/venv/bin/python -m benchmarks.releases --write docs/releases-measured.md`, on one machine
({machine}): {alike} runs of alike releases, {slower} with a release slowed by 50 ms each way, {flaw} with a flaw.
{figures} figures are compared at once.{took}

## Separate comparisons

{pairs} pairs each (of the flaw one), played one after the other. No two share a run: these are independent, but for
what the machine did all the while.

| releases | says | promised | seen |
|---|---|---|---:|
| alike | that anything changed | at most {level} % | {alarms} |
| slowed by 50 ms each way | that a delay is worse | every time | {found_slower} |
| with `plain-audio`, one run of each | that E01 is worse | every time | {found_flaw} |
| alike, and slowed | that outcomes waver too much (exit code 3) | nothing | {wavered} |

## Drawn from the same runs

Comparisons drawn at random from these runs, many times. They share runs and are **not** independent: they show what the
tests make of real figures (ties, outliers, figures that move together), not what a machine does that was not seen here.
*Turned*: whole pairs, and a coin for each says which of the two is A. *Dealt out*: runs from anywhere, without pairs.

| pairs | alike, turned: alarms | alike, dealt out: alarms | slowed: found |
|---:|---:|---:|---:|
{by_size}

## The figures behind it

| figure | alike runs: 5th, 50th, 95th percentile | slowed: shift | interval of 95 % |
|---|---:|---:|---:|
{rows}
"""


def page(found: Found) -> str:
    """All of it as Markdown."""
    return _PAGE.format(
        machine=f"{psutil.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}", **found.runs,
        figures=found.figures, took=_took(found.seconds), pairs=found.pairs, level=f"{100 * LEVEL:.0f}",
        alarms=found.alike, wavered=found.wavered, found_slower=found.slower, found_flaw=found.flaw,
        by_size="\n".join(_sized(size, *shares) for size, shares in found.by_size.items()),
        rows="\n".join(_row(name, found) for name in NAMES),
    )  # fmt: skip


def _sized(size: int, *shares: Share) -> str:
    return f"| {size} | {' | '.join(each.percent for each in shares)} |"


def _took(seconds: Sequence[float]) -> str:
    return f" A run with a call took {sum(seconds) / len(seconds):.0f} s on the average." if seconds else ""


def _row(name: str, found: Found) -> str:
    low, middle, high = found.spread[name]
    shift = found.shifts.get(name)
    between = f"{shift.interval[0]:.0f} to {shift.interval[1]:.0f} ms" if shift and shift.interval else "–"
    by = f"{shift.shift:+.0f} ms" if shift else "–"
    return f"| {NAMES[name]} | {low:.0f}, {middle:.0f}, {high:.0f} ms | {by} | {between} |"


def write_page(found: Found, file: Path) -> None:
    """Writes the page."""
    file.write_text(page(found), encoding="utf-8")
