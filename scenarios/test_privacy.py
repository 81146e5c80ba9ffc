"""What the pages and the server do with personal data: looked at without any call where that is possible."""

import pytest

from harness.bench import Bench
from harness.model.observations import LinkTry
from scenarios import privacy, steps
from scenarios.privacy import Towns

FORGOTTEN = "Walburga Vergissmein"  # a name that nobody else of the run has


@pytest.mark.needed_for("P04", "P05", "P08", "P09", alone=True)
@pytest.mark.story(
    de="Alle Seiten werden geöffnet, ohne dass jemand einwilligt", en="All pages are opened before anybody agrees"
)
def test_every_page_is_opened(bench: Bench, towns: Towns) -> None:
    appointment = towns.with_guest("winterbach")
    with privacy.beholders(bench, towns, "winterbach") as people:
        for sight in bench.deployment.journey.sights(appointment):
            if not sight.state:
                person = people[sight.who]
                with bench.visit(person, sight.page):
                    sight.show(person.page, "")


@pytest.mark.needed_for("P05", "P06", "P08", alone=True)
@pytest.mark.story(de="Das Rathaus lässt die Bürgerin ein", en="The town hall lets the citizen in")
def test_citizen_is_let_in(bench: Bench, towns: Towns) -> None:
    journey = bench.deployment.journey
    clerk, appointment = towns.clerk("winterbach"), towns.appointment("winterbach")
    with privacy.visitors(bench, "citizen") as people:
        citizen = people["citizen"]
        with bench.visit(clerk, privacy.CALL), bench.visit(citizen, privacy.CALL):
            journey.clerk_opens(clerk.page, appointment)
            state = journey.citizen_opens(citizen.page, appointment.link)
        with bench.visit(clerk, privacy.CALL, consent=True), bench.visit(citizen, privacy.CALL, consent=True):
            for person in (clerk, citizen):
                steps.expect(journey.checks_devices(person.page), "checked", "the device check")
                journey.joins(person.page)
            admitted = journey.clerk_admits(clerk.page)
            journey.waits_for(citizen.page, "connected")
            bench.store.add(LinkTry(when="in-time", state=state, joinable=True, admitted_by_clerk=admitted))
        for person in (citizen, clerk):
            if journey.state(person.page) != "ended":
                journey.hangs_up(person.page)
    assert admitted, "the citizen came into the call without being let in"


@pytest.mark.needed_for("P06", alone=True)
@pytest.mark.story(
    de="Einladungen zur falschen Zeit, erraten und abgesagt", en="Invitations at the wrong time, guessed and cancelled"
)
def test_invitations_are_tried(bench: Bench, towns: Towns) -> None:
    journey = bench.deployment.journey
    clerk = towns.clerk("kernen")
    calls = [steps.citizen_telephones(bench, clerk, "kernen") for _ in range(2)]
    first, second = (steps.mail_arrives(bench, appointment) for appointment in calls)
    privacy.invitations_are_compared(bench, [towns.appointment("kernen"), first, second])
    with privacy.visitors(bench, "citizen") as people:
        citizen = people["citizen"]
        try:
            journey.turns_clock(-3 * privacy.HOUR)
            privacy.link_is_tried(bench, citizen, first.link, "early")
            journey.turns_clock(3 * privacy.HOUR)
            privacy.link_is_tried(bench, citizen, first.link, "late")
        finally:
            journey.turns_clock(0)
        privacy.link_is_tried(bench, citizen, privacy.guessed(second.link), "guessed")
        journey.clerk_cancels(clerk.page, second)
        privacy.link_is_tried(bench, citizen, second.link, "cancelled")


@pytest.mark.needed_for("P07", alone=True)
@pytest.mark.story(de="Jeder versucht, was anderen gehört", en="Everybody tries what belongs to others")
def test_nobody_crosses(bench: Bench, towns: Towns) -> None:
    passed = privacy.trespasses_are_tried(bench, towns, *bench.target.declaration.tenants[:2])
    assert not passed, f"somebody got to what belongs to others: {'; '.join(passed)}"


@pytest.mark.needed_for("P03", alone=True)
@pytest.mark.story(de="Nach der Frist ist nichts mehr da", en="After the retention time nothing is left")
def test_everything_is_deleted_in_time(bench: Bench, towns: Towns) -> None:
    mail = f"walburga.vergissmein+{bench.next_number()}@example.org"
    bench.deployment.journey.clerk_books(towns.clerk("winterbach").page, "winterbach", FORGOTTEN, mail, "kita")
    left = privacy.time_passes(bench, (FORGOTTEN, mail))
    assert not left, f"after the retention time there is still: {', '.join(left)}"
