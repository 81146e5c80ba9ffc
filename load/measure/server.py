"""What the server's processes use: processor, its busiest thread, memory, and bytes on the network they share."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil

from harness.model.errors import TargetError
from harness.targets.protocol import ServerProcess
from load.capacity.trial import ServerHealth, Usage
from load.errors import LoadError

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
    _rest: tuple[float, float] = (0.0, 0.0)  # processor seconds and bytes a second, without any bot

    def __post_init__(self) -> None:
        named = [psutil.Process(each.pid) for each in self.processes]
        self._found = [*named, *(child for process in named for child in process.children(recursive=True))]
        self.idle_memory_mib = self._memory()

    def begin(self) -> None:
        """Begin to measure."""
        self._before = self._used()

    def rest(self, seconds: float) -> None:
        """What was used in the seconds since ``begin`` is what the server uses without any bot: it is no call's."""
        _, usage = self.end(seconds)
        if usage is not None:
            self._rest = usage.cpu_seconds / seconds, usage.sent_bytes / seconds

    def end(self, seconds: float) -> tuple[ServerHealth, Usage | None]:
        """What was used in the seconds since ``begin``. Raises ``TargetError`` when a process of it has ended."""
        for each, process in zip(self.processes, self._found, strict=False):
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                raise TargetError(f"The server's process {each.name} ended under this load: look into its log.")
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
        calm_cpu, calm_bytes = self._rest
        moved = max(0.0, half - calm_bytes * seconds)
        usage = Usage(
            seconds=seconds, cpu_seconds=max(0.0, cpu - calm_cpu * seconds), memory_mib=memory,
            idle_memory_mib=self.idle_memory_mib, sent_bytes=moved, received_bytes=moved,
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


@contextmanager
def shared_cores(server: Sequence[ServerProcess], cores: int) -> Iterator[tuple[int, list[int]]]:
    """Gives the server's processes the first ``cores`` of this machine and the bench (this process, and what it starts
    meanwhile) the others, so that neither takes from the other. Gives how many the server has, and the bench's.

    On a machine with one core there is nothing to share out: both use it, and when it is busy no trial counts.
    Raises ``LoadError`` when no core would be left.
    """
    mine = sorted(os.sched_getaffinity(0))
    if len(mine) == 1:
        yield 1, mine
        return
    if cores >= len(mine):
        raise LoadError(f"This machine has {len(mine)} cores: give the town hall at most {len(mine) - 1}.")
    for each in server:
        process = psutil.Process(each.pid)
        for one in [process, *process.children(recursive=True)]:
            for thread in one.threads():
                with suppress(ProcessLookupError):  # it has ended since
                    os.sched_setaffinity(thread.id, mine[:cores])
    os.sched_setaffinity(0, mine[cores:])
    try:
        yield cores, mine[cores:]
    finally:
        os.sched_setaffinity(0, mine)


def own_cores(cores: Sequence[int]) -> float:
    """How busy these cores were (0 to 1) since this was asked last; 0 for none."""
    every = psutil.cpu_percent(percpu=True)
    return sum(every[core] for core in cores) / len(cores) / 100 if cores else 0.0
