"""What the server's processes use: processor, its busiest thread, memory, and bytes on the network they share."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from harness.targets.protocol import ServerProcess
from load.capacity.trial import ServerHealth, Usage

_MIB = 1 << 20
_LOOPBACK = "lo"


@dataclass(frozen=True, slots=True)
class _Used:
    cpu: float
    threads: dict[tuple[int, int], float]
    bytes: float


@dataclass(slots=True)
class ServerWatch:
    """The processes of a server that can be observed; none of them: everything stays unknown.

    ``cores``: how many it may use. Bytes are those of the loopback network, which holds nothing but this load: the
    half of them goes to the server, the other comes from it.
    """

    processes: Sequence[ServerProcess]
    cores: int
    idle_memory_mib: float = 0.0
    _before: _Used | None = None
    _found: list[psutil.Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        for each in self.processes:
            process = psutil.Process(each.pid)
            self._found += [process, *process.children(recursive=True)]
        self.idle_memory_mib = self._memory()

    def begin(self) -> None:
        """Begin to measure."""
        self._before = self._used()

    def end(self, seconds: float) -> tuple[ServerHealth, Usage | None]:
        """What was used in the seconds since ``begin``."""
        before, after = self._before, self._used()
        if not self._found or before is None or seconds <= 0:
            return ServerHealth(), None
        cpu = after.cpu - before.cpu
        busiest = max((after.threads[key] - before.threads.get(key, 0.0) for key in after.threads), default=0.0)
        half = (after.bytes - before.bytes) / 2
        memory = self._memory()
        health = ServerHealth(
            cpu=max(0.0, cpu / seconds / self.cores), busiest_thread=max(0.0, busiest / seconds), memory_mib=memory
        )
        usage = Usage(
            seconds=seconds, cpu_seconds=max(0.0, cpu), memory_mib=memory, idle_memory_mib=self.idle_memory_mib,
            sent_bytes=half, received_bytes=half,
        )  # fmt: skip
        return health, usage

    def _memory(self) -> float:
        return sum(process.memory_info().rss for process in self._alive()) / _MIB

    def _used(self) -> _Used:
        cpu = 0.0
        threads: dict[tuple[int, int], float] = {}
        for process in self._alive():
            times = process.cpu_times()
            cpu += times.user + times.system
            threads |= {(process.pid, each.id): each.user_time + each.system_time for each in process.threads()}
        counters = psutil.net_io_counters(pernic=True).get(_LOOPBACK)
        return _Used(cpu, threads, float(counters.bytes_sent) if counters else 0.0)

    def _alive(self) -> list[psutil.Process]:
        return [process for process in self._found if process.is_running()]


def share_cores(server: Sequence[ServerProcess], cores: int) -> tuple[int, list[int]]:
    """Gives the server's processes the first ``cores`` of this machine and the bench (this process, and what it starts
    from now on) the others, so that neither takes from the other. Returns how many the server has, and the bench's.

    On a machine with one core there is nothing to share out: both use it, and the generator says when it is late.
    """
    mine = sorted(psutil.Process().cpu_affinity())
    if len(mine) <= cores:
        return len(mine), []
    for each in server:
        process = psutil.Process(each.pid)
        for one in [process, *process.children(recursive=True)]:
            for thread in one.threads():
                with suppress(ProcessLookupError):  # it has ended since
                    os.sched_setaffinity(thread.id, mine[:cores])
    psutil.Process().cpu_affinity(mine[cores:])
    return cores, mine[cores:]


def own_cores(cores: Sequence[int]) -> float:
    """How busy these cores were (0 to 1) since this was asked last; 0 for none."""
    every = psutil.cpu_percent(percpu=True)
    return sum(every[core] for core in cores) / len(cores) / 100 if cores else 0.0
