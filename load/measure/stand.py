"""So many calls at once: bots join and leave until so many stand, then a window is measured: one trial of a search."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from harness.events import EventBus
from load.capacity.trial import GeneratorHealth, ServerHealth, Trial, Usage
from load.generator.messages import Figures
from load.measure.appointments import Pair
from load.measure.crew import Crew, Standing
from load.measure.server import own_cores

ANEW = 0.1  # share of the standing calls that end and begin anew in each trial, so that joining is measured in each


class Appointments(Protocol):
    """The first so many appointments, and how many of them are still to be booked; ``Book`` has them."""

    def missing(self, calls: int) -> int: ...

    def first(self, calls: int) -> Sequence[Pair]: ...


class Watching(Protocol):
    """What the server uses; ``load.measure.server.ServerWatch`` sees it."""

    def begin(self) -> None: ...

    def end(self, seconds: float) -> tuple[ServerHealth, Usage | None]: ...


class Probing(Protocol):
    """A call of real browsers; ``load.measure.probe.Probe`` is one."""

    def revive(self) -> None: ...

    def wait(self, seconds: float) -> None: ...

    def begin(self) -> None: ...

    def figures(self) -> dict[str, float | None]: ...


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: of each measurement, before it after the last one joined, between two calls that begin (people do not
    come all at once), and for which somebody's joining is waited for."""

    window: float = 8.0
    settle: float = 2.0
    apart: float = 0.1
    patience: float = 15.0


@dataclass(slots=True)
class Stand:
    """Measures: called with a number of calls it lets so many stand and gives the trial. Without a ``probe`` its
    figures are missing, and objectives that want them cannot be judged."""

    crew: Crew
    book: Appointments
    watch: Watching
    probe: Probing | None
    events: EventBus
    timing: Timing = field(default_factory=Timing)
    cores: Sequence[int] = ()  # that the bench uses: its own, or all that there are

    def __call__(self, calls: int, /) -> Trial:
        """One trial. Raises ``TargetError`` when a server has ended meanwhile."""
        dead = self.crew.bury()
        if self.probe:
            self.probe.revive()
        self.crew.measure()  # joining is measured like the rest: a generator that is late at it must not blame a server
        own_cores(self.cores)
        began = self._bring(calls)
        told, mute = self.crew.figures()
        healths = [_health(told, mute, own_cores(self.cores))]
        self.pause(self.timing.settle)
        self.crew.measure()
        self.watch.begin()
        if self.probe:
            self.probe.begin()
        own_cores(self.cores)
        start = time.monotonic()
        self.pause(self.timing.window)
        busy = own_cores(self.cores)
        server, usage = self.watch.end(time.monotonic() - start)
        probe = self.probe.figures() if self.probe else {}
        told, mute = self.crew.figures()
        healths.append(_health(told, mute, busy))
        dead += self.crew.bury()
        lived = [call for call in self.crew.calls.values() if not call.lost]
        held = sum(call.joined for call in lived)
        trial = Trial(
            asked=calls, calls=len(lived), generator=_worst(healths, dead), server=server, usage=usage,
            figures={
                "joined": held / len(lived) if lived else None, "join_p95_s": self._joining(began), **_media(told),
                **probe,
            },
        )  # fmt: skip
        self.events.tell("call", _said(trial, held), held, calls)
        return trial

    def leave(self) -> None:
        """Everybody hangs up."""
        self.crew.end(list(self.crew.calls.values()), self.timing.patience)

    def _bring(self, calls: int) -> list[Standing]:
        """Lets so many stand; returns those that began for it. Some of those that stood end and begin anew."""
        if self.book.missing(calls):
            self.leave()  # booking beside calls would take a full server minutes, and is not what is measured
        pairs, standing = self.book.first(calls), self.crew.calls
        staying = [number for number in standing if number < calls]
        anew = set(staying[: max(1, round(ANEW * len(staying)))])
        leaving = [call for call in standing.values() if call.number >= calls or call.number in anew or call.gone]
        self.crew.end(leaving, self.timing.patience)
        began = []
        for number in range(calls):
            if number not in standing:
                began.append(self.crew.begin(number, pairs[number]))
                self.pause(self.timing.apart)
        self.crew.wait(began, self.timing.patience)
        return began

    def _joining(self, began: Sequence[Standing]) -> float | None:
        """Seconds that 95 % of those who set out needed at most; who did not come in counts with all our patience."""
        waits = [
            self.timing.patience if wait is None or call.gone else wait
            for call in began
            if not call.lost
            for wait in call.waits.values()
        ]
        return float(np.quantile(waits, 0.95)) if waits else None

    def pause(self, seconds: float) -> None:
        """Time passes: in the probe's pages, where there is one."""
        if self.probe:
            self.probe.wait(seconds)
        else:
            threading.Event().wait(seconds)


def _media(told: list[Figures]) -> dict[str, float | None]:
    """Loss and delay of all streams."""
    expected, lost = sum(each.expected for each in told), sum(each.lost for each in told)
    delays = [each.delay_p95 for each in told if each.delay_p95 is not None]
    return {
        "loss": lost / expected if expected else None,
        "delay_p95_ms": 1000 * max(delays) if delays else None,
    }


def _health(told: list[Figures], mute: int, busy: float) -> GeneratorHealth:
    """The worst of all generators, or of the cores that they share with the probe.

    Who tells nothing, or had errors of its own, was not fit: as if it had lost all.
    """
    if not told or mute or any(each.faults for each in told):
        return GeneratorHealth(lateness_p95_ms=0.0, cpu=busy, drops=1.0)
    packets = sum(each.sent + each.received for each in told)
    return GeneratorHealth(
        lateness_p95_ms=1000 * max(each.late_p95 for each in told),
        cpu=max(busy, *(each.cpu / each.seconds for each in told)),
        drops=min(1.0, sum(each.own_loss for each in told) / packets) if packets else 0.0,
    )


def _worst(healths: list[GeneratorHealth], dead: int) -> GeneratorHealth:
    return GeneratorHealth(
        lateness_p95_ms=max(each.lateness_p95_ms for each in healths), cpu=max(each.cpu for each in healths),
        drops=max(each.drops for each in healths), lost_workers=dead,
    )  # fmt: skip


def _said(trial: Trial, held: int) -> str:
    loss, server = trial.figures.get("loss"), trial.server.cpu
    parts = [f"{held} of {trial.asked} calls stand"]
    parts += [f"loss {100 * loss:.2f} %"] if loss is not None else []
    parts += [f"server {100 * server:.0f} % of its processor"] if server is not None else []
    return ", ".join(parts)
