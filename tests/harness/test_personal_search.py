"""Names and secrets in what servers keep: found in every form, and never by chance."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Error

from harness.call import Call
from harness.model.observations import SearchResult
from harness.store import RunStore
from harness.targets.protocol import Appointment
from harness.vantage.search import Haystack, Item, search_for
from harness.vantage.tapped import key_id
from harness.writing.personal import names_wanted, search_personal, secrets_of

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


COOKIE = "0123456789abcdef-session"


class Context:
    """A browser context that has a cookie, or none to tell of because its browser has ended."""

    def __init__(self, *, ended: bool) -> None:
        self._ended = ended

    def cookies(self) -> list[dict[str, str]]:
        if self._ended:
            raise Error("Target page, context or browser has been closed")
        return [{"name": "session", "value": COOKIE}]


def a_call(database: Path, *, ended: bool) -> Call:
    person = SimpleNamespace(
        party="clerk", context=Context(ended=ended), http=SimpleNamespace(urls=[], sent=[], answered=[], referrers=[]),
        tapped=SimpleNamespace(bodies=[]), websockets=SimpleNamespace(urls=[], messages=[]),
    )  # fmt: skip
    observables = SimpleNamespace(
        secrets=("the password of a relay",), logs={}, databases={"bookings": database},
        controls={"database:bookings": "appointment"}, metrics="",
    )  # fmt: skip
    deployment = SimpleNamespace(observables=observables)
    return cast(
        Call, SimpleNamespace(label="winterbach-1", appointment=BOOKED, deployment=deployment, people={"clerk": person})
    )


@pytest.mark.parametrize("ended", [False, True])
def test_secrets_of_a_browser_that_has_ended_are_not_said_to_be_nowhere(tmp_path: Path, ended: bool) -> None:
    database = tmp_path / "bookings.sqlite"
    database.write_bytes(b"appointment " + COOKIE.encode())
    found: list[SearchResult] = []
    call = a_call(database, ended=ended)
    assert (COOKIE.encode() in secrets_of(call)) is not ended
    assert b"the password of a relay" in secrets_of(call)
    search_personal(cast(RunStore, cast(Any, SimpleNamespace(add=found.append))), call)
    in_database = [result for result in found if result.place == "database"]
    assert [bool(result.hits) for result in in_database] == ([] if ended else [True])
