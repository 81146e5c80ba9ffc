"""The streams that bots receive: what their packets' headers and stamps tell, a batch at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from load.pump.delays import Delays
from load.pump.errors import PumpError

Numbers = NDArray[np.int64]
_ABSURD = 60.0  # seconds: no delay
_CODECS = {"vp8": 1, "vp9": 2}


@dataclass(frozen=True, slots=True)
class Batch:
    """Opened packets. ``time``: when each came, ``stamp``: when it was sent (s since the epoch; 0: unknown), ``key``:
    whether it begins a key frame, as the payload's descriptor says."""

    row: Numbers
    sequence: Numbers
    timestamp: Numbers
    time: NDArray[np.float64]
    stamp: NDArray[np.float64]
    key: NDArray[np.bool_]

    def __getitem__(self, chosen: NDArray[np.bool_] | Numbers) -> "Batch":
        return Batch(self.row[chosen], self.sequence[chosen], self.timestamp[chosen], self.time[chosen],
                     self.stamp[chosen], self.key[chosen])  # fmt: skip


class Inbound:
    """A row for each stream; sequence numbers are extended (RFC 3550, appendix A.1), jitter in units of its clock."""

    def __init__(self, capacity: int) -> None:
        self.ssrc, self.clock, self.codec, self.late, self.repaired, self.key_frames = (
            np.zeros(capacity, np.int64) for _ in range(6)
        )
        # What changes with each packet, in two tables, because each column costs a read and a write a batch.
        self._state, self._times = np.zeros((4, capacity), np.int64), np.zeros((5, capacity))
        self.base, self.highest, self.received, self._stamped = self._state
        self.jitter, _, self.last_at, self._delay, self._longest = self._times
        self.nacks = np.zeros(capacity, np.bool_)
        self.delays = Delays()
        self.missing: dict[int, dict[int, float]] = {}  # of rows that repair: extended number, and since when
        self._free = list(range(capacity))[::-1]

    def add(self, ssrc: int, clock: int, codec: str, nacks: bool) -> int:
        """Expect a stream; returns its row. Raises ``PumpError`` when all are taken."""
        if not self._free:
            raise PumpError(f"The pump was made for {len(self.ssrc)} streams to receive, and has them all.")
        row = self._free.pop()
        self._state[:, row] = self._times[:, row] = 0
        self.late[row] = self.repaired[row] = self.key_frames[row] = 0
        self.ssrc[row], self.clock[row], self.codec[row], self.nacks[row] = ssrc, clock, _CODECS.get(codec, 0), nacks
        return row

    def remove(self, row: int) -> None:
        """Expect it no more."""
        self.missing.pop(row, None)
        self._free.append(row)

    def so_far(self, row: int) -> tuple[int, int, int, int]:
        """First and highest number, packets, and jitter in units of the clock."""
        base, highest, received, _ = self._state[:, row].tolist()
        return base, highest, received, int(self.jitter[row])

    def lost(self, row: int) -> int:
        """Packets that have not come (RFC 3550, appendix A.3); negative where some came twice."""
        return int(self.expected(row) - self.received[row])

    def expected(self, row: int) -> int:
        """Packets from the first to the highest number."""
        return int(self.highest[row] - self.base[row] + 1) if self.received[row] else 0

    def delay(self, row: int) -> tuple[float, float] | tuple[None, None]:
        """The mean and the longest one-way delay in seconds; None where no packet told."""
        count = int(self._stamped[row])
        return (float(self._delay[row] / count), float(self._longest[row])) if count else (None, None)

    def take(self, batch: Batch) -> None:
        """Note packets in the order in which they came."""
        order = batch.row.argsort(kind="stable")
        row = batch.row[order]
        again = np.flatnonzero(row[1:] == row[:-1])
        if not len(again):
            self._round(batch)
        else:
            begins = np.flatnonzero(np.concatenate(([True], row[1:] != row[:-1])))
            turn = np.arange(len(row)) - begins.repeat(np.diff(np.append(begins, len(row))))
            # A stream's packets depend on each other, those of different streams do not: first of each, then second, …
            for number in range(int(turn.max()) + 1):
                self._round(batch[order[turn == number]])
        if batch.key.any():
            np.add.at(self.key_frames, batch.row[batch.key], 1)
        self.delays.note(batch.time - batch.stamp)

    def _round(self, batch: Batch) -> None:
        row, clock = batch.row, self.clock[batch.row]
        base, highest, received, stamped = state = self._state[:, row]
        fresh = received == 0
        begins = bool(fresh.any())
        if begins:  # at 65536, so that a packet that the first has overtaken does not fall below 0
            highest[fresh] = batch.sequence[fresh] + 65535
            base[fresh] = highest[fresh] + 1
        ahead = (batch.sequence - highest + 32768 & 0xFFFF) - 32768
        odd = ahead != 1
        transit = batch.time * clock % 2**32 - batch.timestamp
        jitter, before, _, total, longest = times = self._times[:, row]
        difference = np.abs((transit - before + 2**31) % 2**32 - 2**31)
        if begins:
            difference[fresh] = 0
        jitter += (difference - jitter) / 16
        times[1], times[2] = transit, batch.time
        delay = batch.time - batch.stamp
        known = np.abs(delay) < _ABSURD  # not what was sent again, whose stamp is 0, nor what a server made up
        total += delay * known
        np.maximum(longest, delay * known, out=times[4])
        self._times[:, row] = times
        number = highest + ahead
        np.maximum(highest, number, out=state[1])
        np.minimum(base, number, out=state[0])
        received += 1
        stamped += known
        self._state[:, row] = state
        if odd.any():
            self._odd(row[odd], number[odd], ahead[odd], batch.time[odd])

    def _odd(self, rows: Numbers, numbers: Numbers, ahead: Numbers, times: NDArray[np.float64]) -> None:
        for row, number, gap, time in zip(rows.tolist(), numbers.tolist(), ahead.tolist(), times.tolist(), strict=True):
            if gap <= 0:
                self.late[row] += 1
                self.missing.get(row, {}).pop(number, None)
            elif self.nacks[row]:
                holes = self.missing.setdefault(row, {})
                holes.update((number - back, time) for back in range(min(gap - 1, 64), 0, -1))

    def repair(self, row: int, sequence: int) -> None:
        """A packet came again as RTX: it is no longer missed, and still counts as lost on the way."""
        highest = int(self.highest[row])
        number = highest + ((sequence - highest + 32768 & 0xFFFF) - 32768)
        if self.missing.get(row, {}).pop(number, None) is not None:
            self.repaired[row] += 1
