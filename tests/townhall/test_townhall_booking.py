"""Booking for a caller: what is booked, what is refused and why."""

import re
from typing import Any

import pytest

from townhall.booking import ascii_address


def problems(page: str) -> list[str]:
    return re.findall(r'data-problem="(\w+)"', page)


def test_booking_leads_back_to_the_list(town: Any) -> None:
    town.log_in()
    answer = town.book()
    assert (answer.status_code, answer.headers["location"]) == (303, "/winterbach/amt/termine")
    page = town.client.get("/winterbach/amt/termine").text
    (appointment,) = town.appointment_ids()
    assert "Erika Mustermann" in page
    assert f'data-action="anruf" href="/winterbach/amt/termine/{appointment}/anruf"' in page


@pytest.mark.parametrize("tenant", ["winterbach", "kernen"])
def test_service_that_needs_presence_is_not_booked_and_says_why(town: Any, tenant: str) -> None:
    town.log_in(tenant, {"winterbach": "haug", "kernen": "maier"}[tenant])
    answer = town.book(tenant, service="ausweis")
    assert answer.status_code == 422
    assert 'class="hinweis" data-reason="presence"' in answer.text
    assert "Personalausweis kann nicht als Videotermin gebucht werden." in answer.text
    assert "Fingerabdrücke" in answer.text
    assert town.appointment_ids(tenant) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "   "}, "bad_name"),
        ({"name": "x" * 101}, "bad_name"),
        ({"name": "Erika\nBcc: all@example.org"}, "bad_name"),
        ({"email": "erika"}, "bad_email"),
        ({"email": "erika@example.org, all@example.org"}, "bad_email"),
        ({"service": "hund"}, "bad_service"),
        ({"slot": "2021-02-10T03:00:00+01:00"}, "bad_slot"),
        ({"slot": "2021-02-10T10:00:00"}, "bad_slot"),
        ({"slot": "morgen"}, "bad_slot"),
        ({"lang": "fr"}, "bad_lang"),
    ],
)
def test_wrong_entry_is_named_and_nothing_is_booked(town: Any, change: dict[str, str], problem: str) -> None:
    town.log_in()
    answer = town.book(**change)
    assert answer.status_code == 422
    assert problems(answer.text) == [problem]
    assert town.appointment_ids() == []


def test_what_was_typed_in_is_shown_again_and_escaped(town: Any) -> None:
    town.log_in()
    page = town.book(name='<b>"Erika"', email="falsch").text
    assert 'value="&lt;b&gt;&#34;Erika&#34;"' in page
    assert "<b>" not in page


def test_slot_is_gone_when_as_many_are_booked_as_clerks_work(town: Any) -> None:
    town.log_in()
    slot = town.slots()[1]
    assert [town.book(slot=slot).status_code for _ in range(3)] == [303, 303, 422]
    assert slot not in town.slots()


def test_running_slot_stays_bookable_for_immediate_appointments(town: Any) -> None:
    town.log_in()
    now = town.slots()[0]
    assert [town.book(slot=now).status_code for _ in range(3)] == [303, 303, 303]


def test_booking_without_the_forms_token_is_refused(town: Any) -> None:
    town.log_in()
    assert town.book(csrf="").status_code == 403
    assert town.appointment_ids() == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" erika@example.org ", "erika@example.org"),
        ("erika@müller.example", "erika@xn--mller-kva.example"),
        ("e.m+amt@sub.example.org", "e.m+amt@sub.example.org"),
        ("e..m@example.org", None),
        ("erika@", None),
        ("@example.org", None),
        ("erika@localhost", None),
        ("erika@ex ample.org", None),
        ("jürgen@example.org", None),
        ("erika@example.org\n", "erika@example.org"),
        ("erika@exa\nmple.org", None),
        ("a" * 250 + "@example.org", None),
        ("erika@" + "a" * 70 + ".org", None),
    ],
)
def test_address_is_as_mail_servers_take_it(typed: str, address: str | None) -> None:
    assert ascii_address(typed) == address
