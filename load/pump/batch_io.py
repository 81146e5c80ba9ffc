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
_SO_RCVBUFFORCE, _SO_SNDBUFFORCE, _SO_TIMESTAMPNS, _SO_MEMINFO = 33, 32, 35, 55
_IP_MTU_DISCOVER, _IP_PMTUDISC_DO = 10, 2
_MEMINFO = 9  # unsigned numbers, the last of them what was dropped (linux/sock_diag.h)
_SOL_UDP, _UDP_SEGMENT = 17, 103
_CONTROL = 64  # bytes of control data a message
_STAMPED = 32  # CMSG_SPACE of a struct timespec, and of a struct in_pktinfo
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


def open_socket(host: str, buffer: int = 1 << 24, notes: bool = True) -> socket.socket:
    """A UDP socket; ``notes``: it says when each datagram came."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.setblocking(False)
    opened.bind((host, 0))
    for force, plain in ((_SO_RCVBUFFORCE, socket.SO_RCVBUF), (_SO_SNDBUFFORCE, socket.SO_SNDBUF)):
        try:
            opened.setsockopt(socket.SOL_SOCKET, force, buffer)
        except PermissionError:  # as much as the system allows its users
            opened.setsockopt(socket.SOL_SOCKET, plain, buffer)
    # Packets that nobody may cut need no number, which for a socket with many peers is looked up anew each time.
    opened.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, _IP_PMTUDISC_DO)
    if notes:
        opened.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
    return opened


def dropped(opened: socket.socket) -> int:
    """Datagrams that the kernel did not keep for a socket, because it was full."""
    return int(struct.unpack(f"{_MEMINFO}I", opened.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, 4 * _MEMINFO))[-1])


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
        self._address_words = self.addresses.view(np.int64).reshape(capacity, 2)
        self._part_sizes, self._parts_at = self.parts[:, 1], self.messages["parts"]
        self._part_places = _places(self.parts)
        self._part_count, self._control_size = self.messages["part_count"], self.messages["control_size"]
        self.refused = 0  # datagrams that the kernel did not take: the generator's own loss

    def send(self, files: Sequence[int], lanes: Numbers, addresses: Numbers, counts: Numbers | None = None) -> None:
        """Send the slots in order: ``counts[i]`` (None: one) to ``addresses[i]`` over the socket of ``lanes[i]``.

        Addresses are rows of two words. Where a count is more than one, all of these slots but the last have one size.
        """
        if counts is not None and not self.offload:
            lanes, addresses, counts = lanes.repeat(counts), addresses.repeat(counts, 0), None
        rows = len(lanes)
        self._address_words[:rows] = addresses
        if counts is None:  # as the table was made
            self._part_sizes[:rows] = self.sizes[:rows]
        else:
            self._group(counts)
        ends = [*(np.flatnonzero(lanes[1:] != lanes[:-1]) + 1).tolist(), rows] if len(files) > 1 else [rows]
        begin = 0
        for end in ends:
            file = files[lanes[begin]]
            sent = _libc.sendmmsg(file, self.table + begin * _SIZE, end - begin, _DONT_WAIT)
            if sent != end - begin:
                self._rest(file, begin + max(sent, 0), end)
            begin = end

    def _group(self, counts: Numbers) -> None:
        """One message for several slots."""
        rows, ends = len(counts), counts.cumsum()
        total, starts = int(ends[-1]), ends - counts
        self._part_sizes[:total] = self.sizes[:total]
        self._parts_at[:rows] = self._part_places[starts]
        self._part_count[:rows] = counts
        self._control_size[:rows] = _SEGMENT_SIZE * (counts > 1)
        self._segment[:rows] = self.sizes[starts]

    def _rest(self, file: int, done: int, end: int) -> None:
        """What the kernel did not take: a full buffer, or one message that this route refuses; the others may go."""
        while done < end:
            sent = _libc.sendmmsg(file, self.table + done * _SIZE, end - done, _DONT_WAIT)
            if sent <= 0 and ffi.errno == errno.EINTR:
                continue
            if sent <= 0:
                self.refused += int(self._part_count[done])
            done += max(sent, 1)


class Incoming(_Table):
    """Datagrams that have come: rows that ``fetch`` and ``read`` fill, ``times`` in seconds since the epoch."""

    def __init__(self, capacity: int) -> None:
        super().__init__(capacity, SLOT)
        self.parts[:, 1] = SLOT
        self._stamps = self.control[:, 16:32].view(np.int64)  # struct timespec
        self._sizes, self._flags = self.messages["size"], self.messages["flags"]
        self.times = np.zeros(capacity)
        self.messages["control_size"] = _STAMPED  # exactly what the kernel writes, so that nothing has to be set again
        self.cut = 0  # datagrams longer than a slot

    def fetch(self, file: int, first: int) -> int:
        """Take what a socket has, into slots from ``first`` on, and say how many."""
        got = _libc.recvmmsg(file, self.table + first * _SIZE, self.capacity - first, _DONT_WAIT, ffi.NULL)
        return max(0, int(got))

    def read(self, filled: int) -> None:
        """Note sizes and times of what was fetched."""
        self.sizes[:filled] = self._sizes[:filled]
        if self._flags[:filled].any():
            self.cut += int((self._flags[:filled] & _TRUNCATED > 0).sum())
        np.multiply(self._stamps[:filled, 1], 1e-9, out=self.times[:filled])
        self.times[:filled] += self._stamps[:filled, 0]

    def reflect(self, file: int, filled: int) -> None:
        """Send what was fetched back to where it came from; the notes that came with it say from which address."""
        self.parts[:filled, 1] = self._sizes[:filled]
        _libc.sendmmsg(file, self.table, filled, _DONT_WAIT)
        self.parts[:filled, 1] = SLOT
