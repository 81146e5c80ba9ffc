"""The flaws of pages and personal data: each does its thing, and without it nothing of the kind happens."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest
from sqlalchemy import delete, make_url, select

from townhall.rooms import Leg, Room
from townhall.store import Appointment, Mail
from townhall.window import CLOSES_AFTER

Start = Callable[..., Any]
BOTH = pytest.mark.parametrize("flawed", [False, True], ids=["honest", "flawed"])


class ListeningHandle:
    """Stands for Janus: keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    async def ask(self, body: Any, jsep: Any = None) -> Any:
        self.asked.append(body)
        return {"jsep": {"sdp": "v=0"}}


def town_with(start_town: Start, flaw: str, flawed: bool) -> Any:
    return start_town(flaw=flaw if flawed else "")


@BOTH
def test_pages_lose_the_headers_that_protect_them(start_town: Start, flawed: bool) -> None:
    headers = town_with(start_town, "no-csp", flawed).client.get("/").headers
    assert ("content-security-policy" in headers, "permissions-policy" in headers) == (not flawed, not flawed)


@BOTH
def test_every_page_counts_visits_with_a_cookie(start_town: Start, flawed: bool) -> None:
    answer = town_with(start_town, "analytics-cookie", flawed).client.get("/winterbach/")
    cookies = answer.headers.get_list("set-cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == (["besuch"] if flawed else [])
    # The cookie is guarded like every other: what is wrong with it is only that nobody was asked.
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)


@BOTH
def test_pages_ask_somebody_else_for_a_font_and_their_policy_lets_exactly_that(start_town: Start, flawed: bool) -> None:
    answer = town_with(start_town, "foreign-font", flawed).client.get("/")
    policy = answer.headers["content-security-policy"]
    assert ("https://fonts.example/" in answer.text, policy.count("fonts.example")) == (flawed, int(flawed))
    assert policy.startswith("default-src 'self'; ")


@BOTH
def test_calls_ask_somebody_elses_stun_server(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "foreign-stun", flawed)
    servers = town.hall.hub._network("pid")["ice_servers"]
    assert ({"urls": ["stun:stun.example:3478"]} in servers) is flawed


@BOTH
def test_invitation_is_short_enough_to_be_guessed(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "short-token", flawed)
    _, path = town.invited()
    assert len(path.removeprefix("/t/")) == (4 if flawed else 43)
    assert town.client.get(path).status_code == 200


@BOTH
def test_link_opens_the_call_after_the_appointment(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "link-forever", flawed)
    _, path = town.invited()
    town.set_clock(CLOSES_AFTER.total_seconds() + 3 * 3600)
    assert (f'data-state="{"ready" if flawed else "over"}"') in town.client.get(path).text


@BOTH
def test_clerk_opens_another_town_halls_appointments(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "cross-tenant", flawed)
    identifier, _ = town.invited()
    town.client.cookies.clear()
    town.log_in("kernen", "maier")
    status = 200 if flawed else 403
    assert town.client.get("/winterbach/amt/termine").status_code == status
    assert town.client.get(f"/winterbach/amt/termine/{identifier}/anruf").status_code == status
    assert town.client.get("/kernen/amt/termine").status_code == 200


@BOTH
def test_database_holds_the_invitation_as_it_is(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "plain-token", flawed)
    _, path = town.invited()
    with town.hall.store.session() as session:
        kept = session.scalars(select(Appointment.token_hash)).one()
    assert (kept == path.removeprefix("/t/")) is flawed
    assert town.client.get(path).status_code == 200


@BOTH
def test_publisher_shows_a_name_in_the_room(flawed: bool) -> None:
    handle = ListeningHandle()
    room = Room(cast(Any, None), cast(Any, None), "room-secret", shows_names=flawed)
    leg = Leg(cast(Any, handle), lambda candidate: None)
    asyncio.run(room.publish(leg, "token", "v=0", "a-citizen-0", "Erika Mustermann"))
    assert ("Erika Mustermann" in str(handle.asked)) is flawed


def test_setting_makes_rooms_show_names(start_town: Start) -> None:
    assert start_town(flaw="name-in-room").hall.hub._rooms._shows_names is True


@BOTH
def test_button_has_no_label(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "unlabelled-button", flawed)
    _, path = town.invited()
    assert ('id="geraete-pruefen" type="button" disabled></button>' in town.client.get(path).text) is flawed


@BOTH
def test_hints_are_pale(start_town: Start, flawed: bool) -> None:
    town = town_with(start_town, "low-contrast", flawed)
    assert ("/static/flaw-low-contrast.css" in town.client.get("/").text) is flawed
    assert town.client.get("/static/flaw-low-contrast.css").status_code == 200


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # PostgreSQL's files: see docs/operation.md
def test_deleted_appointments_leave_nothing_in_the_file(start_town: Start, database_url: str) -> None:
    town = start_town()
    town.invited()
    with town.hall.store.session() as session:
        session.execute(delete(Mail))
        session.execute(delete(Appointment))
    town.hall.store.forget_deleted()
    file = make_url(database_url).database or ""
    with open(file, "rb") as main, open(f"{file}-wal", "rb") as journal:
        assert b"erika.mustermann" not in main.read() + journal.read()
