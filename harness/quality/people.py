"""How a call of a quality run comes about and ends: prepared on clear links, joined on those of its profile."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Error

from harness.call import Call
from harness.media.canary import Canaries
from harness.model.errors import TargetError
from harness.model.observations import Moment
from harness.person import Person
from harness.targets.protocol import Deployment

TENANT, SERVICE = "winterbach", "kita"
CITIZEN, GUEST_NAME = "Erika Musterfrau", "Dolmetscherin"
LEAVES = 2.0  # seconds after which nobody waits for who has closed the page
JOINING = 40.0  # seconds that a call may take to come about on a bad line
What = Literal[
    "join-clicked", "first-picture", "key-change", "picture-after-key-change", "keys-kept", "call-began",
    "call-ended",
]  # fmt: skip


def now_ms() -> float:
    """The time as observations of quality have it."""
    return time.time() * 1000


@dataclass(slots=True)
class Meeting:
    """Two people, their appointment, and the moments of their call."""

    call: Call
    moments: list[Moment] = field(default_factory=list)
    visitor: Person | None = None

    @classmethod
    def prepare(
        cls, label: str, deployment: Deployment, person: Callable[[str], Person], canaries: Canaries
    ) -> "Meeting":  # fmt: skip
        """Books, and leads both to where one click is left to join. Raises ``TargetError``."""
        journey = deployment.journey
        people: dict[str, Person] = {}
        try:
            clerk = people["clerk"] = person("clerk")
            journey.clerk_logs_in(clerk.page, TENANT)
            mail = f"erika+{label}@example.org"
            booked = journey.invitation(journey.clerk_books(clerk.page, TENANT, CITIZEN, mail, SERVICE))
            citizen = people["citizen"] = person("citizen")
            journey.clerk_opens(clerk.page, booked)
            journey.checks_devices(clerk.page)
            journey.citizen_opens(citizen.page, booked.link)
            journey.checks_devices(citizen.page)
        except BaseException:
            for each in people.values():
                each.close()
            raise
        return cls(Call(label, booked, deployment, canaries, people, _nothing, focus="quality"))

    @property
    def label(self) -> str:
        """The call's name."""
        return self.call.label

    @property
    def deployment(self) -> Deployment:
        """The town hall."""
        return self.call.deployment

    @property
    def people(self) -> Mapping[str, Person]:
        """The two."""
        return self.call.people

    def join(self) -> None:
        """Both come in and see a picture of the other that moves. Raises ``TargetError`` naming who does not."""
        journey = self.deployment.journey
        journey.joins(self.people["clerk"].page)
        # Not before they sit there: a page that is still coming in looks like one whose door somebody has passed.
        journey.waits_for(self.people["clerk"].page, "waiting", seconds=JOINING)
        self.note("join-clicked", "citizen")
        journey.joins(self.people["citizen"].page)
        # Who sits at the desk already waits for nothing until somebody is let in.
        self.note("join-clicked", "clerk")
        journey.clerk_admits(self.people["clerk"].page)
        deadline = time.monotonic() + JOINING
        for party, person in self.people.items():
            left = max(1.0, deadline - time.monotonic())
            journey.waits_for(person.page, "connected", seconds=left)
            try:
                person.page.wait_for_function(
                    "() => pruefstandGlass.begin() > 0",
                    polling=100,
                    timeout=max(1.0, deadline - time.monotonic()) * 1000,
                )
            except Error as error:
                raise TargetError(f"No moving picture reached the {party} within {JOINING:.0f} s.") from error

    def third_person_waits(self) -> None:
        """The clerk invites the visitor, who comes to the door. Raises ``TargetError``."""
        extras = self.deployment.extras
        if extras is None or self.visitor is None:
            raise TargetError("The calls of this target take no third person, so that no keys change in them.")
        clerk, mail = self.people["clerk"].page, f"gast+{self.label}@example.org"
        link = extras.invites(clerk, TENANT, self.call.appointment.id, GUEST_NAME, mail)
        extras.guest_comes(self.visitor.page, link)

    def third_person_enters(self) -> None:
        """The clerk lets them in, and all get other keys; they keep silent. Raises ``TargetError``."""
        assert self.deployment.extras is not None
        assert self.visitor is not None
        self.note("key-change")
        self.deployment.extras.admits_guest(self.people["clerk"].page)
        with suppress(TargetError):  # whoever does not get in says nothing anyway
            self.deployment.journey.waits_for(self.visitor.page, "connected")
            self.deployment.extras.mutes(self.visitor.page)

    def sends_visitor_away(self) -> None:
        """Whoever came third leaves; the two are alone again."""
        if self.visitor is not None:
            self.visitor.close()
            self.visitor = None
            self.wait(LEAVES)

    def note(self, what: What, *parties: str, at_ms: float | None = None) -> None:
        """Notes a moment, now if not told otherwise, for these parties or for both."""
        at = now_ms() if at_ms is None else at_ms
        self.moments += [
            Moment(call=self.label, party=party, what=what, at_ms=at) for party in parties or tuple(self.people)
        ]

    def wait(self, seconds: float) -> None:
        """Lets time pass in which pages are heard."""
        self.people["clerk"].page.wait_for_timeout(max(0.0, seconds) * 1000)

    def hang_up(self) -> None:
        """The end of the call, if it had not ended before."""
        journey = self.deployment.journey
        for person in self.people.values():
            if journey.state(person.page) in ("connected", "reconnecting", "connecting", "waiting"):
                journey.hangs_up(person.page)

    def close(self) -> None:
        """Closes their pages."""
        for person in (*self.people.values(), *([self.visitor] if self.visitor else [])):
            with suppress(Error):  # of a browser that has crashed
                person.close()


def _nothing(call: Call) -> None:
    """Whoever plays the call writes it down."""
