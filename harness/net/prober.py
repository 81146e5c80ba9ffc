"""What a link really does, seen by UDP packets from one host to another: the measure of the links themselves.

One process holds a socket in each host, so one clock says when a packet left and when the kernel had it at the other
end (SO_TIMESTAMPNS, socket(7)): one-way delay without any trick, and untouched by how late the reader is.
"""

import select
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from harness.model.errors import NetworkError
from harness.net.network import Host

_SO_TIMESTAMPNS, _SO_RCVBUFFORCE, _SO_SNDBUFFORCE = 35, 33, 32
_HEAD = struct.Struct("!IQ")  # number, nanoseconds since the epoch
_STAMP = struct.Struct("@qq")
_HEADERS = 28  # bytes of IPv4 and UDP
_TRUESIZE = 4096  # at least what the kernel counts for a packet that waits


@dataclass(frozen=True, slots=True)
class Probe:
    """So many were ``sent`` in so many ``seconds``; ``arrived`` are (number, one-way delay in ms) as they came."""

    sent: int
    seconds: float
    arrived: tuple[tuple[int, float], ...]

    @property
    def loss(self) -> float:
        """The share of packets that never came."""
        return 1 - len({number for number, _ in self.arrived}) / self.sent

    @property
    def copies(self) -> int:
        """Packets that came once more."""
        return len(self.arrived) - len({number for number, _ in self.arrived})

    @property
    def overtaken(self) -> int:
        """Packets that came behind one sent after them."""
        newest, count = -1, 0
        for number, _ in self.arrived:
            count += number < newest
            newest = max(newest, number)
        return count

    def delay_ms(self, share: float = 0.5) -> float:
        """The delay that ``share`` of the packets did not pass; the median by default. NaN when none came."""
        delays = sorted(delay for _, delay in self.arrived)
        if not delays:
            return float("nan")
        return median(delays) if share == 0.5 else delays[min(len(delays) - 1, int(share * len(delays)))]


def probe(sender: Host, receiver: Host, *, packets: int, rate: float, size: int = 1000, wait_s: float = 1.0) -> Probe:
    """Sends ``packets`` of ``size`` bytes on the wire, ``rate`` a second, and then waits ``wait_s`` for the last.

    Raises ``NetworkError`` when the hosts let no socket be opened.
    """
    try:
        with sender.entered():
            out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with receiver.entered():
            into = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        with out, into:
            out.setsockopt(socket.SOL_SOCKET, _SO_SNDBUFFORCE, 1 << 24)
            into.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, max(1 << 22, packets * _TRUESIZE))
            into.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
            into.setblocking(False)
            into.bind((receiver.address, 0))
            out.connect(into.getsockname())
            began = time.monotonic()
            _send(out, packets, rate, b"\0" * (size - _HEADERS - _HEAD.size))
            seconds = time.monotonic() - began
            return Probe(packets, seconds, _read(into, packets, wait_s))
    except OSError as error:
        raise NetworkError(f"From {sender.name} to {receiver.name} nothing can be probed: {error}.") from error


def _send(out: socket.socket, packets: int, rate: float, rest: bytes) -> None:
    """Packets at even distances; who is late catches up."""
    began, clock, now_ns, pack = time.perf_counter(), time.perf_counter, time.time_ns, _HEAD.pack
    for number in range(packets):
        if (early := began + number / rate - clock()) > 0:
            select.select((), (), (), early)
        out.send(pack(number, now_ns()) + rest)


def _read(into: socket.socket, packets: int, wait_s: float) -> tuple[tuple[int, float], ...]:
    """What the kernel holds, until nothing has come for ``wait_s``."""
    arrived: list[tuple[int, float]] = []
    while True:
        try:
            data, ancillary, _, _ = into.recvmsg(64, 64)
        except BlockingIOError:
            enough = len(arrived) >= packets
            if not select.select([into], (), (), 0.01 if enough else wait_s)[0]:
                return tuple(arrived)
            continue
        number, left = _HEAD.unpack_from(data)
        seconds, nanoseconds = _STAMP.unpack(_stamp(ancillary))
        arrived.append((number, (seconds * 1_000_000_000 + nanoseconds - left) / 1e6))


def _stamp(ancillary: Sequence[tuple[int, int, bytes]]) -> bytes:
    return next(data for level, kind, data in ancillary if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPNS))
