"""Playing two releases by turns: run after run, each judged at once and kept, until all that was wanted is there."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.events import Event, EventBus
from harness.quality import plan as quality
from harness.quality.run import TURN, QualityRun
from harness.quality.run import play as play_calls
from harness.run import Plan, observe
from harness.turns.folder import TurnsFolder
from harness.turns.plan import Kind, Turn, Wanted, time_left, turns
from harness.turns.side import Side

Judge = Callable[[Path], object]
Run = Callable[[Turn, EventBus], Path]


@dataclass(frozen=True, slots=True)
class TurnPlayer:
    """Plays one turn into its side's folder. Either both sides are behind the bench's links or none is."""

    wanted: Wanted
    sides: Mapping[str, Side]
    folder: TurnsFolder

    def __call__(self, turn: Turn, events: EventBus) -> Path:
        """The run folder. Raises ``BenchError`` where the side cannot be started or reached."""
        side = self.sides[turn.side]
        notes: dict[str, Any] = {TURN: turn.note(), "release": side.name, "flaw": side.flaw}
        out = self.folder.runs(turn.side)
        if turn.kind == "checks":
            plan = Plan(
                target=side.target, checks=self.wanted.checks, stories=False, flaw=side.flaw,
                browser=self.wanted.browser, out=out, lang=self.wanted.lang, notes=notes,
            )  # fmt: skip
            return observe(plan, events)
        asked = quality.Wanted(
            profiles=(side.network or self.wanted.network,), seconds=self.wanted.seconds, compare=False, scores=False,
            seed=1000 * self.wanted.seed + turn.pair,
        )  # fmt: skip
        run = QualityRun.new(asked, out, self.wanted.lang, target=side.target, notes=notes)
        return play_calls(run, events, side.setting(linked=all(each.started for each in self.sides.values())))


def play(wanted: Wanted, folder: TurnsFolder, run: Run, judge: Judge, events: EventBus) -> int:
    """Plays and judges every turn that is not there yet, and returns how many that were. Raises ``BenchError``."""
    order = turns(wanted)
    finished = folder.finished()
    there = {each.turn for each in finished}
    took: list[tuple[Kind, float]] = [(each.turn.kind, each.seconds) for each in finished]
    left = [turn for turn in order if turn not in there]
    played = 0
    while left:
        turn, number = left[0], len(order) - len(left)
        events.tell("scenario", _said(turn, wanted, time_left(left, took)), number, len(order))
        began = time.monotonic()
        judge(run(turn, _within(events, f"{number + 1}/{len(order)} {turn.side.upper()}")))
        took.append((turn.kind, time.monotonic() - began))
        left.pop(0)
        played += 1
    return played


def _said(turn: Turn, wanted: Wanted, seconds: float | None) -> str:
    left = "" if seconds is None else f", about {max(1, round(seconds / 60))} min left"
    return f"pair {turn.pair} of {wanted.repeat}, {turn.kind} of {turn.side.upper()}{left}"


def _within(events: EventBus, prefix: str) -> EventBus:
    """A run's own bus: what it tells is heard outside with its turn in front, and does not move the bar."""

    def relayed(event: Event) -> None:
        events.tell("turn" if event.step == "scenario" else event.step, f"{prefix}: {event.text}")

    return EventBus([relayed])
