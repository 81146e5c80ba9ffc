"""Takes one sample: heaps after garbage collection, and the memory of every process that takes part in the call."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import psutil

from harness.targets.protocol import ServerProcess
from load.endurance.people import Person
from load.endurance.samples import Sample


@dataclass(slots=True)
class Sampler:
    """Looks at the same people and servers again and again."""

    people: Sequence[Person]
    servers: Sequence[ServerProcess]
    _renderers: dict[str, int] = field(default_factory=dict)  # party -> process id of the renderer of its call page

    def sample(self, minute: float, seconds: float) -> Sample:
        """What everybody holds now. Take it while nothing but the call itself goes on."""
        values: dict[str, float] = {}
        for person in self.people:
            values |= self._of_page(person) | self._of_browser(person)
        for server in self.servers:
            values |= _memory("server", server.name, [psutil.Process(server.pid)], with_children=True)
        return Sample(minute, seconds, values)

    def _of_page(self, person: Person) -> dict[str, float]:
        worker, page = person.worker_heap(), person.heap()
        nodes, listeners = person.counters()
        values: dict[str, float] = {
            f"heap/{person.party}": sum(page.values()),
            f"worker/{person.party}": sum(worker.values()),
            f"nodes/{person.party}": nodes,
            f"listeners/{person.party}": listeners,
            f"frames/{person.party}": person.frames(),
        }
        for where, parts in (("heap", page), ("worker", worker)):
            values |= {f"{where}-{part}/{person.party}": size for part, size in parts.items()}
        return values

    def _of_browser(self, person: Person) -> dict[str, float]:
        """The renderer of the call page alone, and all other processes of its browser together."""
        session = person.browser.new_browser_cdp_session()
        try:
            running = session.send("SystemInfo.getProcessInfo")["processInfo"]
        finally:
            session.detach()
        if person.party not in self._renderers:  # encoding and decoding cost more time than any other page does
            busiest = max((one for one in running if one["type"] == "renderer"), key=lambda one: one["cpuTime"])
            self._renderers[person.party] = busiest["id"]
        renderer = self._renderers[person.party]
        others = [pid for one in running if (pid := one["id"]) != renderer]
        return _memory("renderer", person.party, _processes([renderer])) | _memory(
            "browser", person.party, _processes(others)
        )


def _memory(
    kind: str, whose: str, processes: Iterable[psutil.Process], *, with_children: bool = False
) -> dict[str, float]:
    """USS, what would be free if the processes ended, and RSS, of all of them together; nothing where one has ended."""
    uss = rss = 0
    for process in processes:
        try:
            for each in (process, *(process.children(recursive=True) if with_children else ())):
                full = each.memory_full_info()
                uss, rss = uss + full.uss, rss + full.rss
        except psutil.Error:
            continue
    return {f"{kind}/{whose}": uss, f"{kind}-rss/{whose}": rss} if rss else {}


def _processes(pids: Iterable[int]) -> list[psutil.Process]:
    found = []
    for pid in pids:
        try:
            found.append(psutil.Process(pid))
        except psutil.NoSuchProcess:
            continue  # ended between the list and the look
    return found
