"""Waiting for conditions of other processes: until true, or a named error with the reason. Never a blind pause."""

import socket
import time
from collections.abc import Callable
from typing import TypeVar

from harness.model.errors import TargetError
from harness.processes import Child

T = TypeVar("T")
PATIENCE = 30.0  # seconds for what people bring about: no verdict hangs on it, and a busy machine is no failed call
_POLL = 0.05  # seconds between two looks where no event can be had


def wait_until(look: Callable[[], T | None], what: str, seconds: float) -> T:
    """The first true answer of ``look``. Raises ``TargetError`` naming ``what`` after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TargetError(f"{what} did not happen within {seconds:.0f} s.")
        time.sleep(_POLL)


def wait_for_port(child: Child, host: str, port: int, seconds: float = 15.0) -> None:
    """Waits until a child accepts TCP connections. Raises ``TargetError`` when it ended or stays silent."""

    def open_now() -> bool:
        if child.process.poll() is not None:
            raise TargetError(f"{child.name} ended while it was starting: {child.last_words() or 'its log is empty'}")
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            return False
        return True

    wait_until(open_now, f"{child.name} accepting connections on port {port}", seconds)
