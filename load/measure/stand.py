"""So many calls at once: bots join and leave until so many stand, then a window is measured: one trial of a search."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from harness.events import EventBus
from load.capacity.trial import GeneratorHealth, Trial
from load.errors import LoadError
from load.generator.client import Generator
from load.generator.messages import Figures, Gone, Joined
from load.measure.appointments import Book
from load.measure.probe import Probe
from load.measure.server import ServerWatch

WINDOW = 8.0  # seconds of each measurement
SETTLE = 2.0  # seconds after the last one joined
RATE = 10.0  # calls that begin a second: people do not come all at once
ANEW = 0.1  # share of the standing calls that end and begin anew in each trial, so that joining is measured in each
PATIENCE = 15.0  # seconds for which somebody's joining is waited for

_Bot = int


@dataclass(slots=True)
class _Standing:
    """A call: who of its two bots has the other's media since when it was asked to."""

    number: int
    generator: int
    waits: dict[_Bot, float | None] = field(default_factory=dict)
    gone: bool = False
    why: str = ""

    @property
    def joined(self) -> bool:
        return not self.gone and all(wait is not None for wait in self.waits.values())

    @property
    def over(self) -> bool:
        """Whether nothing more is to be waited for."""
        return self.gone or self.joined


class Stand:
    """Measures: called with a number of calls it lets so many stand and gives the trial.

    ``generators`` share the calls out among them; one that dies takes its calls with it and nothing else.
    """

    def __init__(
        self, book: Book, start: Callable[[int, Path, Callable[[Joined | Gone], None]], Generator], logs: Path, *,
        generators: int, watch: ServerWatch, probe: Probe | None, events: EventBus, window: float = WINDOW,
    ) -> None:  # fmt: skip
        self._book, self._watch, self._probe, self._events, self._window = book, watch, probe, events, window
        self._calls: dict[int, _Standing] = {}
        self._by_bot: dict[_Bot, _Standing] = {}
        self._changed = threading.Condition()
        self._next_bot = 0
        self.reasons: list[str] = []  # why calls ended that were not asked to
        self._generators = [start(number, logs / f"generator{number}.log", self._heard) for number in range(generators)]
        self._buried: set[int] = set()

    def close(self) -> None:
        """Everybody hangs up."""
        for generator in self._generators:
            generator.close()

    @property
    def processes(self) -> list[int]:
        """The generators' process ids."""
        return [generator.process.pid for generator in self._generators]

    def __call__(self, calls: int, /) -> Trial:
        """One trial. Raises ``LoadError`` when no generator is left."""
        dead = self._bury()
        began = self._bring(calls)
        self._pause(SETTLE)
        standing = [call for call in self._calls.values() if call.joined]
        waits = [wait for call in began if call.joined for wait in call.waits.values() if wait is not None]
        for generator in self._living():
            generator.begin()
        self._watch.begin()
        if self._probe:
            self._probe.begin()
        start = time.monotonic()
        self._pause(self._window)
        seconds = time.monotonic() - start
        server, usage = self._watch.end(seconds)
        probe = self._probe.figures() if self._probe else {}
        told = self._figures()
        dead += self._bury()
        held = sum(call.joined for call in standing)
        trial = Trial(
            asked=calls, calls=held, generator=_health(told, dead), server=server, usage=usage,
            figures={
                "joined": held / calls, "join_p95_s": float(np.quantile(waits, 0.95)) if waits else None,
                **_media(told), **probe,
            },
        )  # fmt: skip
        self._events.tell("call", _said(trial), held, calls)
        return trial

    def _bring(self, calls: int) -> list[_Standing]:
        """Lets so many stand; returns those that began for it."""
        pairs = self._book.first(calls)
        renewed = set(list(self._calls)[: max(1, round(ANEW * min(calls, len(self._calls))))])
        leaving = [call for call in self._calls.values() if call.number >= calls or call.number in renewed or call.gone]
        self._end(leaving)
        began = []
        living = [number for number, generator in enumerate(self._generators) if generator.alive]
        if not living:
            raise LoadError("No load generator is left: " + (self.reasons[-1] if self.reasons else "all have died."))
        for number in range(calls):
            if number in self._calls:
                continue
            call = _Standing(number, living[number % len(living)])
            began.append(call)
            self._begin(call, pairs[number])
            self._pause(1 / RATE)
        with self._changed:
            self._changed.wait_for(lambda: all(call.over for call in began), PATIENCE)
        return began

    def _begin(self, call: _Standing, pair: object) -> None:
        generator = self._generators[call.generator]
        with self._changed:
            self._calls[call.number] = call
            bots = [self._next_bot, self._next_bot + 1]
            self._next_bot += 2
            for bot in bots:
                call.waits[bot] = None
                self._by_bot[bot] = call
        for bot, person in zip(bots, (pair.clerk, pair.citizen), strict=True):  # type: ignore[attr-defined]
            generator.join(bot, person.role, person.url, person.cookies)

    def _end(self, calls: list[_Standing]) -> None:
        with self._changed:
            for call in calls:
                self._calls.pop(call.number, None)
        bots = [(call.generator, bot) for call in calls for bot in call.waits if bot in self._by_bot]
        for number, bot in bots:
            if self._generators[number].alive:
                self._generators[number].leave(bot)
        with self._changed:
            self._changed.wait_for(
                lambda: not any(bot in self._by_bot and self._generators[number].alive for number, bot in bots),
                PATIENCE,
            )

    def _heard(self, told: Joined | Gone) -> None:
        """In a generator's thread."""
        with self._changed:
            call = self._by_bot.get(told.bot)
            if call is None:
                return
            if isinstance(told, Joined):
                call.waits[told.bot] = told.seconds
            else:
                self._by_bot.pop(told.bot)
                call.gone = True
                if told.why:
                    call.why = told.why
                    self.reasons.append(told.why)
            self._changed.notify_all()

    def _bury(self) -> int:
        """Strikes out the calls of generators that have died; returns how many died since the last time."""
        dead = {number for number, generator in enumerate(self._generators) if not generator.alive} - self._buried
        with self._changed:
            for call in list(self._calls.values()):
                if call.generator in dead:
                    call.gone = True
                    for bot in call.waits:
                        self._by_bot.pop(bot, None)
        self._buried |= dead
        return len(dead)

    def _living(self) -> list[Generator]:
        return [generator for generator in self._generators if generator.alive]

    def _figures(self) -> list[Figures]:
        told = []
        for generator in self._living():
            try:
                told.append(generator.figures())
            except LoadError as error:
                self.reasons.append(str(error))
        return told

    def _pause(self, seconds: float) -> None:
        """Time passes: in the probe's pages, where there is one."""
        if self._probe:
            self._probe.wait(seconds)
        else:
            threading.Event().wait(seconds)


