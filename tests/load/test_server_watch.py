"""What a server used: its processor time and its busiest thread; of a server that nobody can see, nothing."""

import os
import threading
import time

import pytest

from harness.targets.protocol import ServerProcess
from load.measure.server import ServerWatch


def burn(seconds: float) -> None:
    """Uses so much processor time of the own thread."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_work_of_two_threads_is_the_servers_and_one_is_the_busiest() -> None:
    watch = ServerWatch([ServerProcess("itself", os.getpid(), "")], cores=2)
    watch.begin()
    other = threading.Thread(target=burn, args=(0.1,))
    other.start()
    burn(0.3)
    other.join()
    health, usage = watch.end(1.0)
    assert usage is not None
    assert usage.cpu_seconds >= 0.39
    assert health.cpu == pytest.approx(usage.cpu_seconds / 2)
    assert health.busiest_thread is not None
    assert 0.29 <= health.busiest_thread < usage.cpu_seconds
    assert health.memory_mib
    assert usage.idle_memory_mib


def test_server_that_cannot_be_seen_is_unknown() -> None:
    watch = ServerWatch([], cores=1)
    watch.begin()
    health, usage = watch.end(1.0)
    assert health.cpu is None
    assert health.busiest_thread is None
    assert usage is None
