"""Many datagrams in one system call: sendmmsg with segmentation offload, recvmmsg with the kernel's own arrival times.

Python's sockets cost as much a packet as the kernel does. Here the message tables (``struct mmsghdr`` of 64-bit Linux)
are numpy columns over memory that is allocated once, and cffi calls the C library that Python runs on.
"""

import errno
import socket
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from cffi import FFI  # type: ignore[import-untyped]  # it brings no types
from numpy.typing import NDArray

from load.pump.errors import PumpError

SLOT = 1536  # bytes for one datagram; a larger one is cut by the kernel, and counted
_DONT_WAIT = 0x40  # MSG_DONTWAIT
_TRUNCATED = 0x20  # MSG_TRUNC
_SO_RCVBUFFORCE, _SO_SNDBUFFORCE, _SO_TIMESTAMPNS, _SO_RXQ_OVFL = 33, 32, 35, 40
_SOL_UDP, _UDP_SEGMENT = 17, 103
_CONTROL = 64  # bytes of control data a message
MESSAGE = np.dtype(
    [("name", "u8"), ("name_size", "u4"), ("_a", "u4"), ("parts", "u8"), ("part_count", "u8"), ("control", "u8"),
     ("control_size", "u8"), ("flags", "i4"), ("_b", "u4"), ("size", "u4"), ("_c", "u4")]
)  # fmt: skip
ADDRESS = np.dtype([("family", "<u2"), ("port", ">u2"), ("host", ">u4"), ("_zero", "u8")])

_SIZE = MESSAGE.itemsize
_SEGMENT_SIZE = 24  # CMSG_SPACE of two bytes
Numbers = NDArray[np.int64]

ffi: Any = FFI()
ffi.cdef("int sendmmsg(int, void *, unsigned int, int); int recvmmsg(int, void *, unsigned int, int, void *);")
_libc = ffi.dlopen(None)


def address_of(host: str, port: int) -> NDArray[Any]:
    """An IPv4 address as the kernel wants it. Raises ``PumpError`` for any other."""
    try:
        packed = int.from_bytes(socket.inet_aton(host), "big")
    except OSError as error:
        raise PumpError(f"The pump speaks IPv4 only; {host} is none of its addresses.") from error
    return np.array((socket.AF_INET, port, packed, 0), ADDRESS)


