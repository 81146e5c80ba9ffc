"""Playing the matrix: run after run, each judged with all of its evidence and with less, each kept as a row."""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError

from harness.events import Event, EventBus
from harness.judge import judge, outcomes
from harness.matrix.blinded import blinded
from harness.matrix.folder import MatrixFolder
from harness.matrix.plan import FlawPlan
from harness.model.check import Check
from harness.model.errors import BenchError
from harness.model.matrix import BLINDFOLDS, Code, Host, Matrix, Row, Seen
from harness.model.verdict import Verdict
from harness.run import Plan, observe
from harness.store import read_run
from harness.targets.protocol import Target

Observe = Callable[[Plan, EventBus], Path]
Played = tuple[Row, bool]  # and whether it was there already


class Stopped(Exception):
    """Playing was asked to stop: nothing is wrong, and a row that was not finished is not written."""


@dataclass(slots=True)
class Stop:
    """When to stop. ``ask`` may be called from a signal handler: the run ends at its next step, not in the midst of it.

    ``until`` is a time of the clock ``now``: no run begins after it, but the one that runs is finished.
    """

    until: float = float("inf")
    now: Callable[[], float] = time.monotonic
    asked: bool = False

    def ask(self) -> None:
        """From now on every step refuses to go on."""
        self.asked = True

    @property
    def due(self) -> bool:
        """Whether no other run may begin."""
        return self.asked or self.now() >= self.until

    def heard(self, event: Event) -> None:
        """Listens to a run's events, which are told between its steps, where stopping leaves nothing half done."""
        if self.asked:
            raise KeyboardInterrupt(event.text)


@dataclass(frozen=True, slots=True)
class Player:
    """Plays plans against a target and keeps their rows in a folder. ``observe`` plays the stories."""

    target: Target
    folder: MatrixFolder
    catalogue: Sequence[Check]
    code: Code
    browser: str = "chromium"
    stop: Stop = field(default_factory=Stop)
    observe: Observe = observe

    def play_all(self, plans: Iterable[FlawPlan], events: EventBus, *, keep: bool = False) -> Iterator[Played]:
        """The row of every plan; ends early when it is time to stop. ``keep`` takes rows of other code for finished."""
        self.folder.tidy()
        given = list(plans)
        for number, plan in enumerate(given, 1):
            row = self.folder.finished(plan, self.code, keep=keep)
            if row is not None:
                yield row, True
                continue
            if self.stop.due:
                return
            try:
                row = self._play(plan, _within(events, f"[{number}/{len(given)}] {plan.name}", self.stop))
            except Stopped:
                return
            self.folder.put(row)
            yield row, False

    def _play(self, plan: FlawPlan, events: EventBus) -> Row:
        started, clock = datetime.now(UTC), time.monotonic()
        row = Row(
            name=plan.name, flaw=plan.flaw, expects=plan.expects, silences=plan.silences, unsettles=plan.unsettles,
            checks=plan.checks, match=plan.match, code=self.code, started=started.isoformat(timespec="seconds"),
        )  # fmt: skip
        wanted = Plan(
            self.target, plan.checks, stories=plan.stories, flaw=plan.flaw, browser=self.browser, out=self.folder.runs,
            shrink=plan.shrink, match=plan.match,
        )  # fmt: skip
        try:
            run = self.observe(wanted, events)
            row = self._judged(row, run, events)
        except (BenchError, BrowserError, KeyboardInterrupt) as error:
            if self.stop.asked:
                raise Stopped from error
            if isinstance(error, KeyboardInterrupt):
                raise
            row = row.model_copy(update={"error": str(error).strip().splitlines()[0] or type(error).__name__})
        return row.model_copy(update={"seconds": round(time.monotonic() - clock, 1)})

    def _judged(self, row: Row, run: Path, events: EventBus) -> Row:
        info, evidence = read_run(run)
        checks = [check for check in self.catalogue if check.id in row.checks]
        events.tell("judge", f"judging {len(evidence.records)} records with {len(checks)} checks")
        seen = {verdict.check: _seen(verdict) for verdict in judge(checks, evidence)}
        blind = {blindfold: outcomes(judge(checks, blinded(evidence, blindfold))) for blindfold in BLINDFOLDS}
        judged = row.model_copy(
            update={
                "host": _host(info), "seen": seen, "blind": blind, "run": run.name,
                "scenarios_failed": int(info.get("scenarios_failed", 0)),
            }
        )  # fmt: skip
        others = [other for other in self.folder.rows() if other.name != row.name]
        if Matrix([*others, judged]).judge(judged).exact:
            shutil.rmtree(run, ignore_errors=True)  # the row says all that is asked of it; what went wrong is kept
            return judged.model_copy(update={"run": ""})
        return judged


def shard_of(plans: Sequence[FlawPlan], number: int, count: int) -> list[FlawPlan]:
    """Part ``number`` (from 1) of ``count``: every count-th plan, so that runs of a kind are spread over the shards.

    Raises ``BenchError`` for a part that does not exist.
    """
    if not 1 <= number <= count:
        raise BenchError(f"There is no shard {number} of {count}: name one from 1/{count} to {count}/{count}.")
    return list(plans)[number - 1 :: count]


def _seen(verdict: Verdict) -> Seen:
    finding = verdict.finding
    return Seen(
        outcome=finding.outcome, sentence=finding.sentence, records=len(finding.records),
        bench_error=verdict.bench_error,
    )  # fmt: skip


def _host(info: dict[str, Any]) -> Host:
    host, versions = info.get("host", {}), info.get("versions", {})
    return Host(
        system=str(host.get("system", "")), cores=str(host.get("cores", "")), browser=str(info.get("browser", "")),
        janus=str(versions.get("janus", "")),
    )  # fmt: skip


def _within(events: EventBus, prefix: str, stop: Stop) -> EventBus:
    """A run's own bus: what it tells is heard outside with the run's name in front."""

    def relayed(event: Event) -> None:
        stop.heard(event)
        events.tell(event.step, f"{prefix}: {event.text}", event.done, event.total)

    return EventBus([relayed])
