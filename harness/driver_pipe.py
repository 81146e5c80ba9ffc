"""Playwright's driver: its process, and room in its pipe for what pages tell while either side has to wait."""

import fcntl
from contextlib import suppress
from typing import Any

import psutil

from harness.deadline import process_of

WIDE = 1024 * 1024  # bytes: as much as anybody may have who is not root (Linux, /proc/sys/fs/pipe-max-size)


def widen(manager: Any) -> int:
    """Gives the pipe of what ``sync_playwright`` returned room for ``WIDE`` bytes.

    Returns how much it has, 0 where no pipe was found.

    Of the usual 64 kB, each fill waits until both processes had their turn. Where browsers leave no core idle such a
    turn takes some 50 ms, so that a call of three told more than came through, and every look of the bench at a page
    waited behind it.
    """
    with suppress(AttributeError, OSError):  # Playwright shows its pipe to nobody: without it the bench is slower only
        pipe = manager._connection._transport._proc.stdout._transport.get_extra_info("pipe")
        return fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, WIDE)
    return 0


def driver_of(manager: Any) -> psutil.Process | None:
    """The driver that ``sync_playwright`` started, whose children are the browsers; None where it is not found."""
    with suppress(AttributeError):
        return process_of(manager._connection._transport._proc.pid)
    return None
