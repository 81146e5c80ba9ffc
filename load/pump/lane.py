"""A lane: one UDP socket that many connections share, as long as each of them talks to another address.

An SFU such as Janus answers each of its connections on a port of its own. Then the clients' side needs no socket each:
who is meant stands in where a packet comes from, and one system call sends and receives for all. A server that
answers everybody on one port tells its clients apart by *their* address: for it, ``connections`` is 1.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import Any

from harness.model.errors import WireError
from harness.wire.stun import USERNAME, parse_stun
from load.pump.batch_io import dropped, open_socket
from load.pump.errors import PumpError

Peer = tuple[str, int]


class Line(asyncio.DatagramTransport):
    """What an ICE agent takes for its own socket: its share of a lane."""

    def __init__(self, lane: "Lane", protocol: asyncio.DatagramProtocol) -> None:
        super().__init__()
        self._lane = lane
        self.protocol = protocol
        self.name = ""  # the agent's user name fragment, by which a first check is known
        self.closed = False
        self.on_close: Callable[[], None] = lambda: None

    def sendto(self, data: Any, addr: Any = None) -> None:
        """Send one datagram; what comes from there is this agent's from now on.

        Raises ``PumpError`` for an address that another agent talks to.
        """
        if not self.closed:
            self._lane.claim(self, (addr[0], addr[1]))
            with contextlib.suppress(BlockingIOError):  # as good as lost on the way, and repeated like that
                self._lane.socket.sendto(data, addr)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Where the lane listens; its socket is not given away."""
        return self._lane.socket.getsockname() if name == "sockname" else default

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.closed

    def close(self) -> None:
        """Leave the lane to the others."""
        if not self.closed:
            self.closed = True
            self._lane.leave(self)
            self.on_close()
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    abort = close


class Lane:
    """``number`` is its place among the pump's lanes, ``connections`` how many may share it."""

    def __init__(self, number: int, host: str, connections: int) -> None:
        self.number = number
        self.socket: socket.socket = open_socket(host)
        self.file = self.socket.fileno()
        self.connections = connections
        self.lines: list[Line] = []
        self.reserved = 0  # places of connections that have no line, because no ICE agent made them
        self.strangers = 0  # datagrams that belong to nobody
        self._peers: dict[Peer, Line] = {}
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Datagrams that the kernel dropped because the pump did not take them in time."""
        if self.socket.fileno() >= 0:
            self._dropped = dropped(self.socket)
        return self._dropped

    def claim(self, line: Line, peer: Peer) -> None:
        """Note who talks to an address. Raises ``PumpError`` where two do."""
        other = self._peers.setdefault(peer, line)
        if other is not line:
            raise PumpError(
                "The server answers several connections on one port: give each its own socket (one connection a lane)."
            )

    def reserve(self) -> None:
        """Take a place without a line."""
        self.reserved += 1

    def leave(self, line: Line) -> None:
        """Forget an agent."""
        self.lines.remove(line)
        self._peers = {peer: other for peer, other in self._peers.items() if other is not line}

    def deliver(self, data: bytes, peer: Peer) -> None:
        """Hand STUN and DTLS to the agent that they are for."""
        line = self._peers.get(peer) or self._asked_for(data)
        if line is None or line.closed:
            self.strangers += 1
            return
        line.protocol.datagram_received(data, peer)

    def _asked_for(self, data: bytes) -> Line | None:
        """A first connectivity check names its receiver in its user name (RFC 8445, section 7.2.2)."""
        try:
            name = parse_stun(data).first(USERNAME)
        except WireError:
            return None
        wanted = bytes(name or b"").split(b":")[0].decode("ascii", "replace")
        return next((line for line in self.lines if wanted and line.name == wanted), None)

    def close(self) -> None:
        """Give the socket back."""
        self._dropped = self.dropped
        self.socket.close()
