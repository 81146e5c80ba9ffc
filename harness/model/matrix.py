"""The flaw matrix: what became of every check when the target was started with a flaw, and in runs without one.

A *row* is one run. A flaw is *caught exactly* when its checks fail (or turn weak, where a clean run is not), and every
other check keeps its outcome: it passes, or its subject is gone. A row without a flaw is a *clean run*, and a check
that fails in it is a *false alarm*.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from harness.model.outcome import Outcome
from harness.model.rate import Rate
from harness.model.sentence import Sentence

Blindfold = Literal["browser", "outside", "no-keys"]
BLINDFOLDS: tuple[Blindfold, ...] = ("browser", "outside", "no-keys")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Code(_Frozen):
    """What was run: ``digest`` is over the sources, so it tells apart what a commit does not (``changed``: work on it).

    ``commit`` is empty where the sources are no git checkout.
    """

    digest: str
    commit: str = ""
    changed: bool = False

    @property
    def label(self) -> str:
        """The commit for people, with a sign where the sources are not exactly its own; empty where there is none."""
        return f"{self.commit[:12]}{'+' if self.changed else ''}" if self.commit else ""


class Host(_Frozen):
    """The machine that a row was played on, as far as its kind matters."""

    system: str = ""
    cores: str = ""
    browser: str = ""
    janus: str = ""


class Seen(_Frozen):
    """What a check said: its outcome, its sentence, how many records it rests on, and our own error if it broke."""

    outcome: Outcome
    sentence: Sentence
    records: int = 0
    bench_error: str = ""


class Row(_Frozen):
    """One run of the matrix. ``expects``: the checks that must fail; ``checks``: those that were judged.

    ``silences`` names the vantage point that the flaw takes away: then those that it expects must be inconclusive.
    ``unsettles`` names checks that the flaw leaves without their control: these alone may be inconclusive as well.
    ``blind`` holds for every blindfold the outcomes of the same checks over the evidence that is left then. ``error``
    says why there is no outcome; ``run`` names the run folder where it was kept; ``started`` is UTC in ISO 8601,
    ``seconds`` wall time.
    """

    format: Literal["pruefstand-matrix-row/1"] = "pruefstand-matrix-row/1"
    name: str
    flaw: str = ""
    expects: tuple[str, ...] = ()
    silences: str = ""
    unsettles: tuple[str, ...] = ()
    checks: tuple[str, ...]
    match: str = ""
    code: Code
    started: str
    seconds: float = 0.0
    host: Host = Host()
    seen: Mapping[str, Seen] = Field(default_factory=dict)
    blind: Mapping[Blindfold, Mapping[str, Outcome]] = Field(default_factory=dict)
    scenarios_failed: int = 0
    error: str = ""
    run: str = ""

    def with_outcome(self, *outcomes: Outcome) -> set[str]:
        """The checks that had one of the outcomes."""
        return {check for check, seen in self.seen.items() if seen.outcome in outcomes}


@dataclass(frozen=True, slots=True)
class Judged:
    """A row against what its flaw names. All empty: caught exactly.

    ``missed`` should have failed and did not; ``alarms`` failed (or turned weak) and were not named; ``open`` gave no
    verdict although nothing was to keep them from it.
    """

    missed: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether exactly the checks that the flaw names were moved."""
        return not (self.missed or self.alarms or self.open)


@dataclass(frozen=True, slots=True)
class Blinded:
    """What is still caught, and falsely alarmed, when less can be observed.

    ``caught`` holds for every flaw those of its checks that still fail; a flaw counts as detected when one does.
    ``strays`` holds for every row the checks that fail and are not named by its flaw.
    """

    caught: Mapping[str, tuple[str, ...]]
    strays: Mapping[str, tuple[str, ...]]
    detection: Rate
    alarms: Rate


class Matrix:
    """Rows, and the figures that they give together.

    ``weak`` names checks that are weak without any flaw, for where no other row tells; ``None``: nobody knows.
    """

    def __init__(self, rows: Iterable[Row], weak: Collection[str] | None = None) -> None:
        self.rows = list(rows)
        self._weak = weak
        self.flaws = [row for row in self.rows if row.flaw and not row.error]
        self.clean = [row for row in self.rows if not row.flaw and not row.error]
        self.broken = [row for row in self.rows if row.error]

    def judge(self, row: Row) -> Judged:
        """How a row compares with what it should be. A clean run in which a check gives no verdict alarms nobody."""
        expected, moved = set(row.expects), self._moved(row, _outcomes(row))
        silent = row.with_outcome(Outcome.INCONCLUSIVE)
        if row.silences:
            return Judged(missed=_ordered(row, expected - silent), alarms=_ordered(row, moved))
        unheard = silent - expected - set(row.unsettles) if row.flaw else set[str]()
        return Judged(_ordered(row, expected - moved), _ordered(row, moved - expected), _ordered(row, unheard))

    @property
    def detection(self) -> Rate:
        """Flaws caught by exactly their checks, of all that were played."""
        return Rate(sum(self.judge(row).exact for row in self.flaws), len(self.flaws))

    @property
    def false_alarms(self) -> Rate:
        """Clean runs in which any check failed, of all clean runs."""
        return Rate(sum(not self.judge(row).exact for row in self.clean), len(self.clean))

    def blinded(self, blindfold: Blindfold) -> Blinded:
        """The same figures for what is left to be observed. A flaw that silences a vantage point is not counted."""
        flaws = [row for row in self.flaws if not row.silences]
        moved = {row.name: self._moved(row, row.blind.get(blindfold, {})) for row in [*flaws, *self.clean]}
        caught = {row.name: tuple(check for check in row.expects if check in moved[row.name]) for row in flaws}
        strays = {row.name: _ordered(row, moved[row.name] - set(row.expects)) for row in [*flaws, *self.clean]}
        return Blinded(
            caught=caught,
            strays={name: checks for name, checks in strays.items() if checks},
            detection=Rate(sum(bool(checks) for checks in caught.values()), len(flaws)),
            alarms=Rate(sum(bool(moved[row.name]) for row in self.clean), len(self.clean)),
        )

    def _moved(self, row: Row, outcomes: Mapping[str, Outcome]) -> set[str]:
        """The checks that failed, or are weak where they are not without the flaw."""
        weak = {check for check, outcome in outcomes.items() if outcome is Outcome.WEAK}
        newly = {check for check in weak if (usual := self._usual(check, row)) and Outcome.WEAK not in usual}
        return {check for check, outcome in outcomes.items() if outcome is Outcome.FAIL} | newly

    def _usual(self, check: str, row: Row) -> set[Outcome]:
        """What a check says without its flaw: in other clean runs, else in runs with flaws that do not name it."""
        others = [other for other in self.rows if other is not row and check in other.seen]
        clean = {other.seen[check].outcome for other in others if not other.flaw}
        seen = clean or {other.seen[check].outcome for other in others if check not in other.expects}
        if seen or self._weak is None:
            return seen
        return {Outcome.WEAK if check in self._weak else Outcome.PASS}


def _outcomes(row: Row) -> dict[str, Outcome]:
    return {check: seen.outcome for check, seen in row.seen.items()}


def _ordered(row: Row, checks: set[str]) -> tuple[str, ...]:
    ranks = {check: rank for rank, check in enumerate(row.checks)}
    return tuple(sorted(checks, key=lambda check: ranks.get(check, len(ranks))))