def _media(told: list[Figures]) -> dict[str, float | None]:
    expected, lost = sum(each.expected for each in told), sum(each.lost for each in told)
    silent = sum(each.silent for each in told)
    delays = [each.delay_p95 for each in told if each.delay_p95 is not None]
    return {
        "loss": None if not expected and not silent else 1.0 if not expected else lost / expected,
        "delay_p95_ms": 1000 * max(delays) if delays else None,
    }


def _health(told: list[Figures], dead: int) -> GeneratorHealth:
    if not told:
        return GeneratorHealth(lateness_p95_ms=0.0, cpu=0.0, drops=1.0, lost_workers=dead)
    packets = sum(each.sent + each.received for each in told)
    return GeneratorHealth(
        lateness_p95_ms=1000 * max(each.late_p95 for each in told),
        cpu=max(each.cpu / each.seconds for each in told),
        drops=min(1.0, sum(each.own_loss for each in told) / packets) if packets else 0.0,
        lost_workers=dead,
    )


def _said(trial: Trial) -> str:
    loss, server = trial.figures.get("loss"), trial.server.cpu
    parts = [f"{trial.calls} of {trial.asked} calls stand"]
    parts += [f"loss {100 * loss:.2f} %"] if loss is not None else []
    parts += [f"server {100 * server:.0f} % of its processor"] if server is not None else []
    return ", ".join(parts)
