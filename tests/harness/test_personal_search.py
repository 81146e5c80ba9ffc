"""Names and secrets in what servers keep: found in every form, and never by chance."""

import pytest

from harness.model.observations import SearchResult
from harness.targets.protocol import Appointment
from harness.vantage.search import Haystack, Item, search_for
from harness.vantage.tapped import key_id
from harness.writing.personal import names_wanted

BOOKED = Appointment("0123456789abcdef", "winterbach", "Jürgen Müllerschön", "juergen+1@example.org", "")


def searched(data: bytes, appointment: Appointment = BOOKED) -> SearchResult:
    haystack = Haystack("log", "townhall", "event", [Item("townhall log", b'{"event": 1}\n' + data)])
    return search_for(haystack, names_wanted(appointment), subject="names", call="winterbach-1")


@pytest.mark.parametrize(
    "line",
    [
        "room opened for Jürgen Müllerschön",
        "GET /?q=J%C3%BCrgen%20M%C3%BCllersch%C3%B6n",
        '{"name": "J\\u00fcrgen M\\u00fcllersch\\u00f6n"}',
        "J&#252;rgen M&#252;llersch&#246;n",
        "to=juergen+1@example.org",
        "to=juergen%2B1%40example.org",
        "room-müllerschön-3",
    ],
)
def test_name_or_address_is_found_however_it_is_written(line: str) -> None:
    found = searched(line.encode())
    assert found.hits
    assert found.subject == "names"
    assert found.control_found == 1


def test_ids_and_roles_are_no_names() -> None:
    assert searched(b'{"event": "joined", "appointment": "0123456789abcdef", "role": "citizen"}').hits == ()


def test_short_last_name_is_sought_only_together_with_the_first() -> None:
    short = Appointment("1", "winterbach", "Li Wu", "li@example.org")
    assert set(names_wanted(short)) == {key_id(b"Li Wu"), key_id(b"li@example.org")}
    assert searched(b"a Wu in a word: Wuppertal", short).hits == ()


def test_evidence_names_nobody() -> None:
    found = searched("room opened for Jürgen Müllerschön".encode())
    assert "Müllerschön" not in found.model_dump_json()
