"""The call's WebSocket, read like a transcript; Janus is scripted, so that its side can be read, too."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

OFFER = {"type": "publish", "sdp": "offer of the browser"}


class Browser:
    """One side's WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.pid = ""
        self.resume_token = ""

    def say(self, kind: str, **rest: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **rest}))

    def hear(self, *fields: str) -> Any:
        """Return the next message, or only some of its fields, as a tuple."""
        message = json.loads(self.socket.recv(timeout=10))
        return tuple(message.get(name) for name in fields) if fields else message

    def join(self, resume: dict[str, str] | None = None) -> Any:
        self.say("join", resume=resume)
        welcome = self.hear()
        assert welcome["type"] == "welcome", welcome
        self.pid, self.resume_token = welcome["you"], welcome["resume_token"]
        return welcome

    def is_closed(self) -> bool:
        try:
            self.socket.recv(timeout=10)
        except ConnectionClosed:
            return True
        return False


Open = Callable[..., AbstractContextManager[Browser]]


@pytest.fixture
def appointment(town: Any) -> str:
    identifier, path = town.invited()
    town.client.get(path)
    return str(identifier)


@pytest.fixture
def dial(town: Any, appointment: str) -> Open:
    """Gives a function that opens the WebSocket as somebody."""

    @contextmanager
    def opened(who: str = "clerk", identifier: str = "", **headers: str) -> Iterator[Browser]:
        names = {"clerk": "amt", "citizen": "termin", "nobody": "-"}
        cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar if one.name == names[who])
        url = f"{town.address.replace('http', 'ws')}/api/call/{identifier or appointment}/ws?role={who}"
        with connect(url, additional_headers={"cookie": cookie, **headers}) as socket:
            yield Browser(socket)

    return opened


def test_two_people_meet(town: Any, dial: Open) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        welcome = clerk.join()
        assert (welcome["role"], welcome["participants"], welcome["ice_servers"]) == ("clerk", [], [])
        assert citizen.join()["participants"] == [{"pid": clerk.pid, "role": "clerk", "publishing": False}]
        assert clerk.hear()["participant"] == {"pid": citizen.pid, "role": "citizen", "publishing": False}
        citizen.say("leave")
        assert citizen.hear("type", "reason") == ("ended", "left")
        assert citizen.is_closed()
        assert clerk.hear("type", "pid") == ("left", citizen.pid)


def test_room_is_closed_by_pin_token_and_secret_and_names_nobody(town: Any, dial: Open, appointment: str) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.join()
        (room,) = town.janus.requests("create")
        (admitted,) = town.janus.requests("allowed")
    assert (room["videocodec"], room["audiocodec"], room["is_private"]) == ("vp9", "opus", True)
    assert len(room["pin"]) >= 20
    assert len(room["secret"]) >= 20
    assert len(room["allowed"]) == 1
    assert admitted["action"] == "add"
    assert admitted["allowed"] != room["allowed"]
    assert "rec_dir" not in room
    heard = json.dumps(town.janus.heard)
    assert "Erika" not in heard
    assert "example.org" not in heard


def test_key_agreement_is_relayed_as_it_is(dial: Open) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.join()
        clerk.hear()
        body = {"commit": "x" * 30000, "nested": [1, {"ä": None}]}
        clerk.say("e2ee", to=citizen.pid, body=body)
        assert citizen.hear() == {"type": "e2ee", "from": clerk.pid, "body": body}
        citizen.say("e2ee", to=None, body={})
        assert clerk.hear("from", "body") == (citizen.pid, {})
        citizen.say("e2ee", to="p-nobody", body={"lost": 1})
        citizen.say("ping")
        assert citizen.hear("type") == ("pong",)


