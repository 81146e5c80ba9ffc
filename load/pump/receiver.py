"""The streams that bots receive: what their packets' headers and stamps tell, a batch at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from load.pump.delays import Delays
from load.pump.errors import PumpError

Numbers = NDArray[np.int64]
_ABSURD = 60.0  # seconds: no delay
_CODECS = {"vp8": 1, "vp9": 2}
_FIRST = np.ones(1, np.bool_)
# The columns of a stream's row, whole numbers among them: a double holds them up to 2^53.
_BASE, _HIGHEST, _RECEIVED, _JITTER, _CLOCK, _TRANSIT, _DELAY, _STAMPED, _LONGEST = range(9)
_WIDTH = 16
_MOST = 4096  # packets of a batch
_KEEPS = (15 / 16) ** np.arange(_MOST + 1)  # what so many packets leave of the jitter before them
_FADES = _KEEPS / 16  # the weight of a difference that so many others follow


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
        self.ssrc, self.codec, self.late, self.repaired, self.key_frames = (
            np.zeros(capacity, np.int64) for _ in range(5)
        )
        # What changes with each packet is one row a stream, because each column would cost a read and a write a batch.
        self._table = np.zeros((capacity, _WIDTH))
        self.base, self.highest, self.received, self.jitter, self.clock = (
            self._table[:, column] for column in (_BASE, _HIGHEST, _RECEIVED, _JITTER, _CLOCK)
        )
        self.nacks = np.zeros(capacity, np.bool_)
        self.delays = Delays()
        self.missing: dict[int, dict[int, float]] = {}  # of rows that repair: extended number, and since when
        self._free = list(range(capacity))[::-1]

    def add(self, ssrc: int, clock: int, codec: str, nacks: bool) -> int:
        """Expect a stream; returns its row. Raises ``PumpError`` when all are taken."""
        if not self._free:
            raise PumpError(f"The pump was made for {len(self.ssrc)} streams to receive, and has them all.")
        row = self._free.pop()
        self._table[row] = 0
        self.late[row] = self.repaired[row] = self.key_frames[row] = 0
        self.ssrc[row], self.clock[row], self.codec[row], self.nacks[row] = ssrc, clock, _CODECS.get(codec, 0), nacks
        return row

    def remove(self, row: int) -> None:
        """Expect it no more."""
        self.missing.pop(row, None)
        self._free.append(row)

    def so_far(self, row: int) -> tuple[int, int, int, int]:
        """First and highest number, packets, and jitter in units of the clock."""
        base, highest, received, jitter = map(int, self._table[row, :4].tolist())
        return base, highest, received, jitter

    def lost(self, row: int) -> int:
        """Packets that have not come (RFC 3550, appendix A.3); negative where some came twice."""
        return int(self.expected(row) - self.received[row])

    def expected(self, row: int) -> int:
        """Packets from the first to the highest number."""
        return int(self.highest[row] - self.base[row] + 1) if self.received[row] else 0

    def delay(self, row: int) -> tuple[float, float] | tuple[None, None]:
        """The mean and the longest one-way delay in seconds; None where no packet told."""
        count, total, longest = self._table[row, [_STAMPED, _DELAY, _LONGEST]].tolist()
        return (total / count, longest) if count else (None, None)

    def take(self, batch: Batch) -> None:
        """Note packets in the order in which they came, or those of each row together in that order."""
        row = batch.row
        if (row[1:] < row[:-1]).any():
            batch = batch[row.argsort(kind="stable")]
        self._count(batch)
        if batch.key.any():
            np.add.at(self.key_frames, batch.row[batch.key], 1)
        self.delays.note(batch.time - batch.stamp)

    def _count(self, batch: Batch) -> None:
        row = batch.row
        begins = np.flatnonzero(np.concatenate((_FIRST, row[1:] != row[:-1])))
        streams = self._table.take(row[begins], 0)
        before = np.empty(len(row))
        before[1:], before[begins] = batch.sequence[:-1], streams[:, _HIGHEST]
        next_one = (batch.sequence - before) % 65536 == 1
        begun = streams[:, _RECEIVED] > 0
        if next_one.all() and begun.all():
            self._in_order(batch, begins, streams)
            return
        expected = np.logical_and.reduceat(next_one, begins) & begun
        expected = expected.repeat(np.diff(np.append(begins, len(row))))
        self._one_by_one(batch[~expected])
        if expected.any():
            self._count(batch[expected])

    def _in_order(self, batch: Batch, begins: Numbers, streams: NDArray[np.float64]) -> None:
        """Streams that go on as expected, which is nearly always: all packets of all of them at once."""
        ends = np.append(begins[1:], len(batch.row))
        counts = ends - begins
        ends -= 1
        transit = batch.time * streams[:, _CLOCK].repeat(counts) % 2**32 - batch.timestamp
        before = np.empty(len(transit))
        before[1:], before[begins] = transit[:-1], streams[:, _TRANSIT]
        difference = np.abs((transit - before + 2**31) % 2**32 - 2**31)
        # The jitter's "a sixteenth of the difference" after several packets is a weighted sum.
        difference *= _FADES[ends.repeat(counts) - np.arange(len(transit))]
        streams[:, _JITTER] *= _KEEPS[counts]
        streams[:, _JITTER] += np.add.reduceat(difference, begins)
        streams[:, _TRANSIT] = transit[ends]
        streams[:, _HIGHEST : _RECEIVED + 1] += counts[:, None]
        delay = batch.time - batch.stamp
        known = np.abs(delay) < _ABSURD  # not what was sent again, whose stamp is 0, nor what a server made up
        delay *= known
        streams[:, _DELAY] += np.add.reduceat(delay, begins)
        streams[:, _STAMPED] += np.add.reduceat(known, begins, dtype=np.float64)
        np.maximum(streams[:, _LONGEST], np.maximum.reduceat(delay, begins), out=streams[:, _LONGEST])
        self._table[batch.row[begins]] = streams

    def _one_by_one(self, batch: Batch) -> None:
        """Streams that begin, or whose packets are missing, late or twice: one of each at a time."""
        while len(batch.row):
            _, first = np.unique(batch.row, return_index=True)
            self._first(batch[first])
            rest = np.ones(len(batch.row), np.bool_)
            rest[first] = False
            batch = batch[rest]

    def _first(self, batch: Batch) -> None:
        row = batch.row
        streams = self._table[row]
        # Fresh ones begin at 65536, so that a packet that the first has overtaken does not fall below 0.
        fresh = streams[:, _RECEIVED] == 0
        streams[fresh, _HIGHEST] = batch.sequence[fresh] + 65535
        streams[fresh, _BASE] = batch.sequence[fresh] + 65536
        ahead = (batch.sequence - streams[:, _HIGHEST].astype(np.int64) + 32768 & 0xFFFF) - 32768
        transit = batch.time * streams[:, _CLOCK] % 2**32 - batch.timestamp
        difference = np.abs((transit - streams[:, _TRANSIT] + 2**31) % 2**32 - 2**31)
        difference[fresh] = 0
        streams[:, _JITTER] += (difference - streams[:, _JITTER]) / 16
        streams[:, _TRANSIT] = transit
        delay = batch.time - batch.stamp
        known = np.abs(delay) < _ABSURD
        streams[:, _DELAY] += delay * known
        streams[:, _STAMPED] += known
        streams[:, _LONGEST] = np.maximum(streams[:, _LONGEST], delay * known)
        number = streams[:, _HIGHEST] + ahead
        streams[:, _HIGHEST] = np.maximum(streams[:, _HIGHEST], number)
        streams[:, _BASE] = np.minimum(streams[:, _BASE], number)
        streams[:, _RECEIVED] += 1
        self._table[row] = streams
        odd = ahead != 1
        self._odd(row[odd], number[odd].astype(np.int64), ahead[odd], batch.time[odd])

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
