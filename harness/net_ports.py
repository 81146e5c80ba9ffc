"""Free ports on loopback, and the address by which this machine reaches itself as a neighbour would."""

import socket
from contextlib import ExitStack


def free_ports(count: int, kind: int = socket.SOCK_STREAM) -> list[int]:
    """So many distinct ports that were free on 127.0.0.1 a moment ago, for TCP or (``SOCK_DGRAM``) UDP."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket(socket.AF_INET, kind)) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def own_address() -> str:
    """This machine's own IPv4 address, 127.0.0.1 where it has no network.

    The SFU offers this address for media even when it is told to keep to loopback; a relay that answered from 127.0.0.1
    would not be heard by it. Nothing is sent: connecting a datagram socket only asks the routing table.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))  # of a range for examples (RFC 5737)
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
