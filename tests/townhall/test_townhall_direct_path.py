"""The town hall's part in a direct path: it passes on what two browsers of a call say, where that is allowed."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.townhall.browser_side import Browser
from townhall.messages import DIRECT_CHARACTERS, BadMessage, Direct, parse
from townhall.settings import load

REFUSED = ("error", "no-direct-path")


def people(town: Any, stack: ExitStack) -> tuple[Browser, Browser]:
    """Clerk and citizen in a call about the kindergarten."""
    identifier, path = town.invited()
    town.client.get(path)
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar)
    url = f"{town.address.replace('http', 'ws')}/api/call/{identifier}/ws"

    def side(role: str) -> Browser:
        return Browser(stack.enter_context(connect(f"{url}?role={role}", additional_headers={"cookie": cookie})))

    clerk, citizen = side("clerk"), side("citizen")
    return clerk, citizen


@pytest.mark.parametrize(
    ("allowed", "direct"),
    [
        ([], False),
        (["winterbach/kita"], True),
        (["winterbach"], True),
        (["winterbach/wohnsitz"], False),
        (["kernen", "kita"], False),
    ],
)
def test_only_calls_that_the_operator_names_go_direct(
    start_town: Callable[..., Any], allowed: list[str], direct: bool
) -> None:
    town = start_town(direct_path=allowed)
    with ExitStack() as stack:
        clerk, citizen = people(town, stack)
        assert clerk.join()["direct"] is direct
        assert citizen.admitted_by(clerk)["direct"] is direct
        for kind, rest in (("direct", {"to": citizen.pid, "body": "x"}), ("direct-up", {})):
            clerk.say(kind, **rest)
            if not direct:
                assert clerk.hear("type", "code") == REFUSED
        if direct:
            assert citizen.hear() == {"type": "direct", "from": clerk.pid, "body": "x"}
        else:
            citizen.say("ping")
            assert citizen.hear("type") == ("pong",)


def test_steps_go_to_the_named_person_of_the_same_call_as_they_are(start_town: Callable[..., Any]) -> None:
    town = start_town(direct_path=["winterbach"])
    with ExitStack() as stack:
        clerk, citizen = people(town, stack)
        clerk.join()
        citizen.say("direct", to=clerk.pid, body="too early")
        assert citizen.hear("code") == ("not-joined",)
        citizen.knock()
        assert clerk.hear("type") == ("knock",)
        clerk.say("direct", to=citizen.pid, body="who waits at the door is not in the call")
        assert clerk.hear("type", "code") == REFUSED
        citizen.say("direct", to=clerk.pid, body="from the door")
        assert citizen.hear("code") == ("not-joined",)
        clerk.say("admit", pid=citizen.pid)
        assert citizen.hear("type") == ("welcome",)
        assert {clerk.hear("type") for _ in range(2)} == {("knock-gone",), ("joined",)}
        body = json.dumps({"description": {"type": "offer", "sdp": "ä" * 1000}})
        clerk.say("direct", to=citizen.pid, body=body)
        assert citizen.hear() == {"type": "direct", "from": clerk.pid, "body": body}
        for nobody in (clerk.pid, "p-nobody", "", None):
            clerk.say("direct", to=nobody, body=body)
            assert clerk.hear("type") == ("error",)
        citizen.say("ping")
        assert citizen.hear("type") == ("pong",)


def test_two_calls_do_not_reach_each_other(start_town: Callable[..., Any]) -> None:
    town = start_town(direct_path=["winterbach"])
    with ExitStack() as stack:
        first, _ = people(town, stack)
        first.join()
        before = set(town.appointment_ids())
        town.book(email="zwei@example.org")
        (other,) = set(town.appointment_ids()) - before
        cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar)
        url = f"{town.address.replace('http', 'ws')}/api/call/{other}/ws?role=clerk"
        second = Browser(stack.enter_context(connect(url, additional_headers={"cookie": cookie})))
        second.join()
        second.say("direct", to=first.pid, body="x")
        assert second.hear("type", "code") == REFUSED
        first.say("ping")
        assert first.hear("type") == ("pong",)


@pytest.mark.parametrize("body", ["x" * (DIRECT_CHARACTERS + 1), {"sdp": "x"}, None, 1])
def test_step_that_is_too_large_or_no_text_is_refused(body: object) -> None:
    with pytest.raises(BadMessage, match="bad-message"):
        parse(json.dumps({"type": "direct", "to": "p-1", "body": body}))


def test_largest_step_is_taken() -> None:
    said = parse(json.dumps({"type": "direct", "to": "p-1", "body": "ä" * DIRECT_CHARACTERS}))
    assert isinstance(said, Direct)


def test_direct_path_that_stands_is_counted_like_media_at_the_server(start_town: Callable[..., Any]) -> None:
    town = start_town(direct_path=["winterbach"])
    heard: list[tuple[str, str]] = []
    town.hall.hub.listeners.append(lambda event, _, role: heard.append((event, role)))
    with ExitStack() as stack:
        clerk, _ = people(town, stack)
        clerk.join()
        clerk.say("direct-up")
        clerk.say("ping")
        assert clerk.hear("type") == ("pong",)
    assert ("publishing", "clerk") in heard
    assert '"direct path"' in town.log()


def test_off_unless_set_by_environment_or_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(None, []).direct_path == []
    assert load(None, ["--direct-path", "kernen/kita"]).direct_path == ["kernen/kita"]
    monkeypatch.setenv("TOWNHALL_DIRECT_PATH", '["winterbach"]')
    assert load(None, []).direct_path == ["winterbach"]


def test_plain_help_says_what_a_direct_path_shows_only_where_there_is_one(start_town: Callable[..., Any]) -> None:
    town = start_town(direct_path=["winterbach/kita"])
    pages = {tenant: town.client.get(f"/hilfe?von={tenant}").text for tenant in ("winterbach", "kernen", "")}
    shown = {tenant: "Internet-Adresse" in page for tenant, page in pages.items()}
    assert shown == {"winterbach": True, "kernen": False, "": False}
