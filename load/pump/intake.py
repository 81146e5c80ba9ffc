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
from load.pump.srtp import chosen, unprotect

REPAIR = 1 << 40  # added to the row of a stream's RTX
_FIXED = 12
_MEDIA, _CONTROL, _OTHERS = 1, 3, 4  # kinds of datagrams (RFC 7983; RFC 5761, section 4); 0: neither
_PERHAPS = 2
_FAMILY = np.uint64(16)  # bits before an address' port and host
Numbers = NDArray[np.int64]


def _kinds() -> NDArray[np.uint8]:
    """By the first two bytes, read as a little-endian number."""
    first, second = np.arange(1 << 16) & 0xFF, np.arange(1 << 16) >> 8
    control = (second >= 192) & (second < 224)
    return np.where(first >> 6 == 2, np.where(control, _CONTROL, _MEDIA), 0).astype(np.uint8)


def _keys() -> NDArray[np.uint8]:
    """By codec (0: sound, 1: VP8, 2: VP9) and a payload's first byte: 1 where it begins a key frame."""
    first = np.arange(256)
    return np.stack((first * 0, _PERHAPS * (first & 0x90 == 0x90), first & 0x48 == 0x08)).astype(np.uint8)


_KINDS, _KEYS = _kinds(), _keys()


def route(lane: int, peer: NDArray[Any]) -> int:
    """The key of an address (``ADDRESS``) as it is seen in a lane: its port and host, in the order of its bytes."""
    return lane << 48 | int(peer.reshape(1).view(np.uint64)[0] >> _FAMILY)


class Intake:
    """``on_control`` gets a connection's number, the sealed RTCP and when it came; ``on_other`` the rest."""

    def __init__(self, inbound: Inbound, on_control: Callable[[int, bytes, float], None]) -> None:
        self._inbound = inbound
        self._on_control = on_control
        self._table = Incoming(1024)
        slots = self._table.slots
        self._peers = self._table.addresses.view(np.uint64)[::2]
        self._flat = slots.reshape(-1)
        self._begin, self._sequence = slots[:, 0:2].view("<u2")[:, 0], slots[:, 2:4].view(">u2")[:, 0]
        self._words = slots[:, _FIXED + 2 : _FIXED + 4].view(">u2")[:, 0]
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
        table.read(got)
        keys = (self._peers[:got] >> _FAMILY).view(np.int64)
        number, count = np.array(fetched).T
        if len(lanes) > 1:
            keys |= (number << 48).repeat(count)
        numbers = self.routes.find(keys)
        kinds = _KINDS[self._begin[:got]]
        kinds[(numbers < 0) | (table.sizes[:got] < _FIXED)] |= _OTHERS
        media = np.flatnonzero(kinds == _MEDIA)
        if len(media):
            self._media(media, numbers[media])
        if len(media) < got:
            lane = number.repeat(count)
            for at in np.flatnonzero(kinds != _MEDIA).tolist():
                self._other(lanes[lane[at]], at, int(kinds[at]), int(numbers[at]))

    def _other(self, lane: Lane, at: int, kind: int, number: int) -> None:
        """What is no media of somebody known: RTCP, STUN, DTLS, strangers."""
        table = self._table
        if kind == _CONTROL:
            self._on_control(number, table.slots[at, : table.sizes[at]].tobytes(), float(table.times[at]))
        elif kind & _MEDIA:
            self.unknown += 1
        else:
            peer = table.addresses[at]
            name = ".".join(map(str, int(peer["host"]).to_bytes(4, "big")))
            lane.deliver(table.slots[at, : table.sizes[at]].tobytes(), (name, int(peer["port"])))

    def _media(self, at: Numbers, numbers: Numbers) -> None:
        table = self._table
        rows = self.streams.find(numbers << 32 | self._ssrc[at].astype(np.int64))
        order = rows.argsort(kind="stable")  # those of a stream together: so they are counted at once
        at, rows = at[order], rows[order]
        status = unprotect(chosen(self.contexts, numbers[order]), chosen(table.pointers, at), chosen(table.lengths, at))
        size = table.sizes[at].astype(np.int64)
        start, begin = self._starts[at], self._payload(at)
        good = (status == 0) & (rows >= 0) & (begin + STAMP + 2 <= size)  # two bytes more: of RTX
        self.packets += len(at)
        if not good.all():
            self.unopened += int((status != 0).sum())
            self.unknown += int(((status == 0) & (rows < 0)).sum())
            at, rows, size, start, begin = at[good], rows[good], size[good], start[good], begin[good]
        if len(rows) and rows[-1] >= REPAIR:
            media = int(rows.searchsorted(REPAIR))
            where = start[media:] + begin[media:]
            original = self._flat[where].astype(np.int64) << 8 | self._flat[where + 1]
            for row, sequence in zip((rows[media:] - REPAIR).tolist(), original.tolist(), strict=True):
                self._inbound.repair(row, sequence)
            at, rows, size, start, begin = at[:media], rows[:media], size[:media], start[:media], begin[:media]
        if not len(at):
            return
        begin += start
        where = begin + stamp_at(size - begin + start)
        stamp = self._flat[where[:, None] + self._stamp].view("<u8")[:, 0] * 1e-9
        self._inbound.take(
            Batch(rows, self._sequence[at].astype(np.int64), self._timestamp[at].astype(np.int64), table.times[at],
                  stamp, self._key(rows, begin))
        )  # fmt: skip

    def _payload(self, at: Numbers) -> Numbers:
        """Where payloads begin in their packets; it may be beyond the end, which the caller checks."""
        first = self._begin[at] & 0xFF
        if (first == 0x90).all():  # no contributors, and an extension
            total: Numbers = self._words[at].astype(np.int64) * 4
            total += _FIXED + 4
            return total
        start, first = self._starts[at], first.astype(np.int64)
        begin = _FIXED + 4 * (first & 15)
        words = self._flat[start + begin + 2].astype(np.int64) << 8 | self._flat[start + begin + 3]
        begin += np.where(first & 0x10, 4 + 4 * words, 0)
        return begin

    def _key(self, rows: Numbers, where: Numbers) -> NDArray[np.bool_]:
        """Whether a packet begins a key frame: of VP9 without P and with B; of VP8 the frame tag's lowest bit."""
        key = _KEYS[self._inbound.codec[rows], self._flat[where]]
        if (perhaps := key == _PERHAPS).any():
            key[perhaps] = self._flat[where[perhaps] + 4] & 1 == 0
        found: NDArray[np.bool_] = key == 1
        return found
