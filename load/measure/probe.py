"""The probe call: two real browsers among the bots. What its people see and hear is what the number stands for."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Error

from harness.browsers import Browsers
from harness.glass_motion import glass_to_glass
from harness.media.canary import PARTIES, Canaries
from harness.model.errors import BenchError, TargetError
from harness.person import Person
from harness.targets.protocol import Appointment, Journey
from harness.vantage.devices import Look

CAMERA = Look(320, 180, 25)  # small, so that the probe leaves the generator its processor
JOINING = 30.0  # seconds until both people must be connected
STARTING, ASKING = 300.0, 60.0  # seconds after which people who answer no more are ended: to come in, to be asked
MARKS = 4  # patches that must have been seen at each glass for a delay to be told

Figures = dict[str, float | None]


@dataclass(slots=True)
class Probe:
    """A call that stands while trials come and go. Everything in it happens in the thread that made it."""

    journey: Journey
    tenant: str
    booked: Appointment
    browsers: Browsers
    people: dict[str, Person]
    _stack: ExitStack
    _began: dict[str, float] = field(default_factory=dict)
    _sound: dict[str, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def start(cls, journey: Journey, tenant: str, workdir: Path, mail: str, service: str = "kita") -> "Probe":
        """Books, joins and waits for both pictures. Raises ``BenchError`` when the call does not come about."""
        with ExitStack() as stack:
            browsers = stack.enter_context(Browsers())
            canaries = Canaries(workdir / "canaries", shrink=2)
            for party in PARTIES:
                browsers.start(party, canaries)
            with _told(), browsers.within(STARTING):
                clerk = browsers.watcher("clerk", CAMERA)
                journey.clerk_logs_in(clerk.page, tenant)
                booked = journey.clerk_books(clerk.page, tenant, "Erika Musterfrau", mail, service)
                people = {"clerk": clerk, "citizen": browsers.watcher("citizen", CAMERA)}
                probe = cls(journey, tenant, journey.invitation(booked), browsers, people, stack)
                probe._join()
            probe._stack = stack.pop_all()
        return probe

    def close(self) -> None:
        """Hangs up and ends the browsers."""
        self._stack.close()

    def wait(self, seconds: float) -> None:
        """Lets so much time pass, in which the pages and their taps run."""
        try:
            next(iter(self.people.values())).page.wait_for_timeout(seconds * 1000)
        except Error:  # the page has ended: time passes without it
            threading.Event().wait(seconds)

    def revive(self) -> None:
        """People whose call has broken off come again: what broke under one load must not be held against the next.

        Where they do not get in there are no figures, and the trial cannot be judged.
        """
        try:
            with self.browsers.within(ASKING):
                if all(self.journey.state(person.page) == "connected" for person in self.people.values()):
                    return
        except (Error, BenchError):
            pass  # a page that cannot be asked is as good as gone
        try:
            with self.browsers.within(STARTING):
                for party, person in self.people.items():
                    person.close()
                    self.people[party] = self.browsers.watcher(party, CAMERA)
                self.journey.clerk_logs_in(self.people["clerk"].page, self.tenant)
                self._join()
        except (Error, BenchError):
            return

    def begin(self) -> None:
        """Begin to measure. Pages that have ended say nothing, and so will ``figures``."""
        self._began, self._sound = {}, {}
        with suppress(Error), self.browsers.within(ASKING):
            for party, person in self.people.items():
                self._began[party] = person.page.evaluate("pruefstandGlass.begin(), pruefstandGlass.now()")
                concealed, heard = person.page.evaluate("pruefstandGlass.sound()")
                self._sound[party] = concealed, heard

    def figures(self) -> Figures:
        """The worse of both glasses since ``begin``, by the names of the objectives; None: nothing was to be seen."""
        try:
            with self.browsers.within(ASKING):
                reports = {
                    party: person.page.evaluate("from => pruefstandGlass.report(from)", self._began[party])
                    for party, person in self.people.items()
                }
                sound = {
                    party: person.page.evaluate("pruefstandGlass.sound()") for party, person in self.people.items()
                }
        except (Error, KeyError):
            return figures_of({}, {})
        since = {party: (sound[party][0] - was[0], sound[party][1] - was[1]) for party, was in self._sound.items()}
        return figures_of(reports, since)

    def _join(self) -> None:
        journey, clerk, citizen = self.journey, self.people["clerk"].page, self.people["citizen"].page
        journey.clerk_opens(clerk, self.booked)
        journey.checks_devices(clerk)
        journey.joins(clerk)
        journey.citizen_opens(citizen, self.booked.link)
        journey.checks_devices(citizen)
        journey.joins(citizen)
        journey.clerk_admits(clerk)
        for party, person in self.people.items():
            journey.waits_for(person.page, "connected", seconds=JOINING)
            try:
                person.page.wait_for_function("() => pruefstandGlass.begin() > 0", polling=100, timeout=JOINING * 1000)
            except Error as error:
                raise TargetError(
                    f"No picture of the probe call reached the {party} within {JOINING:.0f} s."
                ) from error


@contextmanager
def _told() -> Iterator[None]:
    """What a browser says becomes a sentence of the bench."""
    try:
        yield
    except Error as error:
        raise TargetError(f"The probe call did not come about: {error.message.splitlines()[0]}") from error


def figures_of(reports: Mapping[str, Mapping[str, Any]], sound: Mapping[str, tuple[float, float]]) -> Figures:
    """The figures of both pages' reports (``inject/glass.js``), the worse one of each; ``sound``: concealed, heard."""
    delays, rates, stood = [], [], []
    for party, seen in reports.items():
        source = next(report for other, report in reports.items() if other != party)
        marks = list(glass_to_glass(source, seen))
        delays.append(median(marks) if len(marks) >= MARKS else None)
        picture = seen["pictures"][0] if seen["pictures"] else None
        rates.append(float(picture["fps"]) if picture else 0.0)
        length = float(seen["length"]) if "length" in seen else 0.0
        stood.append(float(picture["stood"]) / length if picture and length else 1.0)
    concealed = [made / heard for made, heard in sound.values() if heard > 0]
    whole = bool(reports)
    return {
        "probe_glass_to_glass_ms": max(delays) if delays and None not in delays else None,  # type: ignore[type-var]
        "probe_frames_per_second": min(rates) if whole else None,
        "probe_frozen": min(1.0, max(stood)) if whole else None,
        "probe_concealed": max(concealed) if len(concealed) == len(reports) and whole else None,
    }