def test_media_goes_through_janus_and_candidates_wait_for_their_description(town: Any, dial: Open) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.join()
        clerk.hear()
        clerk.say("publish", sdp=OFFER["sdp"])
        assert clerk.hear("type", "sdp") == ("published", "answer of Janus")
        assert clerk.hear("type", "pc")[:2] == ("candidate", "publisher")
        assert citizen.hear("type", "pid") == ("feed", clerk.pid)
        citizen.say("subscribe", feed=clerk.pid)
        assert citizen.hear("type", "feed", "sdp") == ("offer", clerk.pid, "offer of Janus")
        assert citizen.hear("type", "pc") == ("candidate", clerk.pid)
        citizen.say("answer", feed=clerk.pid, sdp="answer of the browser")
        assert citizen.hear("type", "pc") == ("candidate", clerk.pid)
        candidate = {"candidate": "candidate:1", "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "abc"}
        citizen.say("candidate", pc=clerk.pid, candidate=candidate)
        citizen.say("candidate", pc=clerk.pid, candidate=None)
        citizen.say("ping")
        assert citizen.hear("type") == ("pong",)
    (publish,) = [one for one in town.janus.heard if one.get("body", {}).get("request") == "joinandconfigure"]
    (start,) = [one for one in town.janus.heard if one.get("body", {}).get("request") == "start"]
    (join,) = town.janus.requests("join")
    trickled = [one["candidate"] for one in town.janus.heard if one["janus"] == "trickle"]
    assert publish["jsep"] == {"type": "offer", "sdp": OFFER["sdp"], "e2ee": True}
    assert start["jsep"] == {"type": "answer", "sdp": "answer of the browser", "e2ee": True}
    assert join["streams"] == [{"feed": publish["body"]["id"]}]
    assert trickled == [{"candidate": "candidate:1", "sdpMid": "0", "sdpMLineIndex": 0}, {"completed": True}]


def test_publishing_anew_counts_on_and_is_announced_again(town: Any, dial: Open, appointment: str) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.join()
        clerk.hear()
        for _ in range(2):
            clerk.say("publish", sdp=OFFER["sdp"])
            assert clerk.hear("type") == ("published",)
            assert citizen.hear("type", "pid") == ("feed", clerk.pid)
            assert clerk.hear("type") == ("candidate",)
    names = [one["filename"] for one in town.janus.requests("joinandconfigure")]
    assert names == [f"{appointment}-clerk-0", f"{appointment}-clerk-1"]
    feeds = {one["id"] for one in town.janus.requests("joinandconfigure")}
    assert len(feeds) == 2


def test_late_joiner_learns_who_publishes(dial: Open) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        clerk.say("publish", sdp=OFFER["sdp"])
        assert clerk.hear("type") == ("published",)
        clerk.hear()
        assert citizen.join()["participants"] == [{"pid": clerk.pid, "role": "clerk", "publishing": True}]


def test_feed_of_who_sends_nothing_is_an_error(dial: Open) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        for feed in ("p-nobody", clerk.pid):
            clerk.say("subscribe", feed=feed)
            assert clerk.hear("type", "code") == ("error", "no-such-feed")
        clerk.say("answer", feed="p-nobody", sdp="")
        assert clerk.hear("code") == ("no-such-feed",)


def test_second_window_of_the_same_role_is_told_that_it_is_in_use(dial: Open) -> None:
    with dial("clerk") as first, dial("clerk") as second:
        first.join()
        second.say("join", resume=None)
        assert second.hear("type", "code") == ("error", "in-use")
        assert second.is_closed()
        first.say("ping")
        assert first.hear("type") == ("pong",)


def test_lost_connection_comes_back_as_the_same_person(town: Any, dial: Open) -> None:
    with dial("citizen") as citizen:
        citizen.join()
        with dial("clerk") as clerk:
            clerk.join()
            citizen.hear()
            clerk.say("publish", sdp=OFFER["sdp"])
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


def test_new_connection_replaces_one_that_hangs(dial: Open) -> None:
    with dial("clerk") as hanging, dial("clerk") as again:
        hanging.join()
        assert again.join({"pid": hanging.pid, "token": hanging.resume_token})["you"] == hanging.pid
        assert hanging.is_closed()
        again.say("ping")
        assert again.hear("type") == ("pong",)


def test_wrong_resume_token_is_somebody_new(dial: Open) -> None:
    with dial("citizen") as citizen:
        citizen.join()
        with dial("clerk") as clerk:
            clerk.join()
            citizen.hear()
        with dial("clerk") as again:
            assert again.join({"pid": clerk.pid, "token": "ä"})["you"] != clerk.pid
            assert citizen.hear("type", "pid") == ("left", clerk.pid)
            assert citizen.hear("type") == ("joined",)


def test_who_does_not_come_back_in_time_has_left(dial: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.hub.RESUME_SECONDS", 0.05)
    with dial("citizen") as citizen:
        citizen.join()
        with dial("clerk") as clerk:
            clerk.join()
            citizen.hear()
        assert citizen.hear("type", "pid") == ("left", clerk.pid)


def test_last_one_out_closes_the_room(town: Any, dial: Open) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        clerk.say("leave")
        assert clerk.hear("type") == ("ended",)
        assert clerk.is_closed()
    assert len(town.janus.requests("destroy")) == 1


def test_call_ends_when_the_window_closes(town: Any, dial: Open) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        town.set_clock(2 * 3600)
        assert clerk.hear("type", "reason") == ("ended", "over")
        assert clerk.is_closed()


@pytest.mark.parametrize(("moved", "code"), [(2 * 3600, "too-late"), (-2 * 3600, "refused")])
def test_joining_outside_the_window_is_refused(town: Any, dial: Open, moved: float, code: str) -> None:
    town.set_clock(moved)
    with dial("citizen") as citizen:
        citizen.say("join", resume=None)
        assert citizen.hear("type", "code") == ("error", code)
        assert citizen.is_closed()


def test_stranger_is_refused(dial: Open) -> None:
    with dial("nobody") as stranger:
        stranger.say("join", resume=None)
        assert stranger.hear("type", "code") == ("error", "refused")
        assert stranger.is_closed()


def test_clerk_of_kernen_is_refused(town: Any, dial: Open) -> None:
    town.log_in("kernen", "maier")
    with dial("clerk") as foreign:
        foreign.say("join", resume=None)
        assert foreign.hear("code") == ("refused",)


def test_invitation_to_one_call_does_not_open_another(town: Any, dial: Open, appointment: str) -> None:
    town.book()
    other = next(one for one in town.appointment_ids() if one != appointment)
    for identifier in (other, "0" * 16):
        with dial("citizen", identifier) as citizen:
            citizen.say("join", resume=None)
            assert citizen.hear("code") == ("refused",)


def test_page_of_another_site_gets_no_websocket(dial: Open) -> None:
    with pytest.raises(InvalidStatus, match="HTTP 403"), dial("clerk", origin="https://evil.example"):
        raise AssertionError("the WebSocket opened")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type": "launch"}', "unknown-type"),
        ('{"type": "e2ee-status", "key": "00"}', "unknown-type"),
        ('{"type": "publish"}', "bad-message"),
        ('{"type": "ping", "more": 1}', "bad-message"),
        ('{"type": "join"}', "not-joined"),
        ("[]", "bad-message"),
        ("{", "bad-message"),
    ],
)
def test_message_that_is_none_gets_its_error_and_the_call_goes_on(dial: Open, text: str, code: str) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        clerk.socket.send(text)
        assert clerk.hear("type", "code") == ("error", code)
        clerk.say("ping")
        assert clerk.hear("type") == ("pong",)


