"""What pages say of their ways and codecs is read; a page that says nothing, or nonsense, has neither."""

import json
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.targets.profile import _entrances, read_profile
from harness.vantage.codecs import codec_tried, codecs_offered
from harness.vantage.instrument import codec_script
from harness.vantage.paths import path_seen
from harness.vantage.sfu import ServerStream
from harness.vantage.tapped import Tapped, Transform
from harness.wire.frames import Frame
from harness.wire.specials import SILENCE

CLEAR, SEALED = bytes(range(40)), bytes(range(100, 140))


class Says:
    """A page that answers every question alike."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer[argument] if isinstance(self._answer, dict) else self._answer


def page(answer: Any) -> Page:
    return cast(Page, Says(answer))


def test_ways_are_told_once_each_and_udp_is_counted() -> None:
    said = {
        "states": ["connected", "closed"],
        "candidates": ["host/udp", "relay/tcp", "relay/tcp"],
        "pairs": ["relay/tcp"],
    }
    seen = path_seen(page(json.dumps(said)), "clerk")
    assert (seen.connected, seen.candidates, seen.pairs) == (True, ("host/udp", "relay/tcp"), ("relay/tcp",))
    assert seen.direct_udp == 1


@pytest.mark.parametrize("answer", ["", "no JSON", None, "{}", '{"states": ["closed"]}', Error("closed")])
def test_page_that_says_nothing_is_not_connected(answer: Any) -> None:
    seen = path_seen(page(answer), "clerk")
    assert (seen.connected, seen.candidates, seen.pairs) == (False, (), ())


def test_one_connection_that_does_not_stand_is_enough() -> None:
    assert not path_seen(page('{"states": ["connected", "failed"]}'), "clerk").connected


def test_codecs_are_those_that_carry_media() -> None:
    able = {"audio": ["opus", "red", "pcmu", "cn", "telephone-event"], "video": ["vp8", "rtx", "vp9", "vp9", "ulpfec"]}
    assert [seen.codecs for seen in codecs_offered(page(able), "citizen")] == [("opus", "pcmu"), ("vp8", "vp9")]


def test_browser_that_does_not_say_is_named() -> None:
    with pytest.raises(TargetError, match="does not say what it can send: gone"):
        codecs_offered(page(Error("gone")), "citizen")


@pytest.mark.parametrize(
    ("held", "clear"), [([SEALED, SEALED], 0), ([SEALED, CLEAR], 1), ([SILENCE, CLEAR], 1), ([], 0)]
)
def test_frames_at_the_server_are_compared_with_the_encoders(held: list[bytes], clear: int) -> None:
    tapped = Tapped()
    tapped.transforms["tap1"] = Transform("tap1", "sender", "app", "video", 0, 0.0)
    tapped.frames["tap1", "before", "video"] = [
        Frame(1, 0.0, CLEAR),
        Frame(2, 0.0, CLEAR[::-1]),
        Frame(3, 0.0, SILENCE),
    ]
    streams = [
        ServerStream("citizen", "video", 0, "vp8", [Frame(1, 0.0, data) for data in held], 0),
        ServerStream("clerk", "video", 0, "vp9", [Frame(1, 0.0, CLEAR)], 0),
    ]
    stats = json.dumps(
        [
            {"type": "outbound-rtp", "kind": "video", "packetsSent": 3},
            {"type": "outbound-rtp", "kind": "audio", "packetsSent": 9},
            {"type": "inbound-rtp", "kind": "video"},
        ]
    )
    seen = codec_tried(tapped, "citizen", "video", "vp8", "connected", streams, stats)
    assert (seen.made, seen.frames, seen.clear, seen.sent) == (3, len(held), clear, 3)


@pytest.mark.parametrize("stats", [None, "", "no JSON"])
def test_page_without_statistics_sent_nothing_that_it_knows_of(stats: str | None) -> None:
    assert codec_tried(Tapped(), "citizen", "video", "vp8", "failed", [], stats).sent == 0


def test_script_names_the_codec_as_data() -> None:
    assert 'const CODEC = "video/VP8\\"";' in codec_script('video/VP8"')


def test_deployment_elsewhere_has_its_entrances_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    for url, expected in (
        ("https://termine.example.org", [("web", 443), ("wss", 443)]),
        ("https://termine.example.org:8443", [("web", 8443), ("wss", 8443)]),
        ("http://127.0.0.1:8080", []),
    ):
        file.write_text(f'name = "x"\nbase_url = "{url}"\nclerk_password = "p"\nclerks = {{ winterbach = "haug" }}\n')
        base_url = read_profile(file)._profile.base_url
        assert [(each.name, each.port) for each in _entrances(base_url)] == expected
