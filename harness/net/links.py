"""Packets on their way between hosts: by destination, first the sender's way up, then the receiver's way down.

Like ``schedule`` it has no clock; unlike it, it calls: ``write`` for what is given, with the descriptor of the host.
"""

from collections.abc import Callable
from heapq import heappop, heappush

from harness.net.lateness import Lateness
from harness.net.schedule import Direction

Write = Callable[[int, bytes], object]
_UDP = 17  # IANA protocol numbers
_UP, _DOWN = 0, 1


class Port:
    """A host's link: its device and both directions."""

    __slots__ = ("address", "down", "fd", "late_down", "late_up", "name", "up")

    def __init__(self, name: str, address: bytes, fd: int, seed: int) -> None:
        self.name, self.address, self.fd = name, address, fd
        self.up, self.down = Direction(seed=f"{seed}:{name}:up"), Direction(seed=f"{seed}:{name}:down")
        self.late_up, self.late_down = Lateness(), Lateness()


class Links:
    """All links of one network. Times are seconds of the caller's clock."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._ports: dict[bytes, Port] = {}
        self._waiting: list[tuple[float, int, int, Port, bytes]] = []
        self._number = 0  # keeps packets of one due time in their order

    def join(self, port: Port, address: bytes) -> None:
        """The port is reached by this address and by no other from now on."""
        self._ports.pop(port.address, None)
        port.address = address
        self._ports[address] = port

    @property
    def next_due(self) -> float | None:
        """When ``deliver`` has something to do."""
        return self._waiting[0][0] if self._waiting else None

    def take(self, port: Port, packet: bytes, now: float) -> None:
        """A packet that ``port``'s host sent. What is no IPv4 or is for nobody here is not taken: it has no link."""
        if packet[0] >> 4 != 4 or packet[16:20] not in self._ports:
            return
        dues = port.up.push(now, len(packet), packet[9] == _UDP)
        for due in dues:
            if due <= now and self._nothing_before(now):
                port.late_up.add(0.0)
                self._arrive(packet, now, now)
            else:
                self._wait(due, _UP, port, packet)

    def deliver(self, now: float) -> None:
        """Everything that is due."""
        waiting = self._waiting
        while waiting and waiting[0][0] <= now:
            due, _, way, port, packet = heappop(waiting)
            if way == _UP:
                port.late_up.add(now - due)
                self._arrive(packet, due, now)
            else:
                port.late_down.add(now - due)
                self._write(port.fd, packet)

    def _arrive(self, packet: bytes, at: float, now: float) -> None:
        """Its way up is done; ``at`` is when that was due, so that what was late does not get later."""
        port = self._ports.get(packet[16:20])
        if port is None:  # the host has moved meanwhile
            return
        for due in port.down.push(at, len(packet), packet[9] == _UDP):
            if due <= now and self._nothing_before(now):
                port.late_down.add(now - due)
                self._write(port.fd, packet)
            else:
                self._wait(due, _DOWN, port, packet)

    def _nothing_before(self, now: float) -> bool:
        return not self._waiting or self._waiting[0][0] > now

    def _wait(self, due: float, way: int, port: Port, packet: bytes) -> None:
        self._number += 1
        heappush(self._waiting, (due, self._number, way, port, packet))
