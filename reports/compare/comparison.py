"""What changed from release A to release B. Pure: the same runs, the same answer.

A **check** has changed where all runs of A say one thing and all of B another, or where its outcomes are shifted by
more than chance. A failure rests on evidence, so one that A never had and B has twice is a change, too. A check of
quality only says on which side of a limit its figure lies. Where the figure is compared, it speaks for the check, and
the check counts as measured or not measured. A **figure** has changed where the shift is beyond chance after a
correction for all figures that are compared: when nothing changed, no more than ``LEVEL`` of all comparisons name any
figure. A check whose outcomes differ within one release is *flaky*; with more of that than the budget allows, the
releases cannot be compared.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from harness.model.outcome import Outcome
from reports.compare.figures import LEVEL, Better, Change, FigureChange, compare_figures
from reports.compare.release import Release
from reports.compare.statistics import holm, p_value

BUDGET = 0.02  # of all outcomes that may differ from the most frequent one of their check (our own default)
AGAIN = 2  # failures that A never had: one may be the machine's, and is told as flaky
_QUALITY = "Q"  # with which the ids of checks of quality begin
_MEASURED = frozenset({Outcome.PASS, Outcome.WEAK, Outcome.FAIL})
_ORDER = (Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.WEAK, Outcome.PASS)


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check whose outcomes are not the same; counts by outcome."""

    check: str
    name: str
    change: Change
    before: Mapping[Outcome, int]
    after: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Flaky:
    """A check that did not always say the same of one release: ``odd`` of ``runs`` outcomes."""

    release: str
    check: str
    name: str
    odd: int
    runs: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it. ``few`` is how many runs of each would be needed to tell a figure's change from chance, else 0."""

    a: str
    b: str
    runs: tuple[int, int]
    checks: tuple[CheckChange, ...]
    figures: tuple[FigureChange, ...]
    flaky: tuple[Flaky, ...]
    budget: float
    odd: float  # share of all outcomes
    few: int = 0
    gone: tuple[str, ...] = field(default=())  # checks and figures that only one of them has
    names: Mapping[str, str] = field(default_factory=dict)  # of the checks

    @property
    def worse(self) -> bool:
        """Whether anything became worse, or changed where nobody said which way is better."""
        changes = [each.change for each in self.checks] + [each.change for each in self.figures]
        return "worse" in changes or "changed" in changes

    @property
    def too_flaky(self) -> bool:
        """Whether more outcomes differ within a release than the budget allows."""
        return self.odd > self.budget


def compare(a: Release, b: Release, better: Mapping[str, Better], budget: float = BUDGET) -> Comparison:
    """Compares; ``better`` names the figures that are compared, and which way is good."""
    names = {check: name for run in (*b.runs, *a.runs) for check, name in run.names.items()}
    figures, missing, few = compare_figures(a, b, better)
    spoken = {check for figure in figures if (check := _check_of(figure)).startswith(_QUALITY)}
    checks = _checks(a, b, names, spoken)
    told = {each.check for each in checks}
    checks += [each for each in _limits_crossed(a, b, names, figures) if each.check in spoken - told]
    flaky = [each for release in (a, b) for each in _flaky(release, names, spoken)]
    outcomes = sum(len(run.outcomes) for run in (*a.runs, *b.runs))
    alone = [check for check in sorted(names) if not a.outcomes(check) or not b.outcomes(check)]
    return Comparison(
        a=a.name, b=b.name, runs=(len(a.runs), len(b.runs)), checks=tuple(checks), figures=tuple(figures),
        flaky=tuple(flaky), budget=budget, odd=sum(each.odd for each in flaky) / outcomes if outcomes else 0.0,
        few=few, gone=(*alone, *missing), names=names,
    )  # fmt: skip


def _outcomes(release: Release, check: str, spoken: Collection[str]) -> Counter[Outcome]:
    """How often a check had which outcome; whatever was measured is one, where its figure speaks for it."""
    found = release.outcomes(check)
    if check not in spoken:
        return found
    return Counter(Outcome.PASS if outcome in _MEASURED else outcome for outcome in found.elements())


def _checks(a: Release, b: Release, names: Mapping[str, str], spoken: Collection[str]) -> list[CheckChange]:
    both = {check: (_outcomes(a, check, spoken), _outcomes(b, check, spoken)) for check in sorted(names)}
    both = {check: pair for check, pair in both.items() if pair[0] and pair[1] and pair[0].keys() | pair[1].keys()}
    mixed = {check: pair for check, pair in both.items() if len(pair[0] | pair[1]) > 1}
    chances = holm({check: p_value(_goodness(before), _goodness(after)) for check, (before, after) in mixed.items()})
    changes = []
    for check, (before, after) in mixed.items():
        certain = len(before) == len(after) == 1
        fails = not before[Outcome.FAIL] and after[Outcome.FAIL] >= AGAIN
        if not (certain or fails or chances[check] <= LEVEL):
            continue
        was, now = _mean(_goodness(before)), _mean(_goodness(after))
        change: Change = "worse" if fails or now < was else "better" if now > was else "changed"
        changes.append(CheckChange(check, names[check], change, dict(a.outcomes(check)), dict(b.outcomes(check))))
    return changes


def _limits_crossed(
    a: Release, b: Release, names: Mapping[str, str], figures: Sequence[FigureChange]
) -> list[CheckChange]:
    """What the checks say of figures that have shifted, where it is not the same any more."""
    shifted = {_check_of(figure): figure.change for figure in figures if figure.change != "same"}
    return [
        CheckChange(check, names[check], change, dict(before), dict(after))
        for check, change in shifted.items()
        if (before := a.outcomes(check)) != (after := b.outcomes(check)) and before and after
    ]


def _check_of(figure: FigureChange) -> str:
    return figure.figure.partition(".")[0]


def _goodness(outcomes: Mapping[Outcome, int]) -> list[float]:
    """One number a run. What does not apply is neither good nor bad: between weak and inconclusive."""
    places = {outcome: float(place) for place, outcome in enumerate(_ORDER)} | {Outcome.NOT_APPLICABLE: 1.5}
    return [places[outcome] for outcome, count in outcomes.items() for _ in range(count)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _flaky(release: Release, names: Mapping[str, str], spoken: Collection[str]) -> list[Flaky]:
    found = []
    for check in sorted(names):
        outcomes = _outcomes(release, check, spoken)
        if len(outcomes) > 1:
            usual = max(outcomes.values())
            found.append(Flaky(release.name, check, names[check], outcomes.total() - usual, outcomes.total()))
    return found
