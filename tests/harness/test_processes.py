"""Servers that the bench starts: they say when they are ready, and never outlive it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from harness.model.errors import TargetError
from harness.processes import ProcessRegister, end_survivors, wait_for_line
from harness.wait import wait_until

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def is_dead(process: psutil.Process) -> bool:
    """Whether it runs no more; where process 1 reaps no orphans (containers) it stays as a zombie."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_server_that_ends_while_starting_is_named_with_its_last_words(tmp_path: Path) -> None:
    register = ProcessRegister(tmp_path / "register.json")
    command = [sys.executable, "-c", "import sys; sys.exit('no such port')"]
    child = register.start("mail server", command, tmp_path / "log", speaks=True)
    with pytest.raises(TargetError, match="mail server ended while it was starting: no such port"):
        wait_for_line(child, "ready")
    register.stop_all()


def test_missing_program_says_the_mend(tmp_path: Path) -> None:
    register = ProcessRegister(tmp_path / "register.json")
    with pytest.raises(TargetError, match=r"run './pruefstand doctor'"):
        register.start("janus", ["/nowhere/janus"], tmp_path / "log")


def test_ready_line_is_returned(tmp_path: Path) -> None:
    register = ProcessRegister(tmp_path / "register.json")
    command = [sys.executable, "-c", "import time; print('ready http://x', flush=True); time.sleep(60)"]
    try:
        line = wait_for_line(register.start("townhall", command, tmp_path / "log", speaks=True), "ready ")
    finally:
        register.stop_all()
    assert line == "ready http://x"


def test_silent_server_is_given_up_after_its_time(tmp_path: Path) -> None:
    register = ProcessRegister(tmp_path / "register.json")
    try:
        child = register.start("townhall", SLEEPER, tmp_path / "log", speaks=True)
        with pytest.raises(TargetError, match="townhall was not ready after 0 s"):
            wait_for_line(child, "ready", timeout=0.1)
    finally:
        register.stop_all()


def test_child_dies_with_a_killed_bench(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from harness.processes import ProcessRegister; import sys\n"
        f"r = ProcessRegister(Path({str(tmp_path / 'r.json')!r}))\n"
        f"c = r.start('x', [sys.executable, '-c', 'import time; time.sleep(60)'], Path({str(tmp_path / 'log')!r}))\n"
        "print(c.pid, flush=True); sys.stdin.read()"
    )
    bench = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert bench.stdout is not None
    assert bench.stdin is not None
    child = psutil.Process(int(bench.stdout.readline()))
    bench.send_signal(signal.SIGKILL)
    bench.wait()
    bench.stdin.close()
    bench.stdout.close()
    wait_until(lambda: is_dead(child), "The death of the child", 5)


def test_survivor_of_a_killed_run_is_ended_at_the_next_start(tmp_path: Path) -> None:
    survivor = subprocess.Popen(SLEEPER)
    register = tmp_path / "register.json"
    entry = {"pid": survivor.pid, "name": "janus", "started": psutil.Process(survivor.pid).create_time()}
    register.write_text(json.dumps([entry]))
    assert end_survivors([register]) == ["janus"]
    survivor.poll()
    assert not psutil.pid_exists(survivor.pid)
    assert not register.exists()


def test_process_that_only_has_the_same_number_is_left_alone(tmp_path: Path) -> None:
    register = tmp_path / "register.json"
    register.write_text(json.dumps([{"pid": os.getpid(), "name": "janus", "started": 12.5}]))
    assert end_survivors([register]) == []


def test_damaged_register_is_put_aside(tmp_path: Path) -> None:
    register = tmp_path / "register.json"
    register.write_text("{half")
    assert end_survivors([register]) == []
