"""A network of hosts, joined by links that do to packets what they are told."""

import json
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from pydantic import TypeAdapter

from harness.model.errors import NetworkError
from harness.model.sentence import Sentence
from harness.net import namespaces
from harness.net.host import Host as Host
from harness.net.impairment import CLEAR, Impairment
from harness.net.profiles import Profile
from harness.net.reach import why_not
from harness.processes import die_with_parent

Way = Literal["up", "down"]
_NET = "10.77.0"
_AS_DATA = TypeAdapter(Impairment)
_PATIENCE = 20.0  # seconds in which the links must answer: they may have to start on a busy machine


@dataclass(frozen=True, slots=True)
class Counts:
    """Packets of one direction since the network began: ``taken + duplicated == given + lost + overflowed``.

    ``lost`` by the impairment (``blocked`` of them by an outage or closed UDP), ``overflowed`` from its queue.
    ``given`` counts those still under way, too. ``late_p95_ms``: 95 % were not later than that beyond their due time.
    ``missed`` are packets that the bench was too slow to take: they are in no other figure, and ought to be none.
    """

    taken: int
    given: int
    lost: int
    overflowed: int
    duplicated: int
    late_p95_ms: float
    blocked: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """From ``at_ms`` (milliseconds since the epoch) on, ``host``'s link was like this; ``profile`` may be empty."""

    at_ms: float
    host: str
    profile: str
    up: Sentence
    down: Sentence


class Network:
    """Hosts by name, and what happens between them. Links are clear at first."""

    def __init__(self, spaces: Mapping[str, namespaces.Namespace], control: socket.socket, words: IO[bytes]) -> None:
        self._control, self._words = control, words
        self._answers = control.makefile("r", encoding="utf-8")
        self._lock = threading.Lock()
        self._next = 2 + len(spaces)
        self.urgency = ""  # how urgent the system lets the links be
        self.hosts: Mapping[str, Host] = {
            name: Host(name, f"{_NET}.{number}", space.handle, self._move)
            for number, (name, space) in enumerate(spaces.items(), start=2)
        }

    def set(self, host: str, up: Impairment = CLEAR, down: Impairment = CLEAR) -> None:
        """Changes a host's link for every packet taken from now on, before it returns. Ends a profile on it."""
        self._ask("set", host=self._known(host), up=_AS_DATA.dump_python(up), down=_AS_DATA.dump_python(down))

    def play(self, host: str, profile: Profile) -> None:
        """Begins a profile on a host's link; its steps happen by themselves, in time."""
        self._ask("play", host=self._known(host), profile=profile.model_dump(mode="json"))

    def counts(self) -> dict[str, dict[Way, Counts]]:
        """What became of the packets so far, by host and direction."""
        told = self._ask("counts")
        missed = {}
        for name, host in self.hosts.items():
            with host.entered():
                missed[name] = namespaces.dropped()
        return {
            name: {"up": Counts(**ways["up"], missed=missed[name]), "down": Counts(**ways["down"])}
            for name, ways in told.items()
        }

    def changes(self) -> list[Change]:
        """What was set and which steps happened, in order: for whoever draws it beside what was measured."""
        return [TypeAdapter(Change).validate_python(change) for change in self._ask("changes")]

    def begin(self, seed: int, devices: Mapping[str, int]) -> None:
        """For ``network``: hands the hosts to the links."""
        hosts = [(name, host.address, devices[name]) for name, host in self.hosts.items()]
        self.urgency = str(self._ask("begin", seed=seed, hosts=hosts))

    def close(self) -> None:
        """For ``network``: no more is said to the links, which ends them."""
        self._answers.close()
        self._control.close()

    def _move(self, host: Host) -> str:
        if self._next > 254:
            raise NetworkError(f"Host {host.name} cannot move: the network has no address left.")
        address, self._next = f"{_NET}.{self._next}", self._next + 1
        with host.entered():
            namespaces.set_address(address)
        self._ask("address", host=host.name, address=address)
        host.address = address
        for each in self.hosts.values():
            each.follows(host)
        return address

    def _known(self, host: str) -> str:
        if host not in self.hosts:
            raise NetworkError(f"There is no host '{host}' in this network; there are {', '.join(self.hosts)}.")
        return host

    def _ask(self, do: str, **what: Any) -> Any:
        with self._lock:
            try:
                self._control.sendall(json.dumps({"do": do, **what}).encode() + b"\n")
                answer = self._answers.readline()
            except OSError:
                answer = ""
        if not answer:
            self._words.seek(0)
            words = self._words.read().decode("utf-8", "replace").strip().splitlines()
            raise NetworkError(
                f"The links between the hosts have stopped: {words[-1] if words else 'no reason given'}."
            )
        return json.loads(answer)


@contextmanager
def network(names: Sequence[str], *, seed: int, log: Path | None = None) -> Iterator[Network]:
    """Hosts with these names and clear links between them, until the end of the block.

    ``seed`` decides all chance; ``log`` gets a JSON line for each change of a link. Raises ``NetworkError``.
    """
    problem = why_not()
    if problem is not None:
        raise NetworkError(problem.en)
    if len(set(names)) != len(names) or not 1 <= len(names) <= 100:
        raise NetworkError("A network needs 1 to 100 hosts with different names.")
    with ExitStack() as stack:
        spaces: dict[str, namespaces.Namespace] = {}
        for number, name in enumerate(names, start=2):
            try:
                spaces[name] = namespaces.make(f"{_NET}.{number}")
            except OSError as error:
                raise NetworkError(f"Host {name} could not be made: {error.strerror}.") from error
            stack.callback(spaces[name].close)
        words = stack.enter_context(tempfile.TemporaryFile())
        control, theirs = socket.socketpair()
        stack.callback(control.close)
        control.settimeout(_PATIENCE)
        devices = {name: space.tun for name, space in spaces.items()}
        router = subprocess.Popen(
            [sys.executable, "-m", "harness.net.router", str(theirs.fileno()), *([str(log.resolve())] if log else [])],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            pass_fds=[theirs.fileno(), *devices.values()],
            cwd=Path(__file__).parents[2],
            preexec_fn=die_with_parent,
        )
        stack.callback(router.wait)
        stack.callback(router.kill)
        theirs.close()
        joined = Network(spaces, control, words)
        stack.callback(joined.close)
        joined.begin(seed, devices)
        for host in joined.hosts.values():
            stack.callback(host.close)
        yield joined


__all__ = ["CLEAR", "Change", "Counts", "Host", "Impairment", "Network", "network"]
