"""Who gets into a call, who does not, and who is let in again after a lost connection."""

from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.townhall.browser_side import Dial

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
        citizen.join()
        with dial("clerk") as clerk:
            clerk.join()
            citizen.hear()
            clerk.say("publish", sdp=SDP)
            clerk.hear()
            assert citizen.hear("type") == ("feed",)
        with dial("clerk") as again:
            welcome = again.join({"pid": clerk.pid, "token": clerk.resume_token})
            assert welcome["you"] == clerk.pid
            assert welcome["participants"] == [{"pid": citizen.pid, "role": "citizen", "publishing": False}]
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
        citizen.join()
        with dial("clerk") as clerk:
            clerk.join()
            citizen.hear()
        with dial("clerk") as again:
            assert again.join({"pid": clerk.pid, "token": "ä"})["you"] != clerk.pid
            assert citizen.hear("type", "pid") == ("left", clerk.pid)
            assert citizen.hear("type") == ("joined",)


def test_who_does_not_come_back_in_time_has_left(dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.hub.RESUME_SECONDS", 0.05)
    with dial("citizen") as citizen:
        citizen.join()
        with dial("clerk") as clerk:
            clerk.join()
            citizen.hear()
        assert citizen.hear("type", "pid") == ("left", clerk.pid)


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
