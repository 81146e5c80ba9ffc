"""``pruefstand compare A B``: what changed from one release to the next, with an exit code."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from harness.model.exit_code import ExitCode
from reports.compare.comparison import BUDGET as BUDGET
from reports.compare.comparison import Comparison, compare
from reports.compare.figures import Better
from reports.compare.release import Release, read_release
from reports.compare.said import Said
from reports.compare.write import write_comparison
from reports.inputs import Lang

Way = Literal["less", "more", "either"]
# Checks of quality whose figure is good when it is large, as their bands say: rates, sizes and scores.
_MORE = frozenset({"Q09", "Q10", "Q13", "Q14", "Q15", "Q19"})


def compare_runs(a: Path, b: Path, names: tuple[str, str], figures: Sequence[str], budget: float) -> Comparison:
    """Reads both releases and compares them. Raises ``RunStoreError`` where one holds no judged run."""
    before, after = read_release(names[0] or a.name, [a]), read_release(names[1] or b.name, [b])
    return compare(before, after, chosen_figures(before, after, figures), budget)


def chosen_figures(before: Release, after: Release, asked: Sequence[str]) -> Mapping[str, Better]:
    """Which figures are compared: those asked for (``NAME``, or ``NAME:less`` where less is better), else of each
    check of quality the one of the whole call, or its worst where there is none."""
    if asked:
        return {name: _way(way) for name, _, way in (each.partition(":") for each in asked)}
    every = {name for release in (before, after) for run in release.runs for name in run.figures}
    chosen: dict[str, Better] = {}
    for name in sorted(every):
        check, _, figure = name.partition(".")
        if check.startswith("Q") and (figure == "whole" or (figure == "worst" and f"{check}.whole" not in every)):
            chosen[name] = "more" if check in _MORE else "less"
    return chosen


def _way(text: str) -> Way:
    return "less" if text == "less" else "more" if text == "more" else "either"


def exit_code(comparison: Comparison) -> ExitCode:
    """1: something is worse, or changed; 3: too flaky to be compared; 0: neither."""
    if comparison.worse:
        return ExitCode.FAILED
    return ExitCode.INCONCLUSIVE if comparison.too_flaky else ExitCode.OK


def told(comparison: Comparison, folder: Path, lang: Lang) -> list[str]:
    """Writes the files and returns what the terminal says."""
    said = Said(comparison, lang)
    page = write_comparison(comparison, folder, lang)
    return [said.headline, *said.sentences, str(page)]
