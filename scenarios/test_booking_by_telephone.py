"""What follows a call to the town hall: a time is found, mails come when they should, plans change."""

import pytest

from harness.bench import Bench
from harness.targets.protocol import Appointment
from scenarios import office_steps, privacy, steps
from scenarios.office_steps import HOUR, MINUTE
from scenarios.privacy import Towns


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Am Telefon wird ein Termin bei einer bestimmten Person gesucht und gebucht",
    en="On the telephone, a time with a certain clerk is searched for and booked",
)
def test_time_with_a_certain_clerk(bench: Bench, towns: Towns) -> None:
    office, page = office_steps.office(bench), towns.clerk("winterbach").page
    mail, day = office_steps.address(bench, "karla.kalender"), office_steps.in_days(3)
    anybody = office.free_slots(page, "winterbach", "kita", first=day)
    slots = office.free_slots(page, "winterbach", "kita", clerk="oezdemir", first=day)
    assert slots, "no free time is offered with Deniz Özdemir"
    assert all("Deniz Özdemir" in slot.text and "Sabine Haug" not in slot.text for slot in slots)
    assert any("Sabine Haug" in slot.text for slot in anybody), "the search for anybody finds one clerk only"
    appointment = office.books(page, "winterbach", "Karla Kalender", mail, "kita", slots[0], clerk="oezdemir")
    letter = office_steps.letter_without_link(bench, mail, 0, slots[0])
    assert letter.entry is not None
    assert (letter.entry.method, letter.entry.status) == ("REQUEST", "CONFIRMED")
    assert "winterbach" in letter.sender, f"the mail comes from {letter.sender}"
    seen = office.deliveries(page, "winterbach", appointment)
    assert seen["invitation"] == "pending", f"the clerk reads that the invitation is {seen['invitation']}"


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Die Erinnerung kommt am Tag davor, die Einladung erst zur vereinbarten Zeit",
    en="The reminder comes the day before, the invitation only at the agreed time",
)
def test_mails_come_when_they_should(bench: Bench, towns: Towns) -> None:
    office, clerk = office_steps.office(bench), towns.clerk("winterbach")
    mail, other = office_steps.address(bench, "paul.puenktlich"), office_steps.address(bench, "zoe.zwischendurch")
    appointment, slot, _ = office_steps.caller_gets_a_slot(bench, clerk, "Paul Pünktlich", mail)
    office_steps.letter_without_link(bench, mail, 0, slot)
    with office_steps.at(bench, slot.start - 22 * HOUR):
        office_steps.letter_without_link(bench, mail, 1, slot)
    with office_steps.at(bench, slot.start - 6 * MINUTE):
        office.books(clerk.page, "winterbach", "Zoë Zwischendurch", other, "kita")
        office_steps.letter_with_link(bench, other, 0)  # the service has looked at its clock since
        assert office.deliveries(clerk.page, "winterbach", appointment)["invitation"] == "pending"
        assert len(office.letters(mail)) == 2, "the invitation came before it was time"
    with office_steps.at(bench, slot.start - 4 * MINUTE), privacy.visitors(bench, "citizen") as people:
        link = office_steps.letter_with_link(bench, mail, 2)
        steps.expect(
            bench.deployment.journey.citizen_opens(people["citizen"].page, link), "ready", "the citizen's page"
        )
        seen = office.deliveries(clerk.page, "winterbach", appointment)
    assert seen == {"confirmation": "sent", "reminder": "sent", "invitation": "sent"}, f"the clerk reads {seen}"


@pytest.mark.asks_for("office")
@pytest.mark.story(
    de="Ein Termin wird verlegt und dann abgesagt", en="An appointment is moved, and then it is cancelled"
)
def test_plans_change(bench: Bench, towns: Towns) -> None:
    office, clerk, journey = office_steps.office(bench), towns.clerk("winterbach"), bench.deployment.journey
    mail = office_steps.address(bench, "wanda.wandel")
    appointment, first, later = office_steps.caller_gets_a_slot(bench, clerk, "Wanda Wandel", mail)
    booked = office_steps.letter_without_link(bench, mail, 0, first).entry
    with privacy.visitors(bench, "citizen") as people:
        citizen = people["citizen"].page
        with office_steps.at(bench, first.start - 4 * MINUTE):
            link = office_steps.letter_with_link(bench, mail, 1)
            office.moves(clerk.page, "winterbach", appointment, later)
            moved = office_steps.letter_without_link(bench, mail, 2, later).entry
            steps.expect(journey.citizen_opens(citizen, link), "too-early", "the page of the link after moving")
        with office_steps.at(bench, later.start - 4 * MINUTE):
            again = office_steps.letter_with_link(bench, mail, 3)
            steps.expect(journey.citizen_opens(citizen, link), "ready", "the page of the link at the new time")
            journey.clerk_cancels(clerk.page, Appointment(appointment, "winterbach", "Wanda Wandel", mail))
            cancelled = office_steps.letter_without_link(bench, mail, 4, later).entry
            steps.expect(journey.citizen_opens(citizen, link), "cancelled", "the page of the link after cancelling")
            seen = office.deliveries(clerk.page, "winterbach", appointment)
    assert again == link, "moving changed the link"
    assert booked is not None
    assert moved is not None
    assert cancelled is not None
    assert booked.uid == moved.uid == cancelled.uid, "a calendar would keep the old entries beside the new one"
    assert booked.sequence < moved.sequence < cancelled.sequence, "a calendar would not take the newer entry"
    assert (cancelled.method, cancelled.status) == ("CANCEL", "CANCELLED")
    assert seen["cancellation"] == "sent", f"the clerk reads {seen}"
