"""Where the people of a call are: each on a host of their own, behind links of ours, or all on loopback."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from harness.media.canary import PARTIES
from harness.model.sentence import Sentence
from harness.net.network import Host, Network, network
from harness.net.reach import why_not
from harness.targets.media_servers import LOOPBACK

HALL = "hall"
CLEAR = "clear"


@dataclass(slots=True)
class Ground:
    """Hosts by name, ``hall`` for the servers and one a party; without a network everybody is on loopback, and
    ``reason`` says why."""

    net: Network | None = None
    reason: Sentence | None = None

    @property
    def address(self) -> str:
        """Where people come to with their media."""
        return self.net.hosts[HALL].address if self.net else LOOPBACK

    def through(self, folder: Path) -> Mapping[str, Callable[[str], Path]]:
        """For ``Browsers.hosts``: how each party's browser gets onto its host. ``folder`` is for small programs."""
        if self.net is None:
            return {}
        folder.mkdir(parents=True, exist_ok=True)
        return {party: partial(_wrapped, self.net.hosts[party], folder) for party in PARTIES}

    def leads_to(self, base_url: str) -> None:
        """Makes pages on the hall's loopback reachable on that of each party."""
        port = urlsplit(base_url).port
        if self.net is None or port is None:
            return
        for party in PARTIES:
            self.net.hosts[party].forward(port, self.net.hosts[HALL])

    def can_play(self, profiles: Sequence[str]) -> list[str]:
        """Those of the profiles that calls can be held on here."""
        return [name for name in profiles if self.net or name == CLEAR]


ELSEWHERE = Sentence(
    de="Unsere Strecken führen nur zum eingebauten Rathaus, nicht zu einem, das jemand anderes betreibt.",
    en="Links of ours lead to the built-in town hall alone, not to one that somebody else runs.",
)


@contextmanager
def ground(seed: int, *, linked: bool = True) -> Iterator[Ground]:
    """Hosts, with this thread and what it starts inside the hall's; this machine's own network where no hosts can be
    made, or are asked for (not ``linked``)."""
    reason = why_not() if linked else ELSEWHERE
    if reason is not None:
        yield Ground(reason=reason)
        return
    with network([HALL, *PARTIES], seed=seed) as net, net.hosts[HALL].entered():
        yield Ground(net)


def _wrapped(host: Host, folder: Path, program: str) -> Path:
    return host.wrapper(program, folder)
