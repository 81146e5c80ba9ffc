"""The invitation: when it goes out, how often, and what its link shows when."""

import re
import time
from datetime import datetime
from typing import Any

import pytest

from harness.wait import wait_until
from townhall.invitations import Inviter
from townhall.store import Base


def path_in(mail: Any) -> str:
    found = re.search(r"http://\S+?(/t/\S+)", mail.get_body(("plain",)).get_content())
    assert found is not None
    return found[1]


def confirmed(town: Any, slot: str, **changes: str) -> Any:
    """Book for a slot and return the confirmation, which goes out at once."""
    assert town.book(slot=slot, **changes).status_code == 303
    mail = town.post.next()
    assert "/t/" not in mail.as_string()
    return mail


def state_of(page: str) -> str:
    found = re.search(r'<main[^>]* data-state="([^"]+)"', page)
    assert found is not None
    return found[1]


def move_to(town: Any, slot: str, seconds: float) -> None:
    """Set the town hall's clock to this many seconds after a slot's start."""
    town.set_clock(datetime.fromisoformat(slot).timestamp() + seconds - time.time())


def test_invitation_goes_out_once_when_the_clock_comes_to_the_time(town: Any) -> None:
    town.log_in()
    slot = town.slots()[2]
    confirmed(town, slot)
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()
    assert 'data-invitation="pending"' in town.client.get("/winterbach/amt/termine").text

    move_to(town, slot, -5 * 60 - 30)
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()

    move_to(town, slot, -5 * 60 + 1)
    mail = town.post.next()
    for _ in range(3):
        Inviter(town.hall).send_due()
    assert town.post.mails.empty()
    assert state_of(town.client.get(path_in(mail)).text) == "ready"


def test_mail_is_german_or_english_as_booked_and_says_who_and_when(town: Any) -> None:
    town.log_in()
    town.book(lang="de")
    german = town.post.next()
    town.book(lang="en")
    english = town.post.next()
    assert german["Subject"] == "Ihr Videotermin mit der Gemeinde Winterbach"
    assert german["To"] == "Erika Mustermann <erika.mustermann@example.org>"
    assert german["From"] == "Rathaus Winterbach <termine@winterbach.example>"
    assert "Ihr Videotermin „Kindergartenanmeldung“ beginnt am" in german.get_body(("plain",)).get_content()
    assert english["Subject"] == "Your video appointment with the Municipality of Winterbach"
    html = english.get_body(("html",)).get_content()
    assert f'href="http://127.0.0.1:{town.client.base_url.port}{path_in(english)}"' in html
    assert '<html lang="en">' in town.client.get(path_in(english)).text


def test_name_with_markup_stays_a_name_in_the_mail(town: Any) -> None:
    town.log_in()
    town.book(name="<b>Erika</b>")
    assert "&lt;b&gt;Erika&lt;/b&gt;" in town.post.next().get_body(("html",)).get_content()


