"""The streams that bots send from one loop: a row each, and all packets that are due in one batch."""

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
from load.pump.srtp import Sealing, protect

Numbers = NDArray[np.int64]
_TAG = 16  # bytes that SRTP adds, at most
_BATCH = 128  # slots filled at a time: they stay in the processor's cache, and a stamp is right to half a millisecond
_BEHIND = 1.0  # seconds: a stream that is later than this leaves frames out, and says so


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
        self._places = np.arange(_BATCH) * (width // 8)
        self._sizes, self._octets = header.SIZE + loop.size, loop.octets
        self._stamps = (header.SIZE + stamp_at(loop.size.astype(np.int64))) // 8
        self._words = slots.view("<u8").reshape(-1)
        self._heads = slots[:, : header.SIZE].view(np.uint64)
        self._sequence, self._timestamp = _column(slots, 2, ">u2"), _column(slots, 4, ">u4")
        self._picture = _column(slots, header.SIZE + loop.picture_at, ">u2") if loop.picture_at >= 0 else None
        self._alone = bool((loop.count == 1).all())
        self.due = np.full(capacity, np.inf)
        # What changes with each frame, in one table, because each column costs a read and a write a batch.
        self._state = np.zeros((6, capacity), np.int64)
        self.frame, self.sequence, self.timestamp, self.picture, self.packets, self.octets = self._state
        self.lane = np.zeros(capacity, np.int64)
        self.heads = np.zeros((capacity, header.SIZE // 8), np.uint64)
        self.timed, self.key_wanted, self.withheld = (np.zeros(capacity, np.bool_) for _ in range(3))
        self.addresses = np.zeros(capacity, ADDRESS)
        self.agreed: list[Agreed | None] = [None] * capacity
        self._contexts: list[Any] = [None] * capacity
        self.history = History(capacity) if loop.kind == "video" else None
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
        self.heads[row], self.timed[row] = header.header(agreed).view(np.uint64), agreed.timed
        self.key_wanted[row] = self.withheld[row] = False
        self.agreed[row], self._contexts[row] = agreed, sealing.out
        self.addresses[row], self.lane[row] = address, lane
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
        _, _, timestamp, _, packets, octets = self._state[:, row].tolist()
        return timestamp, packets, octets

    def send(self, files: Sequence[int]) -> int:
        """Send what is due now, and say how many packets that were; ``files`` are the lanes' sockets."""
        sent = 0
        moment = now()
        while len(rows := np.flatnonzero(self.due <= moment)):
            late = self.due[rows] < moment - _BEHIND
            if late.any():
                self._catch_up(rows[late])
            if len(files) > 1:
                rows = rows[np.argsort(self.lane[rows], kind="stable")]
            wanted = self.key_wanted[rows]
            if wanted.any():
                self.frame[rows[wanted]] = 0
                self.key_wanted[rows] = False
                self.key_frames += int(wanted.sum())
            ends = self.loop.count[self.frame[rows]].cumsum()
            at = 0
            while at < len(rows):
                until = int(ends.searchsorted((ends[at - 1] if at else 0) + _BATCH, side="right"))
                sent += self._send(rows[at:until], files)
                at = until
        return sent

    def _send(self, rows: Numbers, files: Sequence[int]) -> int:
        loop, out, state = self.loop, self._out, self._state[:, rows]
        frame, sequence, timestamp, picture, packets, octets = state
        counts = loop.count[frame]
        if self._alone:
            total, stream, packet = len(rows), rows, frame
        else:
            owner = np.arange(len(rows)).repeat(counts)
            total, stream = len(owner), rows[owner]
            within = np.arange(total) - (counts.cumsum() - counts)[owner]
            packet = loop.first[frame][owner] + within
            sequence, timestamp, picture = sequence[owner] + within & 0xFFFF, timestamp[owner], picture[owner]
        moment = now()
        np.take(self._rows, packet, 0, out=out.slots[:total], mode="clip")  # this mode needs no copy in between
        self._heads[:total] |= self.heads[stream]
        self._sequence[:total] = sequence
        self._timestamp[:total] = timestamp
        if self._picture is not None:
            self._picture[:total] = picture | 0x8000
            sent_at = np.frombuffer(absolute_send_time(moment).to_bytes(3, "big"), np.uint8)
            out.slots[:total, header.SENT_AT : header.SENT_AT + 3] = self.timed[stream][:, None] * sent_at
        self._words[self._places[:total] + self._stamps[packet]] = int(moment * 1e9)
        out.sizes[:total] = self._sizes[packet]
        contexts = self._contexts
        protect([contexts[each] for each in stream.tolist()], out.pointers, out.lengths)
        if self.history is not None:
            self.history.note(stream, sequence, packet, timestamp, picture)
        self._hand_over(rows, counts, files)
        state[1] = state[1] + counts & 0xFFFF
        state[2] = state[2] + loop.step & 0xFFFFFFFF
        state[3] = state[3] + 1 & 0x7FFF
        packets += counts
        octets += self._octets[frame]
        state[0] = (frame + 1) % loop.frames
        self._state[:, rows] = state
        self.due[rows] += loop.seconds
        return total

    def _hand_over(self, rows: Numbers, counts: Numbers, files: Sequence[int]) -> None:
        addresses = self.addresses[rows]
        if self.withheld[rows].any():  # a loss that a test asks for: to port 9, which discards
            addresses["port"][self.withheld[rows]] = 9
            self.withheld[rows] = False
        self._out.send(files, self.lane[rows], addresses, counts)

    def _catch_up(self, rows: Numbers) -> None:
        missed = ((now() - self.due[rows]) / self.loop.seconds).astype(np.int64)
        self.left_out += int(missed.sum())
        self.due[rows] += missed * self.loop.seconds
        self.timestamp[rows] = self.timestamp[rows] + missed * self.loop.step & 0xFFFFFFFF


def _column(slots: NDArray[np.uint8], at: int, kind: str) -> NDArray[Any]:
    """A field of every slot."""
    size = np.dtype(kind).itemsize
    return slots[:, at : at + size].view(kind)[:, 0]
