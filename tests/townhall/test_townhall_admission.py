"""Who gets into a call, who does not, and who is let in again after a lost connection."""

from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.townhall.browser_side import Browser, Dial

SDP = "offer of the browser"


def test_second_window_of_the_same_role_is_told_that_it_is_in_use(dial: Dial) -> None:
    with dial("clerk") as first, dial("clerk") as second:
        first.join()
        second.say("join", resume=None)
        assert second.hear("type", "code") == ("error", "in-use")
        assert second.is_closed()
        first.say("ping")
        assert first.hear("type") == ("pong",)


def test_lost_connection_comes_back_as_the_same_person(town: Any, dial: Dial) -> None:
    with dial("citizen") as citizen:
        with dial("clerk") as clerk:
            clerk.join()
            citizen.admitted_by(clerk)
            clerk.say("publish", sdp=SDP)
            clerk.hear()
            assert citizen.hear("type") == ("feed",)
        with dial("clerk") as again:
            welcome = again.join({"pid": clerk.pid, "token": clerk.resume_token})
            assert welcome["you"] == clerk.pid
            assert [(one["pid"], one["publishing"]) for one in welcome["participants"]] == [(citizen.pid, False)]
            assert citizen.hear("type", "pid") == ("rejoined", clerk.pid)
            citizen.say("subscribe", feed=clerk.pid)
            assert citizen.hear("code") == ("no-such-feed",)
    detached = [one["handle_id"] for one in town.janus.heard if one["janus"] == "detach"]
    (publisher,) = [
        one["handle_id"] for one in town.janus.heard if one.get("body", {}).get("request") == "joinandconfigure"
    ]
    assert publisher in detached


def test_new_connection_replaces_one_that_hangs(dial: Dial) -> None:
    with dial("clerk") as hanging, dial("clerk") as again:
        hanging.join()
        assert again.join({"pid": hanging.pid, "token": hanging.resume_token})["you"] == hanging.pid
        assert hanging.is_closed()
        again.say("ping")
        assert again.hear("type") == ("pong",)


def test_wrong_resume_token_is_somebody_new(dial: Dial) -> None:
    with dial("citizen") as citizen:
        with dial("clerk") as clerk:
            clerk.join()
            citizen.admitted_by(clerk)
        with dial("clerk") as again:
            assert again.join({"pid": clerk.pid, "token": "ä"})["you"] != clerk.pid
            assert citizen.hear("type", "pid") == ("left", clerk.pid)
            assert citizen.hear("type") == ("joined",)


