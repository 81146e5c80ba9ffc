"""What a server used: its processor time and its busiest thread; of a server that nobody can see, nothing."""

import os
import subprocess
import sys
import threading
import time

import pytest

from harness.model.errors import TargetError
from harness.targets.protocol import ServerProcess
from load.errors import LoadError
from load.measure.server import ServerWatch, shared_cores


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
    assert usage.cpu_seconds >= 0.35, "less what a clock of hundredths leaves out"
    assert health.cpu == pytest.approx(usage.cpu_seconds / 2)
    assert health.busiest_thread is not None
    assert 0.25 <= health.busiest_thread < usage.cpu_seconds
    assert health.memory_mib
    assert usage.idle_memory_mib


def test_what_the_server_uses_without_any_bot_is_no_calls() -> None:
    watch = ServerWatch([ServerProcess("itself", os.getpid(), "")], cores=1)
    watch.begin()
    burn(0.2)
    watch.rest(1.0)
    watch.begin()
    burn(0.3)
    health, usage = watch.end(1.0)
    assert usage is not None
    assert health.cpu is not None
    assert usage.cpu_seconds < health.cpu - 0.1, "it was in use, but not by calls alone"


def test_server_that_ends_under_the_load_is_named() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    watch = ServerWatch([ServerProcess("janus", child.pid, "")], cores=1)
    watch.begin()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(TargetError, match="The server's process janus ended under this load"):
        watch.end(1.0)
    child.communicate()


def test_cores_are_given_back_and_one_is_always_left() -> None:
    mine = os.sched_getaffinity(0)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with shared_cores([ServerProcess("janus", child.pid, "")], 1) as (cores, own):
            assert cores == 1
            assert set(own) == os.sched_getaffinity(0)
            if len(mine) > 1:
                assert os.sched_getaffinity(child.pid) == mine - set(own)
        assert os.sched_getaffinity(0) == mine
        if len(mine) > 1:
            with pytest.raises(LoadError, match="give the town hall at most"), shared_cores([], len(mine)):
                pass
    finally:
        child.communicate()


def test_server_that_cannot_be_seen_is_unknown() -> None:
    watch = ServerWatch([], cores=1)
    watch.begin()
    health, usage = watch.end(1.0)
    assert health.cpu is None
    assert health.busiest_thread is None
    assert usage is None