def open_socket(host: str, buffer: int = 1 << 24) -> socket.socket:
    """A UDP socket that notes when each datagram came and how many the kernel dropped."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.setblocking(False)
    opened.bind((host, 0))
    for force, plain in ((_SO_RCVBUFFORCE, socket.SO_RCVBUF), (_SO_SNDBUFFORCE, socket.SO_SNDBUF)):
        try:
            opened.setsockopt(socket.SOL_SOCKET, force, buffer)
        except PermissionError:  # as much as the system allows its users
            opened.setsockopt(socket.SOL_SOCKET, plain, buffer)
    opened.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
    opened.setsockopt(socket.SOL_SOCKET, _SO_RXQ_OVFL, 1)
    return opened


class _Table:
    """``capacity`` messages of one slot each, of ``width`` bytes (a multiple of eight)."""

    def __init__(self, capacity: int, width: int) -> None:
        if struct.calcsize("P") != 8:
            raise PumpError("The pump's message tables are those of 64-bit Linux.")
        self.capacity = capacity
        self.slots = np.zeros((capacity, width), np.uint8)
        self.addresses = np.zeros(capacity, ADDRESS)
        self.parts = np.zeros((capacity, 2), np.uint64)  # struct iovec: where, how many bytes
        self.parts[:, 0] = _places(self.slots)
        self.control = np.zeros((capacity, _CONTROL), np.uint8)
        self.messages = np.zeros(capacity, MESSAGE)
        self.messages["name"], self.messages["name_size"] = _places(self.addresses), ADDRESS.itemsize
        self.messages["parts"], self.messages["part_count"] = _places(self.parts), 1
        self.messages["control"] = _places(self.control)
        self.table = ffi.cast("char *", self.messages.ctypes.data)
        # What libsrtp is called with, one pointer a slot: made once, because making them costs as much as the call.
        base = ffi.cast("unsigned char *", self.slots.ctypes.data)
        self.pointers = [base + number * width for number in range(capacity)]
        self.sizes = np.zeros(capacity, np.int32)
        lengths = ffi.cast("int *", self.sizes.ctypes.data)
        self.lengths = [lengths + number for number in range(capacity)]


def _places(rows: NDArray[Any]) -> NDArray[np.uint64]:
    return (rows.ctypes.data + np.arange(len(rows)) * rows.strides[0]).astype(np.uint64)


class Outgoing(_Table):
    """Datagrams about to be sent: fill ``slots`` and ``sizes``, then ``send``."""

    def __init__(self, capacity: int, width: int = SLOT, offload: bool = True) -> None:
        super().__init__(capacity, width)
        self.offload = offload
        head = self.control[:, :16]
        head[:] = np.frombuffer(struct.pack("@Qii", 18, _SOL_UDP, _UDP_SEGMENT), np.uint8)  # struct cmsghdr
        self._segment = self.control[:, 16:18].view(np.uint16)[:, 0]
        self._part_sizes, self._parts_at = self.parts[:, 1], self.messages["parts"]
        self._part_count, self._control_size = self.messages["part_count"], self.messages["control_size"]
        self.refused = 0  # datagrams that the kernel did not take: the generator's own loss

    def send(self, files: Sequence[int], lanes: Numbers, addresses: NDArray[Any], counts: Numbers) -> None:
        """Send the slots in order, ``counts[i]`` of them to ``addresses[i]`` over the socket of ``lanes[i]``.

        Where ``counts`` is more than one, all of these slots but the last have one size.
        """
        if not self.offload:
            lanes, addresses = np.repeat(lanes, counts), np.repeat(addresses, counts)
            counts = np.ones(len(lanes), np.int64)
        rows = len(counts)
        starts = counts.cumsum() - counts
        total = int(starts[-1] + counts[-1])
        self._part_sizes[:total] = self.sizes[:total]
        self.addresses[:rows] = addresses
        self._parts_at[:rows] = starts * 16 + self.parts.ctypes.data
        self._part_count[:rows] = counts
        self._control_size[:rows] = _SEGMENT_SIZE * (counts > 1)
        self._segment[:rows] = self.sizes[starts]
        begin = 0
        for end in [*(np.flatnonzero(lanes[1:] != lanes[:-1]) + 1).tolist(), rows]:
            sent = _libc.sendmmsg(files[lanes[begin]], self.table + begin * _SIZE, end - begin, _DONT_WAIT)
            if sent != end - begin:
                self._rest(files[lanes[begin]], begin + max(sent, 0), end, counts)
            begin = end

    def _rest(self, file: int, done: int, end: int, counts: Numbers) -> None:
        """What the kernel did not take: a full buffer, or one message that this route refuses; the others may go."""
        while done < end:
            sent = _libc.sendmmsg(file, self.table + done * _SIZE, end - done, _DONT_WAIT)
            if sent <= 0 and ffi.errno == errno.EINTR:
                continue
            if sent <= 0:
                self.refused += int(counts[done])
            done += max(sent, 1)


class Incoming(_Table):
    """Datagrams that have come: rows that ``fetch`` and ``read`` fill, ``times`` in seconds since the epoch."""

    def __init__(self, capacity: int) -> None:
        super().__init__(capacity, SLOT)
        self.parts[:, 1] = SLOT
        self._stamps = self.control[:, 16:32].view(np.int64)  # struct timespec
        self._dropped = self.control[:, 48:52].view(np.uint32)[:, 0]
        self.times = np.zeros(capacity)
        self.messages["control_size"] = _CONTROL
        self.cut = 0  # datagrams longer than a slot

    def fetch(self, file: int, first: int) -> int:
        """Take what a socket has, into slots from ``first`` on, and say how many."""
        got = _libc.recvmmsg(file, self.table + first * _SIZE, self.capacity - first, _DONT_WAIT, ffi.NULL)
        return max(0, int(got))

    def read(self, filled: int) -> Numbers:
        """Note sizes and times of what was fetched; return each one's count of dropped datagrams, 0 where untold."""
        messages, times = self.messages[:filled], self._stamps[:filled]
        self.sizes[:filled] = messages["size"]
        cut = messages["flags"] & _TRUNCATED
        if cut.any():
            self.cut += int((cut > 0).sum())
        np.add(times[:, 0], times[:, 1] * 1e-9, out=self.times[:filled])
        dropped: Numbers = np.where(messages["control_size"] > 32, self._dropped[:filled], 0).astype(np.int64)
        messages["name_size"] = ADDRESS.itemsize  # the kernel wrote its own there
        messages["control_size"] = _CONTROL
        return dropped
