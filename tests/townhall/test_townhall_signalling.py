"""The call's WebSocket, read like a transcript; Janus is scripted, so that its side can be read, too."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from websockets.sync.client import connect

from harness.wait import wait_until
from tests.townhall.browser_side import Browser, Dial

SDP = "offer of the browser"
CLERK = "Sabine Haug"


def card(who: Browser, role: str, name: str, **sends: bool) -> dict[str, Any]:
    return {"pid": who.pid, "role": role, "name": name, "publishing": False, "screen": False} | sends


def test_two_people_meet(town: Any, dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        welcome = clerk.join()
        assert (welcome["role"], welcome["participants"], welcome["ice_servers"]) == ("clerk", [], [])
        welcome = citizen.admitted_by(clerk)
        assert (welcome["role"], welcome["name"], welcome["roster"]) == ("citizen", "Erika Mustermann", 2)
        assert welcome["participants"] == [card(clerk, "clerk", CLERK)]
        citizen.say("leave")
        assert citizen.hear("type", "reason") == ("ended", "left")
        assert citizen.is_closed()
        assert clerk.hear("type", "pid", "roster") == ("left", citizen.pid, 3)


def test_room_is_closed_by_pin_token_and_secret_and_names_nobody(town: Any, dial: Dial, appointment: str) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
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


def test_key_agreement_is_relayed_as_it_is(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        body = {"commit": "x" * 30000, "nested": [1, {"ä": None}]}
        clerk.say("e2ee", to=citizen.pid, body=body)
        assert citizen.hear() == {"type": "e2ee", "from": clerk.pid, "body": body}
        citizen.say("e2ee", to=None, body={})
        assert clerk.hear("from", "body") == (citizen.pid, {})
        citizen.say("e2ee", to="p-nobody", body={"lost": 1})
        citizen.say("ping")
        assert citizen.hear("type") == ("pong",)


def test_media_goes_through_janus_and_candidates_wait_for_their_description(town: Any, dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        clerk.say("publish", sdp=SDP)
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
    assert publish["jsep"] == {"type": "offer", "sdp": SDP, "e2ee": True}
    assert start["jsep"] == {"type": "answer", "sdp": "answer of the browser", "e2ee": True}
    assert join["streams"] == [{"feed": publish["body"]["id"]}]
    assert trickled == [{"candidate": "candidate:1", "sdpMid": "0", "sdpMLineIndex": 0}, {"completed": True}]


def test_publishing_anew_counts_on_and_is_announced_again(town: Any, dial: Dial, appointment: str) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        for _ in range(2):
            clerk.say("publish", sdp=SDP)
            assert clerk.hear("type") == ("published",)
            assert citizen.hear("type", "pid") == ("feed", clerk.pid)
            assert clerk.hear("type") == ("candidate",)
    names = [one["filename"] for one in town.janus.requests("joinandconfigure")]
    assert names == [f"{appointment}-clerk-0", f"{appointment}-clerk-1"]
    feeds = {one["id"] for one in town.janus.requests("joinandconfigure")}
    assert len(feeds) == 2


def test_late_joiner_learns_who_publishes(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        clerk.say("publish", sdp=SDP)
        assert clerk.hear("type") == ("published",)
        clerk.hear()
        assert citizen.admitted_by(clerk)["participants"] == [card(clerk, "clerk", CLERK, publishing=True)]


def test_feed_of_who_sends_nothing_is_an_error(dial: Dial) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        for feed in ("p-nobody", clerk.pid):
            clerk.say("subscribe", feed=feed)
            assert clerk.hear("type", "code") == ("error", "no-such-feed")
        clerk.say("answer", feed="p-nobody", sdp="")
        assert clerk.hear("code") == ("no-such-feed",)


def test_shared_screen_is_a_publication_of_its_own(town: Any, dial: Dial, appointment: str) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        for source in ("camera", "screen"):
            clerk.say("publish", sdp=SDP, source=source)
            assert clerk.hear("type", "source") == ("published", source)
            assert clerk.hear("type", "pc", "source") == ("candidate", "publisher", source)
            assert citizen.hear("type", "pid", "source") == ("feed", clerk.pid, source)
        citizen.say("subscribe", feed=clerk.pid, source="screen")
        assert citizen.hear("type", "feed", "source") == ("offer", clerk.pid, "screen")
        assert citizen.hear("type", "source") == ("candidate", "screen")
        clerk.say("unpublish", source="screen")
        assert citizen.hear("type", "pid", "source") == ("feed-gone", clerk.pid, "screen")
        citizen.say("subscribe", feed=clerk.pid, source="screen")
        assert citizen.hear("code") == ("no-such-feed",)
        citizen.say("subscribe", feed=clerk.pid)
        assert citizen.hear("type", "source") == ("offer", "camera")
    names = [one["filename"] for one in town.janus.requests("joinandconfigure")]
    assert names == [f"{appointment}-clerk-0", f"{appointment}-clerk-screen-0"]


def test_citizens_screen_is_refused(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        citizen.say("publish", sdp=SDP, source="screen")
        assert citizen.hear("type", "code") == ("error", "not-allowed")


def test_papers_are_relayed_as_they_are_and_not_beyond_their_size(dial: Dial) -> None:
    with dial("clerk") as clerk, dial("citizen") as citizen:
        clerk.join()
        citizen.admitted_by(clerk)
        body = "A" * (64 * 1024 // 3 * 4)
        citizen.say("data", body=body)
        assert clerk.hear() == {"type": "data", "from": citizen.pid, "body": body}
        citizen.say("data", body="A" * 87_500)
        assert citizen.hear("type", "code") == ("error", "bad-message")


def test_last_one_out_closes_the_room(town: Any, dial: Dial) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        clerk.say("leave")
        assert clerk.hear("type") == ("ended",)
        assert clerk.is_closed()
    # The clerk is told before the media server is asked, and need not wait for it.
    wait_until(lambda: town.janus.requests("destroy"), "the end of the room at the media server", 10)
    assert len(town.janus.requests("destroy")) == 1


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
def test_message_that_is_none_gets_its_error_and_the_call_goes_on(dial: Dial, text: str, code: str) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        clerk.socket.send(text)
        assert clerk.hear("type", "code") == ("error", code)
        clerk.say("ping")
        assert clerk.hear("type") == ("pong",)


def test_before_joining_nothing_else_is_heard(dial: Dial) -> None:
    with dial("clerk") as clerk:
        clerk.say("publish", sdp=SDP)
        assert clerk.hear("code") == ("not-joined",)


def test_janus_that_refuses_the_room_is_an_error_and_joining_again_works(town: Any, dial: Dial) -> None:
    town.janus.refuse["create"] = (499, "no")
    with dial("clerk") as clerk:
        clerk.say("join", resume=None)
        assert clerk.hear("type", "code") == ("error", "media-server")
        town.janus.refuse.clear()
        clerk.join()
    assert "JanusRefusal" in town.log()


def test_janus_that_dies_ends_the_calls_and_the_next_one_finds_it_again(town: Any, dial: Dial) -> None:
    with dial("clerk") as clerk:
        clerk.join()
        town.janus.connections[-1].close()
        assert clerk.hear("type", "reason") == ("ended", "media-server")
        assert clerk.is_closed()
    with dial("clerk") as clerk:
        clerk.join()


def test_turn_credentials_are_made_for_each_participant(start_town: Callable[..., Any]) -> None:
    town = start_town(turn_urls=["turn:127.0.0.1:3478?transport=udp"], turn_secret="shared", ice_policy="relay")
    identifier, path = town.invited()
    town.client.get(path)
    cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar)
    url = f"{town.address.replace('http', 'ws')}/api/call/{identifier}/ws"
    with connect(url, additional_headers={"cookie": cookie}) as socket:
        clerk = Browser(socket)
        welcome = clerk.join()
        (server,) = welcome["ice_servers"]
    assert server["urls"] == ["turn:127.0.0.1:3478?transport=udp"]
    assert server["username"].endswith(f":{clerk.pid}")
    assert welcome["ice_policy"] == "relay"
