"""Child processes that never outlive the bench: they die with it, and what still did is ended at the next start.

Two layers: the kernel's parent-death signal for every child (Linux ``prctl(PR_SET_PDEATHSIG)``), and a register of
process ids with their start times (proc(5), field 22) from which the next start ends survivors and only those.
"""

import contextlib
import ctypes
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from harness.model.errors import TargetError

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """To be run in a child before its program: the kernel ends it when this process ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Child:
    """A started server process. ``name`` is what reports call it."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    def last_words(self, lines: int = 5) -> str:
        """The end of its log, for error sentences."""
        if not self.log.is_file():
            return ""
        return " / ".join(self.log.read_text("utf-8", "replace").strip().splitlines()[-lines:])


class ProcessRegister:
    """The children of one run, on disk before they can do harm."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.children: list[Child] = []

    def start(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        *,
        speaks: bool = False,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Child:
        """Starts a server and does not wait for it. With ``speaks`` its standard output is kept for ``wait_for_line``.

        Raises ``TargetError`` when it cannot be started.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as sink:
            try:
                process = subprocess.Popen(
                    list(command),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE if speaks else sink,
                    stderr=sink,
                    env={**os.environ, **(environment or {})},
                    cwd=cwd,
                    preexec_fn=die_with_parent,
                )
            except OSError as error:
                raise TargetError(
                    f"{name} could not be started ({error.strerror}): run './pruefstand doctor'."
                ) from error
        child = Child(name, process, log)
        self.children.append(child)
        self._write()
        return child

    def stop_all(self) -> None:
        """Ends the children in reverse order: politely, then for good."""
        for child in reversed(self.children):
            if child.process.poll() is None:
                child.process.terminate()
        for child in reversed(self.children):
            try:
                child.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
            if child.process.stdout:
                child.process.stdout.close()
        self.children.clear()
        self._file.unlink(missing_ok=True)

    def _write(self) -> None:
        entries = [{"pid": child.pid, "name": child.name, "started": _start_of(child.pid)} for child in self.children]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(entries), "utf-8")


def end_survivors(registers: Sequence[Path]) -> list[str]:
    """Ends processes that an earlier, killed bench left behind and returns their names.

    A process is only touched when its id and its start time are the recorded ones.
    """
    ended = []
    for file in registers:
        with contextlib.suppress(OSError, ValueError):
            for entry in json.loads(file.read_text("utf-8")):
                if entry["started"] is not None and _start_of(entry["pid"]) == entry["started"]:
                    with contextlib.suppress(psutil.Error):
                        process = psutil.Process(entry["pid"])
                        process.kill()
                        process.wait(5)
                        ended.append(str(entry["name"]))
            file.unlink(missing_ok=True)
    return ended


def _start_of(pid: int) -> float | None:
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None


def wait_for_line(child: Child, ready: str, timeout: float = 60.0) -> str:
    """The first line of a child's standard output that begins with ``ready``.

    Raises ``TargetError`` with its last words when it ends early or is not ready after ``timeout`` seconds.
    """
    stream = child.process.stdout
    if stream is None:
        raise TargetError(f"{child.name} has no standard output to wait on.")
    deadline = time.monotonic() + timeout
    buffered = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                break
            chunk = os.read(stream.fileno(), 65536)
            if not chunk:
                child.process.wait(timeout=5)
                raise TargetError(
                    f"{child.name} ended while it was starting: {child.last_words() or 'its log is empty'}"
                )
            buffered += chunk
            for line in buffered.decode("utf-8", "replace").splitlines():
                if line.startswith(ready):
                    return line
    raise TargetError(f"{child.name} was not ready after {timeout:.0f} s: {child.last_words() or 'its log is empty'}")
