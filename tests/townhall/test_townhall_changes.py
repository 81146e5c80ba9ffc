"""Moving, cancelling, mending the address: what the citizen gets, what the link shows, what becomes free."""

import re
import time
from datetime import datetime
from typing import Any

from icalendar import Calendar

from townhall.invitations import Inviter

ON_BOTH = True  # SQLite and PostgreSQL


def entry(mail: Any) -> Any:
    """Return the calendar's entry of a mail, with its method."""
    (part,) = [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == str(calendar["method"])
    (event,) = calendar.walk("VEVENT")
    return str(calendar["method"]), event


def send(town: Any, appointment: str, what: str, **form: str) -> Any:
    page = f"/winterbach/amt/termine/{appointment}"
    return town.client.post(f"{page}/{what}", data={"csrf": town.csrf(page), **form}, follow_redirects=False)


def booked(town: Any, number: int = 2, **form: str) -> tuple[str, str, Any]:
    """Book a slot of the coming days; return (appointment, slot, confirmation)."""
    town.log_in()
    slot = town.slots()[number]
    known = set(town.appointment_ids())
    assert town.book(slot=slot, **form).status_code == 303
    (appointment,) = set(town.appointment_ids()) - known
    return appointment, slot, town.post.next()


def path_in(mail: Any) -> str:
    found = re.search(r"http://\S+?(/t/\S+)", mail.get_body(("plain",)).get_content())
    assert found is not None
    return found[1]


def test_confirmation_says_when_and_carries_the_calendars_entry_without_a_link(town: Any) -> None:
    appointment, slot, mail = booked(town)
    assert mail["Subject"] == "Ihr Termin mit der Gemeinde Winterbach ist gebucht"
    assert "Den Link zum Gespräch erhalten Sie fünf Minuten vor Beginn" in mail.get_body(("plain",)).get_content()
    method, event = entry(mail)
    assert (method, int(event["sequence"]), str(event["status"])) == ("REQUEST", 0, "CONFIRMED")
    assert str(event["uid"]) == f"{appointment}@winterbach.example"
    assert event.decoded("dtstart") == datetime.fromisoformat(slot)
    assert str(event["organizer"]) == "mailto:termine@winterbach.example"


def test_calendars_entry_never_holds_the_link_not_even_in_the_invitation(town: Any) -> None:
    town.log_in()
    town.book()
    mail = town.post.next()
    token = path_in(mail).removeprefix("/t/")
    assert token not in entry(mail)[1].to_ical().decode()


def test_moved_appointment_keeps_its_calendar_uid_and_raises_the_sequence(town: Any) -> None:
    appointment, _, first = booked(town)
    new = town.slots()[4]
    assert send(town, appointment, "verlegen", slot=new).status_code == 303
    mail = town.post.next()
    assert mail["Subject"] == "Ihr Termin mit der Gemeinde Winterbach ist verlegt"
    method, event = entry(mail)
    assert (method, int(event["sequence"])) == ("REQUEST", 1)
    assert event["uid"] == entry(first)[1]["uid"]
    assert event.decoded("dtstart") == datetime.fromisoformat(new)


def test_old_link_opens_the_moved_appointment_at_its_new_time(town: Any) -> None:
    appointment, slot, _ = booked(town)
    town.set_clock(datetime.fromisoformat(slot).timestamp() - 200 - time.time())
    old = path_in(town.post.next())
    assert 'data-state="ready"' in town.client.get(old).text
    new = town.slots()[5]
    assert send(town, appointment, "verlegen", slot=new).status_code == 303
    assert "verlegt" in town.post.next()["Subject"]
    assert 'data-state="too-early"' in town.client.get(old).text
    town.set_clock(datetime.fromisoformat(new).timestamp() - 200 - time.time())
    assert path_in(town.post.next()) == old
    assert 'data-state="ready"' in town.client.get(old).text


def test_moving_to_a_time_that_is_taken_changes_nothing(town: Any) -> None:
    appointment, slot, _ = booked(town)
    other = town.slots()[5]
    for _ in range(2):
        assert town.book(slot=other).status_code == 303
    answer = send(town, appointment, "verlegen", slot=other)
    assert answer.status_code == 422
    assert "Dieser Beginn ist nicht mehr frei." in answer.text
    kept = town.hall.store.appointment(appointment)
    assert (kept.start, kept.sequence) == (datetime.fromisoformat(slot), 0)


def test_cancelled_appointment_tells_the_citizen_and_frees_its_time(town: Any) -> None:
    appointment, slot, first = booked(town, clerk="haug")
    assert send(town, appointment, "absagen", sure="yes").status_code == 303
    mail = town.post.next()
    assert mail["Subject"] == "Ihr Termin mit der Gemeinde Winterbach ist abgesagt"
    method, event = entry(mail)
    assert (method, int(event["sequence"]), str(event["status"])) == ("CANCEL", 1, "CANCELLED")
    assert event["uid"] == entry(first)[1]["uid"]
    assert town.book(slot=slot, clerk="haug").status_code == 303


def test_link_of_a_cancelled_appointment_says_so_and_no_invitation_follows(town: Any) -> None:
    appointment, slot, _ = booked(town)
    town.set_clock(datetime.fromisoformat(slot).timestamp() - 200 - time.time())
    link = path_in(town.post.next())
    assert send(town, appointment, "absagen", sure="yes").status_code == 303
    assert "abgesagt" in town.post.next()["Subject"]
    page = town.client.get(link).text
    assert 'data-state="cancelled"' in page
    assert "Dieser Termin ist abgesagt" in page
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()
    assert 'data-state="cancelled"' in town.client.get(f"/winterbach/amt/termine/{appointment}/anruf").text


def test_cancelling_has_to_be_confirmed_and_happens_once(town: Any) -> None:
    appointment, _, _ = booked(town)
    assert "Bitte bestätigen Sie" in send(town, appointment, "absagen").text
    assert send(town, appointment, "absagen", sure="yes").status_code == 303
    csrf = town.csrf("/winterbach/amt/termine")
    page = f"/winterbach/amt/termine/{appointment}/absagen"
    again = town.client.post(page, data={"csrf": csrf, "sure": "yes"})
    assert again.status_code == 422
    assert "Dieser Termin ist vorbei oder schon abgesagt." in again.text


def test_mended_address_gets_everything_anew_and_the_first_link_dies(town: Any) -> None:
    town.log_in()
    town.book(email="falsch@example.org")
    first = town.post.next()
    (appointment,) = town.appointment_ids()
    assert send(town, appointment, "adresse", email="richtig@example.org").status_code == 303
    second = town.post.next()
    assert second["To"] == "Erika Mustermann <richtig@example.org>"
    assert path_in(first) != path_in(second)
    assert 'data-state="unknown"' in town.client.get(path_in(first)).text
    assert 'data-state="ready"' in town.client.get(path_in(second)).text
    assert "gültige E-Mail-Adresse" in send(town, appointment, "adresse", email="keine").text


def test_clerk_of_kernen_can_change_nothing_of_winterbach(town: Any) -> None:
    appointment, slot, _ = booked(town)
    town.log_in("kernen", "maier")
    csrf = town.csrf("/kernen/amt/termine")
    for what, form in (
        ("verlegen", {"slot": slot}),
        ("absagen", {"sure": "yes"}),
        ("adresse", {"email": "a@b.example"}),
    ):
        for tenant, status in (("winterbach", 403), ("kernen", 404)):
            path = f"/{tenant}/amt/termine/{appointment}/{what}"
            assert town.client.post(path, data={"csrf": csrf} | form).status_code == status
    kept = town.hall.store.appointment(appointment)
    assert (kept.cancelled, kept.sequence, kept.email) == (False, 0, "erika.mustermann@example.org")


def test_change_without_the_forms_token_is_refused(town: Any) -> None:
    appointment, _, _ = booked(town)
    path = f"/winterbach/amt/termine/{appointment}"
    for what in ("verlegen", "absagen", "adresse"):
        assert town.client.post(f"{path}/{what}", data={"sure": "yes", "email": "a@b.example"}).status_code == 403


def test_reminder_goes_out_the_day_before_at_the_same_time(town: Any) -> None:
    town.log_in()
    slot = town.slots()[-1]
    town.book(slot=slot)
    assert "gebucht" in town.post.next()["Subject"]
    town.set_clock(datetime.fromisoformat(slot).timestamp() - 24 * 3600 - 60 - time.time())
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()
    town.set_clock(datetime.fromisoformat(slot).timestamp() - 24 * 3600 + 1 - time.time())
    assert town.post.next()["Subject"] == "Morgen: Ihr Termin mit der Gemeinde Winterbach"


def test_appointment_at_the_counter_says_where_and_what_to_bring_and_has_no_link(town: Any) -> None:
    appointment, slot, mail = booked(town, service="ausweis", do="counter")
    text = mail.get_body(("plain",)).get_content()
    assert (
        "Bitte kommen Sie zu dieser Zeit hierher:\nRathaus Winterbach\nMarktplatz 2\n73650 Winterbach"
        in text.replace("\r", "")
    )
    assert "biometrisches Lichtbild" in text
    assert str(entry(mail)[1]["location"]) == "Rathaus Winterbach, Marktplatz 2, 73650 Winterbach"
    assert f"/winterbach/amt/termine/{appointment}/anruf" not in town.client.get("/winterbach/amt/termine").text
    assert town.client.get(f"/winterbach/amt/termine/{appointment}/anruf").status_code == 404
    town.set_clock(datetime.fromisoformat(slot).timestamp() - time.time())
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()


def test_counter_cannot_be_booked_for_right_now(town: Any) -> None:
    town.log_in()
    answer = town.book(service="ausweis", do="counter")
    assert answer.status_code == 422
    assert 'data-problem="bad_counter_slot"' in answer.text


def test_search_shows_the_chosen_clerks_times_and_books_nothing(town: Any) -> None:
    town.log_in()
    slot = town.slots()[1]
    town.book(slot=slot, clerk="haug")
    found = town.book(slot=slot, clerk="haug", do="search")
    assert found.status_code == 200
    assert f'<option value="{slot}"' not in found.text
    assert 'value="Erika Mustermann"' in found.text  # what was typed in stays
    assert f'<option value="{slot}"' in town.book(slot=slot, clerk="oezdemir", do="search").text
    assert len(town.appointment_ids()) == 1
    assert town.book(slot=slot, clerk="haug").status_code == 422
    assert town.book(slot=slot).status_code == 303


def test_search_from_a_day_on_shows_two_weeks_from_there(town: Any) -> None:
    town.log_in()
    last = datetime.fromisoformat(town.slots()[-1]).date().isoformat()
    found = re.findall(r'<option value="(\d{4}-\d\d-\d\d)T', town.book(do="search", first=last).text)
    assert min(found[1:]) == last
    assert town.book(do="search", first="9999-12-31").status_code == 200
    assert town.book(slot="9999-12-31T23:59:00+00:00").status_code == 422


def test_any_clerk_means_the_one_with_the_fewest_appointments_that_day(town: Any) -> None:
    town.log_in()
    slots = town.slots()
    day = [slot for slot in slots[1:] if slot[:10] == slots[-1][:10]]
    for slot in day[:2]:
        town.book(slot=slot, clerk="haug")
    town.book(slot=day[2])
    held = {one.start: one.clerk for one in town.hall.store.appointments("winterbach", town.hall.clock.now())}
    assert held[datetime.fromisoformat(day[2])] == "oezdemir"