def test_before_joining_nothing_else_is_heard(dial: Open) -> None:
    with dial("clerk") as clerk:
        clerk.say("publish", sdp=OFFER["sdp"])
        assert clerk.hear("code") == ("not-joined",)


def test_janus_that_refuses_the_room_is_an_error_and_joining_again_works(town: Any, dial: Open) -> None:
    town.janus.refuse["create"] = (499, "no")
    with dial("clerk") as clerk:
        clerk.say("join", resume=None)
        assert clerk.hear("type", "code") == ("error", "media-server")
        town.janus.refuse.clear()
        clerk.join()
    assert "JanusRefusal" in town.log()


def test_janus_that_dies_ends_the_calls_and_the_next_one_finds_it_again(town: Any, dial: Open) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        town.janus.connections[-1].close()
        assert clerk.hear("type", "reason") == ("ended", "media-server")
        assert clerk.is_closed()
    with dial("clerk") as clerk:
        clerk.join()


def test_turn_credentials_are_made_for_each_participant(start_town: Callable[..., Any]) -> None:
    town = start_town(turn_urls=["turn:127.0.0.1:3478?transport=udp"], turn_secret="shared")
    identifier, path = town.invited()
    town.client.get(path)
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar)
    url = f"{town.address.replace('http', 'ws')}/api/call/{identifier}/ws"
    with connect(url, additional_headers={"cookie": cookie}) as socket:
        clerk = Browser(socket)
        (server,) = clerk.join()["ice_servers"]
    assert server["urls"] == ["turn:127.0.0.1:3478?transport=udp"]
    assert server["username"].endswith(f":{clerk.pid}")
