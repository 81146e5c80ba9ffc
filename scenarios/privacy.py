"""The steps of the stories about personal data."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from typing import Literal

from harness.bench import Bench
from harness.model.errors import TargetError
from harness.model.observations import Crossing, LinkTry, RetentionSeen
from harness.person import Person
from harness.targets.protocol import Appointment
from harness.vantage.invitations import invitation_seen
from harness.vantage.kept import kept_of
from harness.wait import wait_until
from scenarios import steps

CALL = "call"
GUEST = "Amina Dolmetsch"
HOUR, DAY = 3_600.0, 86_400.0
PATIENCE = 15.0  # seconds of real time in which a deployment must have noticed that its retention time is over


class Towns:
    """The town halls as the stories about pages find them: each with a clerk at the desk, and one appointment that can
    be joined now. They are made once, when first asked for, and serve every such story of a run."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._clerks: dict[str, Person] = {}
        self._appointments: dict[str, Appointment] = {}

    def clerk(self, tenant: str) -> Person:
        """The clerk, logged in."""
        if tenant not in self._clerks:
            self._clerks[tenant] = steps.clerk_at_the_desk(self._bench, tenant)
        return self._clerks[tenant]

    def appointment(self, tenant: str) -> Appointment:
        """The appointment, with the link from its mail."""
        if tenant not in self._appointments:
            booked = steps.citizen_telephones(self._bench, self.clerk(tenant), tenant)
            self._appointments[tenant] = steps.mail_arrives(self._bench, booked)
        return self._appointments[tenant]

    def with_guest(self, tenant: str) -> Appointment:
        """The appointment, and a third person invited to it if the calls of the target have room for one."""
        appointment, extras = self.appointment(tenant), self._bench.deployment.extras
        if extras is not None and not appointment.guest_link:
            clerk, mail = self.clerk(tenant), f"gast+{self._bench.next_number()}@example.org"
            self._bench.deployment.journey.clerk_opens(clerk.page, appointment)
            link = extras.invites(clerk.page, tenant, appointment.id, GUEST, mail)
            appointment = self._appointments[tenant] = replace(appointment, guest_link=link)
        return appointment

    def step_away(self) -> None:
        """The clerks leave the page they are on: an open call would go on, and take the time of what comes next."""
        for tenant, clerk in list(self._clerks.items()):
            if not clerk.leaves_page():  # somebody else comes to the desk: this page or browser answers no more
                self._clerks.pop(tenant).close()

    def close(self) -> None:
        """The clerks go home."""
        for clerk in self._clerks.values():
            clerk.close()


@contextmanager
def visitors(bench: Bench, *names: str) -> Iterator[dict[str, Person]]:
    """People who have never been here: each in a fresh browser profile."""
    with ExitStack() as stack:
        people = {name: bench.visitor("citizen") for name in names}
        for person in people.values():
            stack.callback(person.close)
        yield people


@contextmanager
def beholders(bench: Bench, towns: Towns, tenant: str) -> Iterator[dict[str, Person]]:
    """Who sees the pages of a town hall (``Sight.who``): its clerk, and the others in fresh browser profiles."""
    with visitors(bench, "citizen", "guest", "anyone", "operator") as people:
        bench.deployment.journey.operator_logs_in(people["operator"].page)
        yield people | {"clerk": towns.clerk(tenant)}


def invitations_are_compared(bench: Bench, booked: Sequence[Appointment]) -> None:
    """How much the links differ is how hard they are to guess."""
    bench.store.add(invitation_seen([appointment.link for appointment in booked]))


def guessed(link: str) -> str:
    """A link that was never sent: the letters of one that was, in another order."""
    kept, _, token = link.rpartition("/")
    return f"{kept}/{token[::-1]}"


def link_is_tried(
    bench: Bench, citizen: Person, link: str, when: Literal["early", "late", "guessed", "cancelled"]
) -> None:
    """The link is opened, and whether the page offers a way into the call is noted."""
    journey = bench.deployment.journey
    state = journey.citizen_opens(citizen.page, link)
    bench.store.add(LinkTry(when=when, state=state, joinable=state == "ready"))


def trespasses_are_tried(bench: Bench, towns: Towns, one: str, other: str) -> list[str]:
    """Each attempt by who may not, and by who may; returns what was not refused."""
    journey = bench.deployment.journey
    booked = [towns.appointment(tenant) for tenant in (one, other)]
    passed = []
    with visitors(bench, *(f"citizen of {tenant}" for tenant in (one, other)), "operator", "nobody") as people:
        journey.operator_logs_in(people["operator"].page)
        for appointment in booked:
            citizen = people[f"citizen of {appointment.tenant}"]
            steps.expect(journey.citizen_opens(citizen.page, appointment.link), "ready", "the citizen's page")
        people |= {f"clerk of {tenant}": towns.clerk(tenant) for tenant in (one, other)}
        for who, person in people.items():
            if not who.startswith("citizen"):  # a socket is refused to a page from nowhere, whoever has it open
                person.page.goto(bench.deployment.base_url)
        for what in journey.trespasses(*booked):
            status, refused = journey.trespass(people[what.actor].page, what, rightful=False)
            _, shut_out = journey.trespass(people[what.rightful].page, what, rightful=True)
            bench.store.add(
                Crossing(
                    actor=what.actor,
                    tried=what.tried,
                    tried_de=what.tried_de,
                    status=status,
                    refused=refused,
                    control=not shut_out,
                )
            )
            if not refused:
                passed.append(f"the {what.actor} could {what.tried}")
    return passed


def time_passes(bench: Bench, names: Sequence[str]) -> list[str]:
    """The clock moves past the retention time; returns the places where one of the names still is."""
    days = bench.target.declaration.retention_days
    if days is None:
        raise TargetError("The target declares no retention time: nothing can be expected to be deleted.")
    observables = bench.deployment.observables
    before = kept_of(observables, names)
    moved = days + 2.0
    bench.deployment.journey.turns_clock(moved * DAY)
    try:
        with suppress(TargetError):
            wait_until(lambda: not any(kept_of(observables, names).values()), "Deleting", PATIENCE)
        after = kept_of(observables, names)
    finally:
        bench.deployment.journey.turns_clock(0)
    for place, count in before.items():
        if count:  # where nothing was before, nothing can be deleted
            bench.store.add(RetentionSeen(place=place, days_moved=moved, before=count, after=after[place]))
    return [place for place, count in after.items() if count]