def test_mail_server_that_refuses_is_asked_again_later_with_one_mail_in_the_end(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("townhall.invitations._RETRY_SECONDS", 0.0)
    town.post.refuse = True
    town.log_in()
    town.book()
    Inviter(town.hall).send_due()  # or the town hall's own thread, which may be at it already
    wait_until(lambda: 'not sent"' in town.log(), "The refusal", 60)
    assert town.post.mails.empty()
    town.post.refuse = False
    town.post.next()
    assert town.post.mails.empty()


def test_appointment_that_is_over_is_not_invited_to_any_more(town: Any) -> None:
    town.log_in()
    slot = town.slots()[2]
    confirmed(town, slot)
    move_to(town, slot, 24 * 3600)
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()


def test_link_opens_a_quarter_of_an_hour_before_and_closes_half_an_hour_after(town: Any) -> None:
    town.log_in()
    slot = town.slots()[2]
    confirmed(town, slot)
    move_to(town, slot, 0)
    path = path_in(town.post.next())
    thirty_minutes = 30 * 60
    for seconds, state in (
        (-15 * 60 - 60, "too-early"),
        (-15 * 60 + 30, "ready"),
        (0, "ready"),
        (thirty_minutes + 30 * 60 - 30, "ready"),
        (thirty_minutes + 30 * 60 + 30, "over"),
    ):
        move_to(town, slot, seconds)
        assert state_of(town.client.get(path).text) == state, seconds


def test_page_that_is_too_early_says_from_when(town: Any) -> None:
    town.log_in()
    slot = town.slots()[2]
    confirmed(town, slot)
    move_to(town, slot, 0)
    path = path_in(town.post.next())
    town.set_clock(0)
    start = datetime.fromisoformat(slot)
    opens = datetime.fromtimestamp(start.timestamp() - 15 * 60, start.tzinfo)
    page = town.client.get(path).text
    assert f"Ab {opens:%H:%M} Uhr können Sie über diesen Link beitreten." in page
    move_to(town, slot, 3 * 3600)
    assert "Brauchen Sie einen neuen Termin? Rufen Sie uns an: 0221 4710 100." in town.client.get(path).text


def test_clerk_who_comes_too_early_is_told_from_when(town: Any) -> None:
    town.log_in()
    town.book(slot=town.slots()[-1])
    (appointment,) = town.appointment_ids()
    page = town.client.get(f"/winterbach/amt/termine/{appointment}/anruf").text
    assert state_of(page) == "too-early"
    assert "Das Gespräch öffnet um" in page


def test_unknown_token_is_a_page_with_a_way_on(town: Any) -> None:
    page = town.client.get("/t/" + "A" * 43)
    assert page.status_code == 404
    assert state_of(page.text) == "unknown"
    assert "Diesen Link kennen wir nicht" in page.text


def test_token_has_at_least_128_bits_and_is_not_in_the_database(town: Any) -> None:
    _, path = town.invited()
    token = path.removeprefix("/t/")
    assert len(token) * 6 >= 128
    with town.hall.store.session() as session:
        stored = str([session.execute(table.select()).all() for table in Base.metadata.sorted_tables])
    assert "erika.mustermann@example.org" in stored
    assert token not in stored


def test_two_invitations_have_two_tokens(town: Any) -> None:
    town.log_in()
    town.book()
    town.book()
    assert path_in(town.post.next()) != path_in(town.post.next())


def test_call_page_carries_what_its_script_needs(town: Any) -> None:
    appointment, path = town.invited()
    page = town.client.get(path).text
    for attribute in (
        'data-state="ready"',
        'data-call-state="idle"',
        f'data-appointment="{appointment}"',
        'data-role="citizen"',
        'data-lang="de"',
        f'data-ws="/api/call/{appointment}/ws?role=citizen"',
    ):
        assert attribute in page
    for element in ("geraete-pruefen", "beitreten", "auflegen", "remote", "self", "safety-code", "lock", "message"):
        assert f'id="{element}"' in page
    for button in ("geraete-pruefen", "beitreten", "auflegen"):  # a click before the script has loaded would be lost
        assert re.search(rf'<button id="{button}"[^>]* disabled', page)
    assert '<meta name="townhall-flaw" content="">' in page
    assert 'data-role="clerk"' in town.client.get(f"/winterbach/amt/termine/{appointment}/anruf").text


def test_invitation_that_a_killed_service_was_sending_is_sent_after_all(town: Any) -> None:
    town.log_in()
    slot = town.slots()[2]
    confirmed(town, slot)
    claim(town, "invitation")
    move_to(town, slot, 0)
    Inviter(town.hall).send_due()
    assert town.post.mails.empty()
    town.hall.store.release_claims()
    town.post.next()


def test_mail_sent_twice_after_a_kill_is_the_same_mail_with_the_same_link(town: Any) -> None:
    town.log_in()
    town.book()
    first = town.post.next()
    mail = row(town, "invitation")
    town.hall.store.settle(mail.id, "sending")  # as it stands when the process dies before it could note "sent"
    town.hall.store.release_claims()
    second = town.post.next()
    assert (first["Message-ID"], path_in(first)) == (second["Message-ID"], path_in(second))
    assert state_of(town.client.get(path_in(first)).text) == "ready"


def row(town: Any, kind: str) -> Any:
    """Return the outbox' row of a mail of the only appointment."""
    (appointment,) = town.appointment_ids()
    return next(mail for mail in town.hall.store.mails([appointment]) if mail.kind == kind)


def claim(town: Any, kind: str) -> None:
    assert town.hall.store.claim(row(town, kind).id)
