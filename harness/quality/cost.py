"""What a call costs its machine: the processor time of each party's browser and of the bench itself."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import psutil

from harness.model.errors import TargetError
from harness.model.observations import CallCost


@dataclass(frozen=True, slots=True)
class _Look:
    at: float
    used: Mapping[str, Mapping[tuple[int, float], float]]  # whose -> (pid, start) -> seconds of processor time


class CostMeter:
    """Between ``begin`` and ``end``; ``programs`` has for each party a part of its browser's command line."""

    def __init__(self, programs: Mapping[str, str]) -> None:
        self._programs = programs
        self._began: _Look | None = None

    def begin(self) -> None:
        """From now on it counts."""
        self._began = self._look()

    def end(self, call: str, *, encrypted: bool) -> list[CallCost]:
        """One cost a party; the share of the bench is the same in each. Raises ``TargetError`` without ``begin``."""
        if self._began is None:
            raise TargetError("What a call costs is asked for before it was measured: this is an error of the bench.")
        now, before = self._look(), self._began
        seconds = now.at - before.at

        def share(whose: str) -> float:
            was = before.used.get(whose, {})
            spent = sum(used - was.get(process, 0.0) for process, used in now.used.get(whose, {}).items())
            return round(spent / seconds, 3) if seconds > 0 else 0.0

        return [
            CallCost(
                call=call, party=party, encrypted=encrypted, seconds=round(seconds, 1), page=share(party),
                bench=share(_BENCH),
            )
            for party in self._programs
        ]  # fmt: skip

    def _look(self) -> _Look:
        used: dict[str, dict[tuple[int, float], float]] = {_BENCH: {}}
        own = psutil.Process(os.getpid())
        _count(used[_BENCH], own)
        browsers: set[int] = set()
        for child in own.children(recursive=True):
            with suppress(psutil.Error):
                said = " ".join(child.cmdline())
                party = next((party for party, program in self._programs.items() if program in said), None)
                if party is not None:
                    for each in _family(child):
                        browsers.add(each.pid)
                        _count(used.setdefault(party, {}), each)
        for child in own.children():  # the remote control of the browsers and the links are programs of their own
            with suppress(psutil.Error):
                if child.pid not in browsers and (child.name() == "node" or "harness.net.router" in child.cmdline()):
                    _count(used[_BENCH], child)
        return _Look(time.monotonic(), used)


_BENCH = ""


def _family(process: psutil.Process) -> Iterator[psutil.Process]:
    yield process
    yield from process.children(recursive=True)


def _count(into: dict[tuple[int, float], float], process: psutil.Process) -> None:
    with suppress(psutil.Error):
        times = process.cpu_times()
        into[process.pid, process.create_time()] = times.user + times.system