def test_who_does_not_come_back_in_time_has_left(dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.hub.RESUME_SECONDS", 0.05)
    with dial("citizen") as citizen:
        with dial("clerk") as clerk:
            clerk.join()
            citizen.admitted_by(clerk)
        assert citizen.hear("type", "pid") == ("left", clerk.pid)


def test_citizen_waits_until_the_clerk_lets_them_in_by_name(town: Any, dial: Dial) -> None:
    with dial("citizen") as citizen:
        citizen.knock()
        citizen.say("publish", sdp=SDP)
        assert citizen.hear("type", "code") == ("error", "not-joined")
        assert town.janus.requests("create") == []
        with dial("clerk") as clerk:
            assert clerk.join()["participants"] == []
            knock = {"type": "knock", "pid": citizen.pid, "role": "citizen", "name": "Erika Mustermann"}
            assert clerk.hear() == knock
            clerk.say("admit", pid="p-nobody")
            clerk.say("admit", pid=citizen.pid)
            assert citizen.hear("type", "role") == ("welcome", "citizen")


def test_who_is_turned_away_hears_it(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.knock()
        clerk.hear()
        clerk.say("turn-away", pid=citizen.pid)
        assert citizen.hear("type", "reason") == ("ended", "turned-away")
        assert citizen.is_closed()
        assert clerk.hear("type", "pid") == ("knock-gone", citizen.pid)


def test_citizen_lets_nobody_in(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        for kind in ("admit", "turn-away"):
            citizen.say(kind, pid=clerk.pid)
            assert citizen.hear("type", "code") == ("error", "not-allowed")


def test_who_goes_away_from_the_door_waits_no_more(dial: Dial) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        with dial("citizen") as citizen:
            citizen.knock()
            assert clerk.hear("type") == ("knock",)
        assert clerk.hear("type", "pid") == ("knock-gone", citizen.pid)


def test_second_device_takes_the_call_over_and_the_first_is_told(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as phone:
        clerk.join()
        phone.admitted_by(clerk)
        with dial("citizen") as desktop:
            desktop.say("join", resume=None)
            assert desktop.hear("type", "code") == ("error", "in-use")
            assert desktop.is_closed()
        with dial("citizen") as desktop:
            desktop.say("join", resume=None, takeover=True)
            assert desktop.hear("type", "role") == ("welcome", "citizen")
            assert phone.hear("type", "reason") == ("ended", "taken-over")
            assert phone.is_closed()
            assert clerk.hear("type", "pid") == ("left", phone.pid)
            assert clerk.hear("type") == ("joined",)


def test_second_device_at_the_door_takes_the_place_there(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as phone, dial("citizen") as desktop:
        clerk.join()
        phone.knock()
        desktop.knock(takeover=True)
        assert phone.hear("reason") == ("taken-over",)
        assert [clerk.hear("type") for _ in range(3)] == [("knock",), ("knock-gone",), ("knock",)]


def test_without_a_waiting_room_everybody_comes_in(start_town: Callable[..., Any]) -> None:
    town = start_town(waiting_room=False)
    identifier, path = town.invited()
    town.client.get(path)
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar if one.name == "termin")
    url = f"{town.address.replace('http', 'ws')}/api/call/{identifier}/ws?role=citizen"
    with connect(url, additional_headers={"cookie": cookie}) as socket:
        assert Browser(socket).join()["role"] == "citizen"


def test_listeners_hear_roles_and_no_names(town: Any, dial: Dial, appointment: str) -> None:
    told: SimpleQueue[tuple[str, str, str]] = SimpleQueue()
    town.hall.hub.listeners.append(lambda *event: told.put(event))
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        for one in (citizen, clerk):
            one.say("leave")
            assert one.hear("type", "reason") in (("ended", "left"), ("left", None))
        assert clerk.hear("type") == ("ended",)
    # Who leaves is told at once; the listeners hear the end only after the media server has let go of everything.
    heard = [told.get(timeout=10) for _ in range(5)]
    assert [(event, role) for event, _, role in heard] == [
        ("joined", "clerk"), ("joined", "citizen"), ("left", "citizen"), ("left", "clerk"), ("ended", "clerk"),
    ]  # fmt: skip
    assert {identifier for _, identifier, _ in heard} == {appointment}
    assert told.empty()


def test_call_ends_when_the_window_closes(town: Any, dial: Dial) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        town.set_clock(2 * 3600)
        assert clerk.hear("type", "reason") == ("ended", "over")
        assert clerk.is_closed()


@pytest.mark.parametrize(("moved", "code"), [(2 * 3600, "too-late"), (-2 * 3600, "refused")])
def test_joining_outside_the_window_is_refused(town: Any, dial: Dial, moved: float, code: str) -> None:
    town.set_clock(moved)
    with dial("citizen") as citizen:
        citizen.say("join", resume=None)
        assert citizen.hear("type", "code") == ("error", code)
        assert citizen.is_closed()


def test_stranger_is_refused(dial: Dial) -> None:
    with dial("nobody") as stranger:
        stranger.say("join", resume=None)
        assert stranger.hear("type", "code") == ("error", "refused")
        assert stranger.is_closed()


def test_clerk_of_kernen_is_refused(town: Any, dial: Dial) -> None:
    town.log_in("kernen", "maier")
    with dial("clerk") as foreign:
        foreign.say("join", resume=None)
        assert foreign.hear("code") == ("refused",)


def test_invitation_to_one_call_does_not_open_another(town: Any, dial: Dial, appointment: str) -> None:
    town.book()
    other = next(one for one in town.appointment_ids() if one != appointment)
    for identifier in (other, "0" * 16):
        with dial("citizen", identifier) as citizen:
            citizen.say("join", resume=None)
            assert citizen.hear("code") == ("refused",)


def test_page_of_another_site_gets_no_websocket(dial: Dial) -> None:
    with pytest.raises(InvalidStatus, match="HTTP 403"), dial("clerk", origin="https://evil.example"):
        raise AssertionError("the WebSocket opened")
