"""The process that carries every packet of a network: ``python -m harness.net.router DESCRIPTOR``.

It is told by JSON lines on the socket with that descriptor, answers each with one, and ends with it. Reading, waiting
and writing are here; what happens to a packet is ``links`` and ``schedule``.
"""

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

from harness.net.impairment import Impairment
from harness.net.links import Links, Port
from harness.net.namespaces import MTU
from harness.net.profiles import Profile

_BATCH = 64  # packets of one host before the others have their turn
_PR_SET_TIMERSLACK = 29


class Router:
    """The loop, and what it can be told."""

    def __init__(self, control: socket.socket, log: Path | None = None) -> None:
        self._control, self._log = control, log
        self._said = b""
        self._links = Links(_give)
        self._ports: dict[str, Port] = {}
        self._by_fd: dict[int, Port] = {}
        self._seed, self._turn = 0, 0
        self._playing: dict[str, int] = {}  # host: number of the profile that is played on it
        self._steps: list[tuple[float, int, str, Profile, int, float]] = []
        self.changes: list[dict[str, Any]] = []

    def run(self) -> None:
        """Carries packets until the control socket is closed."""
        read, clock, links = os.read, time.monotonic, self._links
        control = self._control.fileno()
        while True:
            ready, _, _ = select.select([control, *self._by_fd], (), (), self._patience(clock()))
            links.deliver(clock())
            for fd in ready:
                if fd == control:
                    if not self._listen():
                        return
                    continue
                port = self._by_fd[fd]
                with contextlib.suppress(BlockingIOError):
                    for _ in range(_BATCH):
                        links.take(port, read(fd, MTU), clock())
            while self._steps and self._steps[0][0] <= clock():
                self._step(*heappop(self._steps))

    def _patience(self, now: float) -> float | None:
        due = self._links.next_due
        if self._steps and (due is None or self._steps[0][0] < due):
            due = self._steps[0][0]
        return None if due is None else max(0.0, due - now)

    def _listen(self) -> bool:
        heard = self._control.recv(65536)
        *lines, self._said = (self._said + heard).split(b"\n")
        for line in lines:
            told = json.loads(line)
            answer = getattr(self, f"do_{told.pop('do')}")(**told)
            self._control.sendall(json.dumps(answer).encode() + b"\n")
        return bool(heard)

    def do_begin(self, seed: int, hosts: list[tuple[str, str, int]]) -> str:
        """The hosts: name, address, descriptor of the device. Answers how urgent the system lets this process be."""
        self._seed = seed
        for name, address, fd in hosts:
            low = os.dup(fd)  # select knows numbers below 1024 only, and the bench may have had more open
            self._ports[name] = self._by_fd[low] = Port(name, b"", low, seed)
            self.do_address(name, address)
        return _be_urgent()

    def do_address(self, host: str, address: str) -> None:
        """A host's other address."""
        self._links.join(self._ports[host], socket.inet_aton(address))

    def do_set(self, host: str, up: dict[str, Any], down: dict[str, Any]) -> None:
        """Both directions of a host's link; ends a profile that was played on it."""
        self._playing.pop(host, None)
        self._change(host, Impairment(**up), Impairment(**down), "")

    def do_play(self, host: str, profile: dict[str, Any]) -> None:
        """A profile on a host's link, beginning now."""
        self._turn += 1
        self._playing[host] = self._turn
        self._step(time.monotonic(), self._turn, host, Profile.model_validate(profile), 0, time.monotonic())

    def do_counts(self) -> dict[str, Any]:
        """By host and direction."""
        return {
            name: {
                way: {
                    **{field: getattr(direction.tally, field) for field in direction.tally.__slots__},
                    "late_p95_ms": late.p95_ms(),
                }
                for way, direction, late in (("up", port.up, port.late_up), ("down", port.down, port.late_down))
            }
            for name, port in self._ports.items()
        }

    def do_changes(self) -> list[dict[str, Any]]:
        """What was set, and when."""
        return self.changes

    def _step(self, at: float, turn: int, host: str, profile: Profile, number: int, began: float) -> None:
        """One step of a profile, and the time of the next."""
        if self._playing.get(host) != turn:
            return  # something else was set meanwhile
        step = profile.steps[number]
        self._change(host, step.up, step.down, profile.name)
        if number + 1 < len(profile.steps):
            heappush(self._steps, (began + profile.steps[number + 1].at_s, turn, host, profile, number + 1, began))
        elif profile.loops_after_s is not None:
            began += profile.loops_after_s
            heappush(self._steps, (began, turn, host, profile, 0, began))

    def _change(self, host: str, up: Impairment, down: Impairment, profile: str) -> None:
        port, nth = self._ports[host], sum(change["host"] == host for change in self.changes)
        port.up.set(up, f"{self._seed}:{host}:up:{nth}")
        port.down.set(down, f"{self._seed}:{host}:down:{nth}")
        said = {"up": up.sentence.model_dump(), "down": down.sentence.model_dump()}
        self.changes.append({"at_ms": time.time() * 1000, "host": host, "profile": profile, **said})
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(self.changes[-1], ensure_ascii=False) + "\n")


def _give(fd: int, packet: bytes) -> None:
    with contextlib.suppress(OSError):  # a device that is just being readdressed takes nothing
        os.write(fd, packet)


def _be_urgent() -> str:
    """In time before anything else, as far as the system lets us: a link that has to wait for a browser is not one."""
    ctypes.CDLL(None).prctl(_PR_SET_TIMERSLACK, 1)
    gc.collect()
    gc.freeze()
    gc.disable()  # packets are in no circles, and a collection would stop all of them
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(5))
        return "SCHED_FIFO"
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
        return "nice -10"
    return "like everyone"


def main(given: list[str]) -> None:
    """Descriptor of the control socket and, if something is to be noted, a file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, which still has calls to end
    with socket.socket(fileno=os.dup(int(given[0]))) as control:
        Router(control, Path(given[1]) if given[1:] else None).run()


if __name__ == "__main__":
    main(sys.argv[1:])
