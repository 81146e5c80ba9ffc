"""The steps of the story about certificates: whose they are, and what becomes of a call that announces another."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.bench import Bench
from harness.mitm.fingerprints import FingerprintMitm
from harness.mitm.signalling import Way
from harness.model.errors import TargetError
from harness.model.observations import FingerprintTried
from harness.person import Person
from harness.targets.protocol import SfuAdmin
from harness.vantage.certificates import (
    DIRECTIONS,
    Direction,
    PageConnection,
    compared,
    connections_of,
    newly_taken,
    own_prints,
)
from harness.vantage.receivers import Snapshot, take_snapshot
from harness.vantage.sfu import held_packets
from scenarios import network

STANDS = 15.0  # seconds in which both connections of each page carry media
TRIES = 25.0  # in which a page has tried again, both ways, after its connection was lost
AFTERMATH = 2.0  # seconds after both connections got as far as the certificates
_LOSE = "pruefstandBench.dropConnections()"
_PAUSE_MS = 200  # neither pages nor the media server tell of connections by themselves
People = Mapping[str, Person]


def certificates_are_compared(bench: Bench, people: network.People) -> None:
    """An honest call: what each page was told and shown, beside what the media server itself says."""
    bench.events.tell("call", "comparing certificates")
    network.they_meet(bench, people)
    until = time.monotonic() + STANDS
    while True:
        seen = {party: connections_of(person.page) for party, person in people.items()}
        snapshot = _snapshot(bench.deployment.observables.receivers)
        records = [record for party in people for record in compared(party, seen[party], snapshot)]
        # A handshake is over for one side a moment before it is for the other.
        if all(map(_both_carry, seen.values())) and all(record.met for record in records):
            break
        if time.monotonic() > until:
            break
        _pause(people)
    for record in records:
        bench.store.add(record)
    network.they_part(bench, people)


def other_certificate_is_announced(
    bench: Bench, signalling: FingerprintMitm, people: network.People, party: str, way: Way
) -> list[Direction]:
    """A call stands; then a page connects anew, with another certificate in its descriptions. Returns what stood so."""
    whom = f"the {party}" if way == "to-page" else f"the server of the {party}"
    bench.events.tell("call", f"another certificate is announced to {whom}")
    appointment = network.they_meet(bench, people)
    trial = _Trial(bench.deployment.observables.receivers, people, party)
    before = held_packets(bench.deployment, appointment.id)
    signalling.begins(party, way)
    people[party].page.evaluate(_LOSE)
    trial.watch(bench)
    network.they_part(bench, people)
    signalling.ends()  # not before: the page tries again, and what stands then stands by the right certificate
    bench.deployment.settle(appointment)
    packets = held_packets(bench.deployment, appointment.id)
    own = {stream: count for stream, count in packets.items() if stream[0] == party}
    # A recorder that held nothing of the call while it stood says nothing by holding nothing of the trial.
    recorded = sum(count for stream, count in own.items() if stream in before)
    held = sum(count for stream, count in own.items() if stream not in before) if recorded else None
    taken = []
    for record in trial.records(way, signalling.swapped, held):
        bench.store.add(record)
        if record.stood if way == "to-page" else record.taken:
            taken.append(record.direction)
    return taken


@dataclass(slots=True)
class _Trial:
    """What becomes of the connections that a party's page makes from now on."""

    admin: SfuAdmin | None
    people: People
    party: str
    first: int = 0
    known: set[str] = field(default_factory=set)
    seen: dict[int, PageConnection] = field(default_factory=dict)
    packets: dict[int, int] = field(default_factory=dict)
    taken: dict[Direction, set[str]] | None = None

    def __post_init__(self) -> None:
        self.first = len(connections_of(self.people[self.party].page))
        snapshot = _snapshot(self.admin)
        if snapshot is not None:
            self.known = {handle.fingerprint for handle in snapshot.handles}
            self.taken = {direction: set() for direction in DIRECTIONS}

    def watch(self, bench: Bench) -> None:
        """Until the page has given up, or both its connections had their time."""
        journey, page = bench.deployment.journey, self.people[self.party].page
        until, certain = time.monotonic() + TRIES, 0.0
        while time.monotonic() < until:
            self._look()
            if all(any(one.reached for one in self._of(direction)) for direction in DIRECTIONS):
                certain = certain or time.monotonic() + AFTERMATH
                if time.monotonic() > certain:
                    return
            if journey.state(page) in ("failed", "ended"):
                return
            _pause(self.people)

    def records(self, way: Way, swapped: int, held: int | None) -> list[FingerprintTried]:
        """One for each direction."""
        return [
            FingerprintTried(
                party=self.party, way=way, direction=direction, swapped=swapped,
                reached=sum(one.reached for one in self._of(direction)),
                stood=sum(one.stood for one in self._of(direction)),
                packets=sum(self.packets.get(one.number, 0) for one in self._of(direction)),
                taken=None if self.taken is None else len(self.taken[direction]),
                held=held if direction == "sends" else None,
            )
            for direction in DIRECTIONS
        ]  # fmt: skip

    def _look(self) -> None:
        for one in connections_of(self.people[self.party].page):
            if one.number >= self.first:
                self.seen[one.number] = one
                self.packets[one.number] = max(one.packets, self.packets.get(one.number, 0))
        snapshot = _snapshot(self.admin)
        if snapshot is None or self.taken is None:
            self.taken = None  # a server that was silent once may have had something to say
            return
        others = [connections_of(person.page) for party, person in self.people.items() if party != self.party]
        known = self.known.union(*(own_prints(connections) for connections in others))
        for direction, prints in newly_taken(snapshot, known).items():
            self.taken[direction] |= prints

    def _of(self, direction: Direction) -> list[PageConnection]:
        return [one for one in self.seen.values() if direction in one.directions]


def _both_carry(connections: list[PageConnection]) -> bool:
    standing = [one for one in connections if one.open and one.packets]
    return all(any(direction in one.directions for one in standing) for direction in DIRECTIONS)


def _snapshot(admin: SfuAdmin | None) -> Snapshot | None:
    try:
        return take_snapshot(admin) if admin is not None else None
    except TargetError:
        return None


def _pause(people: People) -> None:
    for person in people.values():
        person.page.wait_for_timeout(_PAUSE_MS / len(people))
