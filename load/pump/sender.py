"""The streams that bots send from one loop: a row each, and all packets that are due in one batch.

A batch costs by the call of numpy, far more than by the byte: a stream is one row of 128 bytes in one table, which is
read once, advanced by a row that its frame looks up, and written once.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from load.pump import header
from load.pump.batch_io import ADDRESS, Outgoing
from load.pump.clock import absolute_send_time, now
from load.pump.errors import PumpError
from load.pump.header import Agreed
from load.pump.history import History
from load.pump.media import Loop, stamp_at
from load.pump.srtp import Sealing, chosen, protect

Numbers = NDArray[np.int64]
_TAG = 16  # bytes that SRTP adds, at most
_BATCH = 512  # slots filled at a time
_BEHIND = 1.0  # seconds: a stream that is later than this leaves frames out, and says so

# The columns of a stream's row. The last two are for the packets of a batch: place in the loop, and sequence number.
_FRAME, _SEQUENCE, _TIMESTAMP, _PICTURE, _PACKETS, _OCTETS, _LANE, _OWN = range(8)
_HEAD, _ADDRESS, _TIMED, _PACKET, _NUMBER, _WIDTH = 8, 11, 13, 14, 15, 16
_SENT_AT = 0xFFFFFF00  # where abs-send-time is in the header's third word
_MASK = np.full(_WIDTH, -1, np.int64)
_MASK[[_SEQUENCE, _TIMESTAMP, _PICTURE, _PACKET, _NUMBER]] = 0xFFFF, 0xFFFFFFFF, 0x7FFF, 0, 0


class Outbound:
    """Rows of streams that are sent. A row is free while its ``due`` is infinite."""

    def __init__(self, loop: Loop, capacity: int, offload: bool = True) -> None:
        if loop.count.max() > _BATCH:
            raise PumpError(f"A frame of {loop.count.max()} packets is more than the pump sends at once.")
        self.loop = loop
        width = -(-(header.SIZE + loop.payload.shape[1] + _TAG) // 64) * 64
        self._out = Outgoing(_BATCH, width, offload)
        slots = self._out.slots
        self._rows = np.zeros((len(loop.size), width), np.uint8)  # the loop as it lies in a slot
        self._rows[:, header.SIZE : header.SIZE + loop.payload.shape[1]] = loop.payload
        self._rows[:, 1] = loop.last
        self._places, self._numbers = np.arange(_BATCH) * (width // 8), np.arange(_BATCH)[:, None]
        self._sizes = header.SIZE + loop.size
        self._stamps = (header.SIZE + stamp_at(loop.size.astype(np.int64))) // 8
        self._words = slots.view(np.int64).reshape(-1)
        self._heads = slots[:, : header.SIZE].view(np.int64)
        self._picture = _column(slots, header.SIZE + loop.picture_at, ">u2") if loop.picture_at >= 0 else None
        self._alone = bool((loop.count == 1).all()) and self._picture is None
        self.due = np.full(capacity, np.inf)
        self._order = np.arange(capacity)  # by lanes
        self._table = np.zeros((capacity, _WIDTH), np.int64)
        self._table[:, _OWN] = np.arange(capacity)
        columns = self._table.T
        self.frame, self.sequence, self.timestamp, self.picture, self.packets, self.octets, self.lane = columns[:7]
        self.heads = self._table.view(np.uint64)[:, _HEAD:_ADDRESS]
        self._change = _changes(loop)
        self.key_wanted, self.withheld = (np.zeros(capacity, np.bool_) for _ in range(2))
        self.agreed: list[Agreed | None] = [None] * capacity
        self._contexts: list[Any] = [None] * capacity
        self.history = History(capacity, loop) if loop.kind == "video" else None
        self.left_out = 0  # frames that were not sent because the pump was too late: the generator's own loss
        self.key_frames = 0  # that were asked for

    @property
    def refused(self) -> int:
        """Packets that the kernel did not take."""
        return self._out.refused

    def add(self, agreed: Agreed, sealing: Sealing, address: NDArray[Any], lane: int, begin: float) -> int:
        """Send a stream from ``begin`` on; returns its row. Raises ``PumpError`` when all rows are taken."""
        free = np.flatnonzero(np.isinf(self.due))
        if not len(free):
            raise PumpError(f"The pump was made for {len(self.due)} streams of {self.loop.kind}, and has them all.")
        row = int(free[0])
        chance = np.random.default_rng()
        self.frame[row] = 0 if self.loop.kind == "video" else chance.integers(self.loop.frames)
        # The lower half: libsrtp loses count when the first packets of a stream wrap and go astray.
        self.sequence[row], self.timestamp[row] = chance.integers(1 << 15), chance.integers(1 << 32)
        self.picture[row], self.packets[row], self.octets[row] = chance.integers(1 << 15), 0, 0
        self.heads[row] = header.header(agreed).view(np.uint64)
        self._table[row, _TIMED] = _SENT_AT if agreed.timed else 0
        self._table[row, _ADDRESS:_TIMED] = address.reshape(1).view(np.int64)
        self.key_wanted[row] = self.withheld[row] = False
        self.agreed[row], self._contexts[row] = agreed, sealing.out
        self.lane[row] = lane
        self._order = np.argsort(self.lane, kind="stable")
        if self.history is not None:
            self.history.forget(row)
        self.due[row] = begin
        return row

    def remove(self, row: int) -> None:
        """Send it no more, and give its row back."""
        self.due[row] = np.inf
        self.agreed[row] = self._contexts[row] = None

    def so_far(self, row: int) -> tuple[int, int, int]:
        """Timestamp of the next frame, packets and bytes of payload sent."""
        _, _, timestamp, _, packets, octets = self._table[row, :6].tolist()
        return timestamp, packets, octets

    def send(self, files: Sequence[int]) -> int:
        """Send what is due now, and say how many packets that were; ``files`` are the lanes' sockets."""
        sent = 0
        moment = now()
        while len(rows := self._order[self.due[self._order] <= moment]):
            if sent:  # even a frame later they are due: have they been left behind?
                self._catch_up(rows[self.due[rows] < moment - _BEHIND])
            if self.key_wanted.any():
                wanted = rows[self.key_wanted[rows]]
                self.frame[wanted] = 0
                self.key_wanted[wanted] = False
                self.key_frames += len(wanted)
            ends = self.loop.count[self.frame[rows]].cumsum()
            at = 0
            while at < len(rows):
                until = int(ends.searchsorted((ends[at - 1] if at else 0) + _BATCH, side="right"))
                sent += self._send(rows[at:until], files)
                at = until
        return sent

    def _send(self, rows: Numbers, files: Sequence[int]) -> int:
        out = self._out
        streams = self._table.take(rows, 0)
        frame = streams[:, _FRAME]
        counts, packets = self._packets(streams, frame)
        total, packet = len(packets), packets[:, _PACKET]
        moment = now()
        np.take(self._rows, packet, 0, out=out.slots[:total], mode="clip")  # this mode needs no copy in between
        packets.view(">u2")[:, 4 * _HEAD + 1] = packets[:, _NUMBER]
        packets.view(">u4")[:, 2 * _HEAD + 1] = packets[:, _TIMESTAMP]
        if self._picture is not None:
            self._picture[:total] = packets[:, _PICTURE] | 0x8000
            sent_at = int.from_bytes(absolute_send_time(moment).to_bytes(4, "big"), "little")
            packets[:, _HEAD + 2] |= packets[:, _TIMED] & sent_at
        self._heads[:total] |= packets[:, _HEAD:_ADDRESS]
        self._words[self._places[:total] + self._stamps[packet]] = int(moment * 1e9)
        out.sizes[:total] = self._sizes[packet]
        protect(chosen(self._contexts, packets[:, _OWN]), out.pointers, out.lengths)
        if self.history is not None:
            self.history.note(rows, streams[:, :_PACKETS])
        addresses = streams[:, _ADDRESS:_TIMED]
        if self.withheld.any():  # a loss that a test asks for
            addresses = self._astray(rows, addresses)
        out.send(files, streams[:, _LANE], addresses, counts)
        streams += self._change[frame]
        streams &= _MASK
        self._table[rows] = streams
        self.due[rows] += self.loop.seconds
        return total

    def _packets(self, streams: Numbers, frame: Numbers) -> tuple[Numbers | None, Numbers]:
        """How many packets each stream's frame has (None: one), and a copy of its row for each of them."""
        if self._alone:
            streams[:, _PACKET], streams[:, _NUMBER] = frame, streams[:, _SEQUENCE]
            return None, streams
        counts = self.loop.count[frame]
        before = counts.cumsum() - counts
        np.subtract(self.loop.first[frame], before, out=streams[:, _PACKET])
        np.subtract(streams[:, _SEQUENCE], before, out=streams[:, _NUMBER])
        packets = streams.repeat(counts, 0)
        packets[:, _PACKET:] += self._numbers[: len(packets)]
        return counts, packets

    def _astray(self, rows: Numbers, addresses: Numbers) -> Numbers:
        """To port 9, which discards."""
        held = self.withheld[rows]
        self.withheld[rows] = False
        addresses = addresses.copy()
        addresses.view(ADDRESS)["port"][held] = 9
        return addresses

    def _catch_up(self, rows: Numbers) -> None:
        missed = ((now() - self.due[rows]) / self.loop.seconds).astype(np.int64)
        self.left_out += int(missed.sum())
        self.due[rows] += missed * self.loop.seconds
        self.timestamp[rows] = self.timestamp[rows] + missed * self.loop.step & 0xFFFFFFFF


def _changes(loop: Loop) -> Numbers:
    """What sending each frame adds to a stream's row."""
    change = np.zeros((loop.frames, _WIDTH), np.int64)
    change[:, [_FRAME, _PICTURE]] = 1
    change[-1, _FRAME] = 1 - loop.frames
    change[:, _SEQUENCE] = change[:, _PACKETS] = loop.count
    change[:, _TIMESTAMP], change[:, _OCTETS] = loop.step, loop.octets
    return change


def _column(slots: NDArray[np.uint8], at: int, kind: str) -> NDArray[Any]:
    """A field of every slot."""
    size = np.dtype(kind).itemsize
    return slots[:, at : at + size].view(kind)[:, 0]
