"""Free ports on loopback."""

import socket
from contextlib import ExitStack


def free_ports(count: int, kind: int = socket.SOCK_STREAM) -> list[int]:
    """So many distinct ports that were free on 127.0.0.1 a moment ago, for TCP or (``SOCK_DGRAM``) UDP."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket(socket.AF_INET, kind)) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
