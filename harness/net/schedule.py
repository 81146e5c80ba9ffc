"""One direction of a link, as a model: when each packet is due, or that it is not given. No clock and no I/O.

Time is passed in (seconds, any origin, about monotonic) and chance comes from a seed, so the same packets give the same
result. It runs for each packet of a call: what can be worked out beforehand is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from random import Random

from harness.net.impairment import CLEAR, GilbertElliott, Impairment, Loss, Pattern


@dataclass(slots=True)
class Tally:
    """Packets of one direction so far: ``taken + duplicated == given + lost + overflowed``.

    ``given`` counts what was promised a due time; ``blocked`` are those of the lost that an outage or closed UDP took.
    """

    taken: int = 0
    given: int = 0
    lost: int = 0
    blocked: int = 0
    overflowed: int = 0
    duplicated: int = 0


class Direction:
    """One direction. ``set`` may change it at any time; what is under way stays so, and is not overtaken."""

    def __init__(self, impairment: Impairment = CLEAR, seed: str = "0") -> None:
        self.tally = Tally()
        self._last = float("-inf")  # the latest due time of a packet that keeps the order
        self._busy = float("-inf")  # until when the sender is at work on packets accepted before
        self.set(impairment, seed)

    def set(self, impairment: Impairment, seed: str) -> None:
        """Changes what happens to packets from now on; chance begins anew at ``seed``."""
        self.impairment = impairment
        self._random = Random(seed).random
        self._clear = impairment.is_clear
        self._outage, self._blocks_udp = impairment.outage, impairment.blocks_udp
        self._is_lost = _loses(impairment.loss, self._random)
        self._duplicate, self._reorder = impairment.duplicate, impairment.reorder
        self._per_byte = 0.0 if impairment.rate_kbit is None else 8 / (impairment.rate_kbit * 1000)
        self._queue = impairment.queue_s
        self._delay, self._jitter = impairment.delay_ms / 1000, impairment.jitter_ms / 1000

    def push(self, now: float, size: int, udp: bool) -> tuple[float, ...]:
        """When a packet of ``size`` bytes taken at ``now`` is due: once, twice (duplicated) or never."""
        tally = self.tally
        tally.taken += 1
        if self._clear:
            tally.given += 1
            return (max(now, self._last),)
        if self._outage or (udp and self._blocks_udp):
            tally.lost += 1
            tally.blocked += 1
            return ()
        if self._is_lost is not None and self._is_lost():
            tally.lost += 1
            return ()
        if self._duplicate and self._random() < self._duplicate:
            tally.duplicated += 1
            return (*self._through(now, size), *self._through(now, size))
        return self._through(now, size)

    def _through(self, now: float, size: int) -> tuple[float, ...]:
        """Through queue, rate, delay and jitter."""
        leaves = now
        if self._per_byte:
            begins = max(now, self._busy)
            if begins - now > self._queue:
                self.tally.overflowed += 1
                return ()
            leaves = self._busy = begins + size * self._per_byte
        self.tally.given += 1
        if self._reorder and self._random() < self._reorder:
            return (leaves,)
        due = leaves + self._delay
        if self._jitter:
            due += self._jitter * (2 * self._random() - 1)
        if due < self._last:
            due = self._last
        self._last = due
        return (due,)


def _loses(loss: Loss | None, random: Callable[[], float]) -> Callable[[], bool] | None:
    """Whether the next packet is lost, as a function; None when none ever is."""
    if loss is None or loss.mean == 0:
        return None
    if isinstance(loss, Pattern):
        marks = cycle(mark == "x" for mark in loss.marks)
        return lambda: next(marks)
    if isinstance(loss, GilbertElliott):
        return _Bursts(loss, random).loses
    share = loss.p
    return lambda: random() < share


class _Bursts:
    """The two states of Gilbert and Elliott."""

    def __init__(self, loss: GilbertElliott, random: Callable[[], float]) -> None:
        self._loss = loss
        self._random = random
        # It begins as it is in the long run: otherwise a short call would lose less than it should.
        self._bad = random() < loss.to_bad / (loss.to_bad + loss.to_good)

    def loses(self) -> bool:
        loss, random = self._loss, self._random
        self._bad = random() >= loss.to_good if self._bad else random() < loss.to_bad
        share = loss.bad_loss if self._bad else loss.good_loss
        return share >= 1 or (share > 0 and random() < share)
