"""What a lane has received, sorted: media is opened and noted in columns, everything else is handed on one by one."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from load.pump.batch_io import SLOT, Incoming
from load.pump.lane import Lane
from load.pump.lookup import Lookup
from load.pump.media import STAMP, stamp_at
from load.pump.receiver import Batch, Inbound
from load.pump.srtp import unprotect

REPAIR = 1 << 40  # added to the row of a stream's RTX
_FIXED = 12
_FAMILY = np.uint64(16)  # bits before an address' port and host


def route(lane: int, peer: NDArray[Any]) -> int:
    """The key of an address (``ADDRESS``) as it is seen in a lane: its port and host, in the order of its bytes."""
    return lane << 48 | int(peer.reshape(1).view(np.uint64)[0] >> _FAMILY)


class Intake:
    """``on_control`` gets a connection's number, the sealed RTCP and when it came; ``on_other`` the rest."""

    def __init__(self, inbound: Inbound, on_control: Callable[[int, bytes, float], None]) -> None:
        self._inbound = inbound
        self._on_control = on_control
        self._table = Incoming(256)
        slots = self._table.slots
        self._peers = self._table.addresses.view(np.uint64)[::2]
        self._flat = slots.reshape(-1)
        self._sequence = slots[:, 2:4].view(">u2")[:, 0]
        self._timestamp, self._ssrc = slots[:, 4:8].view(">u4")[:, 0], slots[:, 8:12].view(">u4")[:, 0]
        self._starts = np.arange(self._table.capacity) * SLOT
        self._stamp = np.arange(STAMP)
        self.routes, self.streams = Lookup(), Lookup()
        self.contexts: list[Any] = []  # of libsrtp, by connection number
        self.packets = 0
        self.unopened = 0  # that did not authenticate, or came twice
        self.unknown = 0  # of a connection or stream that nobody expects

    @property
    def cut(self) -> int:
        """Datagrams that were longer than a slot."""
        return self._table.cut

    def drain(self, lanes: Sequence[Lane]) -> None:
        """Take everything that the lanes' sockets have; what came over several lanes is sorted together."""
        table, filled = self._table, 0
        fetched: list[tuple[int, int]] = []  # lane, and how many
        for lane in lanes:
            while True:
                got = table.fetch(lane.file, filled)
                if got:
                    fetched.append((lane.number, got))
                    filled += got
                if filled < table.capacity:
                    break
                self._sort(lanes, fetched, filled)
                fetched, filled = [], 0
        if filled:
            self._sort(lanes, fetched, filled)

    def _sort(self, lanes: Sequence[Lane], fetched: list[tuple[int, int]], got: int) -> None:
        table = self._table
        dropped = table.read(got)
        number, count = zip(*fetched, strict=True)
        lane = np.repeat(number, count)
        for at in np.flatnonzero(dropped).tolist():
            lanes[lane[at]].dropped = max(lanes[lane[at]].dropped, int(dropped[at]))
        first, second = table.slots[:got, 0], table.slots[:got, 1]
        media = (first >> 6 == 2) & (table.sizes[:got] >= _FIXED)
        control = media & (second >= 192) & (second < 224)  # RFC 5761, section 4
        numbers = self.routes.find(lane << 48 | (self._peers[:got] >> _FAMILY).view(np.int64))
        chosen = np.flatnonzero(media & ~control & (numbers >= 0))
        if len(chosen):
            self._media(chosen, numbers[chosen])
        if len(chosen) == got:
            return
        for at in np.flatnonzero(~media | control | (numbers < 0)).tolist():
            if control[at] and numbers[at] >= 0:
                data = table.slots[at, : table.sizes[at]].tobytes()
                self._on_control(int(numbers[at]), data, float(table.times[at]))
            elif media[at]:
                self.unknown += 1
            else:
                peer = table.addresses[at]
                name = ".".join(map(str, int(peer["host"]).to_bytes(4, "big")))
                data = table.slots[at, : table.sizes[at]].tobytes()
                lanes[lane[at]].deliver(data, (name, int(peer["port"])))

    def _media(self, at: NDArray[np.int64], numbers: NDArray[np.int64]) -> None:
        table = self._table
        places = at.tolist()
        pointers, lengths, contexts = table.pointers, table.lengths, self.contexts
        status = unprotect([contexts[each] for each in numbers.tolist()], [pointers[each] for each in places],
                           [lengths[each] for each in places])  # fmt: skip
        rows = self.streams.find(numbers << 32 | self._ssrc[at].astype(np.int64))
        size = table.sizes[at].astype(np.int64)
        start, begin = self._starts[at], self._payload(at)
        good = (status == 0) & (rows >= 0) & (begin + STAMP + 2 <= size)  # two bytes more: of RTX
        self.packets += len(at)
        if not good.all():
            self.unopened += int((status != 0).sum())
            self.unknown += int(((status == 0) & (rows < 0)).sum())
            at, rows, size, start, begin = at[good], rows[good], size[good], start[good], begin[good]
        again = rows >= REPAIR
        if again.any():
            where = start[again] + begin[again]
            original = self._flat[where].astype(np.int64) << 8 | self._flat[where + 1]
            for row, sequence in zip((rows[again] - REPAIR).tolist(), original.tolist(), strict=True):
                self._inbound.repair(row, sequence)
            at, rows, size, start, begin = at[~again], rows[~again], size[~again], start[~again], begin[~again]
        if not len(at):
            return
        where = start + begin + stamp_at(size - begin)
        stamp = self._flat[where[:, None] + self._stamp].view("<u8")[:, 0] * 1e-9
        self._inbound.take(
            Batch(rows, self._sequence[at].astype(np.int64), self._timestamp[at].astype(np.int64), table.times[at],
                  stamp, self._key(rows, start + begin))
        )  # fmt: skip

    def _payload(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where payloads begin in their packets; it may be beyond the end, which the caller checks."""
        first, start = self._table.slots[at, 0].astype(np.int64), self._starts[at]
        begin = _FIXED + 4 * (first & 15)
        words = self._flat[start + begin + 2].astype(np.int64) << 8 | self._flat[start + begin + 3]
        total: NDArray[np.int64] = begin + np.where(first & 0x10, 4 + 4 * words, 0)
        return total

    def _key(self, rows: NDArray[np.int64], where: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a packet begins a key frame: of VP9 without P and with B; of VP8 the frame tag's lowest bit."""
        codec, first = self._inbound.codec[rows], self._flat[where]
        vp9 = (codec == 2) & (first & 0x48 == 0x08)
        vp8 = (codec == 1) & (first & 0x90 == 0x90) & (self._flat[np.minimum(where + 4, len(self._flat) - 1)] & 1 == 0)
        found: NDArray[np.bool_] = vp9 | vp8
        return found
