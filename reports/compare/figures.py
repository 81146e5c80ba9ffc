"""Figures of A and B: which have shifted by more than chance. Pure.

Where the runs were played in pairs there are two tests: of all runs (Mann and Whitney) and of the pairs (Wilcoxon). On
a machine that stays as it is the first needs fewer runs, on one that does not the second; so both are made, and for
having made two, the smaller chance counts double (Bonferroni). ``docs/releases.md`` has what this rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reports.compare.paired import paired_interval, paired_shift, signed_rank
from reports.compare.release import Release
from reports.compare.statistics import holm, p_value, runs_needed, shift, shift_interval
from reports.compare.units import rounded

LEVEL = 0.05  # of all comparisons of two alike releases, at most so many name a figure or a check of shifted outcomes
Better = Literal["less", "more", "either"]
Change = Literal["worse", "better", "changed", "same"]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure in both releases: medians, the shift with its interval of 95 %, and the corrected chance.

    ``pairs`` were looked at beside all runs; shift and interval are theirs where they told more (``by_pairs``).
    """

    figure: str
    change: Change
    before: float
    after: float
    shift: float
    interval: tuple[float, float] | None
    chance: float
    runs: tuple[int, int]
    pairs: int = 0
    by_pairs: bool = False


class Figures(NamedTuple):
    """The compared figures, those that one release alone has, and how many runs of each would be needed if these are
    too few to tell a change from chance (else 0)."""

    changes: list[FigureChange]
    gone: list[str]
    few: int


class _Tested(NamedTuple):
    chance: float
    shift: float
    interval: tuple[float, float] | None
    pairs: int
    by_pairs: bool


def compare_figures(a: Release, b: Release, better: Mapping[str, Better]) -> Figures:
    """Every figure that ``better`` names and both have; corrected after Holm for all that are not always the same: what
    never varies cannot be called changed by chance."""
    values = {name: (a.values(name), b.values(name)) for name in sorted(better)}
    tested = {name: _tested(a, b, name) for name, (before, after) in values.items() if before and after}
    varying = {name for name in tested if len({*values[name][0], *values[name][1]}) > 1}
    chances = holm({name: test.chance for name, test in tested.items() if name in varying})
    changes = []
    for name, test in tested.items():
        before, after = values[name]
        chance = chances.get(name, 1.0)
        change = _change(chance, rounded(test.shift, name), better[name])
        changes.append(
            FigureChange(
                name, change, _middle(before), _middle(after), test.shift,
                test.interval, chance, (len(before), len(after)), test.pairs, test.by_pairs,
            )
        )  # fmt: skip
    needed = runs_needed(max(1, len(varying)), LEVEL / 2 if any(test.pairs for test in tested.values()) else LEVEL)
    most = max((min(each.runs) for each in changes), default=0)
    few = needed if 0 < most < needed else 0
    return Figures(changes, [name for name, both in values.items() if any(both) and not all(both)], few)


def _tested(a: Release, b: Release, name: str) -> _Tested:
    before, after = a.values(name), b.values(name)
    of_all = _Tested(p_value(before, after), shift(before, after), shift_interval(before, after), 0, False)
    first, second = a.by_pair(name), b.by_pair(name)
    both = sorted(first.keys() & second.keys()) if first and second else []
    if not first or not second or len(both) < 2:
        return of_all
    differences = [second[pair] - first[pair] for pair in both]
    chance = signed_rank(differences)
    if chance < of_all.chance:
        told = _Tested(chance, paired_shift(differences), paired_interval(differences), len(both), True)
    else:
        told = of_all._replace(pairs=len(both))
    return told._replace(chance=min(1.0, 2 * told.chance))


def _change(chance: float, by: float, better: Better) -> Change:
    """``by`` as it is told: R grew by 0.005 in real runs, beyond chance, and that is nothing to anybody."""
    if chance > LEVEL or by == 0:
        return "same"
    if better == "either":
        return "changed"
    return "better" if (by < 0) == (better == "less") else "worse"


def _middle(values: list[float]) -> float:
    return shift([0.0], values)
