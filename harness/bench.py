"""The bench of one run: target, browsers, canaries and evidence, as scenarios use them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harness.browsers import Browsers
from harness.call import Call, Fault, Focus
from harness.events import EventBus
from harness.media.canary import GUEST, PARTIES, Canaries
from harness.person import Person
from harness.store import RunStore
from harness.targets.protocol import Appointment, Deployment, Target
from harness.vantage.wire import Capture
from harness.visit import Visit
from harness.writing.call import CallWriter
from harness.writing.privacy import write_declared, write_visit


@dataclass(slots=True)
class Bench:
    """Everything that a scenario needs. Made once a run; ``close`` ends all that it started."""

    store: RunStore
    target: Target
    deployment: Deployment
    browsers: Browsers
    canaries: Canaries
    events: EventBus
    writer: CallWriter
    workdir: Path
    _counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def start(
        cls,
        store: RunStore,
        target: Target,
        browsers: Browsers,
        workdir: Path,
        events: EventBus,
        *,
        flaw: str = "",
        shrink: int = 1,
    ) -> "Bench":
        """Starts the target and prepares the canaries. Raises ``BenchError`` when either cannot be."""
        canaries = Canaries(workdir / "canaries", shrink)
        browsers.consent, browsers.lock = target.declaration.consent, target.declaration.lock
        with ThreadPoolExecutor() as pool:  # the canaries are drawn and spoken while the servers start
            drawn = [
                pool.submit(prepare, party) for party in PARTIES for prepare in (canaries.camera, canaries.fingerprint)
            ]
            deployment = target.start(workdir / "target", events, flaw=flaw)
            try:
                for each in drawn:
                    each.result()
                for party in PARTIES:
                    events.tell("target", f"starting the browser of the {party}")
                    browsers.start(party, canaries)
            except BaseException:
                deployment.stop()
                raise
        write_declared(store, target.declaration)
        writer = CallWriter(store, canaries, events)
        return cls(store, target, deployment, browsers, canaries, events, writer, workdir)

    def next_number(self) -> int:
        """A number that no other caller of this run has."""
        self._counts[""] = self._counts.get("", 0) + 1
        return self._counts[""]

    def visitor(self, party: str, *, devices: bool = True, udp: bool = True, codec: str = "") -> Person:
        """A person in a fresh browser context, outside any recorded call (see ``Browsers.person``). Close it after."""
        return self.browsers.person(party, devices=devices, udp=udp, codec=codec)

    def watcher(self, party: str) -> Person:
        """A person at whose glass picture and sound are measured (see ``GlassMeter``). Close it after use."""
        return self.browsers.watcher(party)

    def measured(self, party: str) -> Person:
        """A person whose whole call is measured (see ``GlassSeries``). Close it after use."""
        return self.browsers.measured(party)

    def guest(self) -> Person:
        """A third person, whose browser is started when one is needed for the first time."""
        self.browsers.start(GUEST, self.canaries)
        return self.visitor(GUEST)

    def call(
        self, appointment: Appointment, clerk: Person, citizen: Person, *, fault: Fault = "", focus: Focus = ""
    ) -> Call:
        """A call of two whose evidence is written when it is left (``with bench.call(…) as call``).

        A call with a ``focus`` is held for its own checks alone (see ``CallFact``).
        """
        count = self._counts[appointment.tenant] = self._counts.get(appointment.tenant, 0) + 1
        label = f"{appointment.tenant}-{count}"
        people = {"citizen": citizen, "clerk": clerk}
        on_memory: Callable[[Call], None] = self.writer.memory
        tap = None if fault or focus else self.deployment.observables.wire
        wire = Capture(tap, self.workdir / f"{label}.pcap") if tap else None
        return Call(
            label, appointment, self.deployment, self.canaries, people, self.writer.write,
            fault=fault, focus=focus, on_memory=on_memory, wire=wire,
        )  # fmt: skip

    @contextmanager
    def visit(self, person: Person, label: str, *, consent: bool = False) -> Iterator[None]:
        """A person opens a kind of page in it; what the page does until its end is written down under its label.

        ``consent`` says that the person agrees to something in it.
        """
        with Visit(person, label) as visit:
            yield
            write_visit(self.store, visit, consent=consent)

    def close(self) -> None:
        """Stops the target."""
        self.deployment.stop()
