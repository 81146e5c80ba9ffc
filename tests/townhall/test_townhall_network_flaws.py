"""The flaws of the ways to the servers: each does its thing, and without it nothing of the kind happens."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from townhall.app import build_hall
from townhall.errors import MediaServerError, SettingsError
from townhall.forwarder import PORT, Forwarder
from townhall.interceptor import SwappingJanus, _End
from townhall.rooms import Room
from townhall.secure import tls_context
from townhall.settings import Settings
from townhall.settings import load as load_settings

Start = Callable[..., Any]
BOTH = pytest.mark.parametrize("flawed", [False, True], ids=["honest", "flawed"])
RELAY = {
    "turn_urls": ["turn:a:1?transport=udp", "turn:a:1?transport=tcp", "turns:a:2?transport=tcp"],
    "turn_secret": "north",
}


class Listening:
    """Stands for Janus: keeps what it is asked."""

    def __init__(self, refuses: bool = False) -> None:
        self.asked: list[Any] = []
        self._refuses = refuses

    async def ask(self, body: Any, jsep: Any = None) -> Any:
        self.asked.append(body)
        if self._refuses:
            raise MediaServerError("Janus does not want to.")
        return {}


def network_of(start_town: Start, flaw: str, *people: str) -> list[Any]:
    hub = start_town(flaw=flaw, **RELAY).hall.hub
    return [hub._network(pid)["ice_servers"] for pid in people]


@BOTH
def test_everybody_has_the_same_password_for_ever(start_town: Start, flawed: bool) -> None:
    ((one,), (other,)) = network_of(start_town, "static-turn-secret" if flawed else "", "p-1", "p-2")
    assert (one["credential"] == other["credential"]) is flawed
    assert one["username"].startswith("2145917400:") is flawed  # 2038: what coturn can still count


@BOTH
def test_relay_is_offered_by_udp_only(start_town: Start, flawed: bool) -> None:
    [[server]] = network_of(start_town, "no-relay" if flawed else "", "p-1")
    assert server["urls"] == (RELAY["turn_urls"][:1] if flawed else RELAY["turn_urls"])


@BOTH
def test_rooms_take_a_further_codec(start_town: Start, flawed: bool) -> None:
    rooms = start_town(flaw="codec-bypass" if flawed else "").hall.hub._rooms
    handle = Listening()
    room = Room(cast(Any, None), cast(Any, handle), "room-secret", False, rooms._video_codecs)
    asyncio.run(room.create("token", None))
    assert handle.asked[0]["videocodec"] == ("vp9,vp8" if flawed else "vp9")


def running(handle: Listening, *feeds: int) -> Any:
    """A hub with one call, in which somebody publishes."""
    publications = {
        str(feed): SimpleNamespace(up=True, leg=SimpleNamespace(feed=feed)) for feed in feeds
    }  # one that is not up yet has nothing to forward
    publications["down"] = SimpleNamespace(up=False, leg=SimpleNamespace(feed=99))
    room = Room(cast(Any, None), cast(Any, handle), "room-secret", shows_names=False)
    call = SimpleNamespace(room=room, people={"p-1": SimpleNamespace(publications=publications)})
    return SimpleNamespace(running=lambda appointment: call)


def heard(handle: Listening, hub: Any, *events: str) -> None:
    async def play() -> None:
        forwarder = Forwarder(hub)
        for event in events:
            forwarder.heard(event, "appointment", "citizen")
        await asyncio.gather(*forwarder._tasks)

    asyncio.run(play())


def test_each_feed_is_forwarded_once_without_srtp() -> None:
    handle = Listening()
    heard(handle, running(handle, 7, 8), "joined", "publishing", "publishing")
    assert [asked["publisher_id"] for asked in handle.asked] == [7, 8]
    [first, _] = handle.asked
    assert (first["request"], first["host"]) == ("rtp_forward", "127.0.0.1")
    assert [stream["port"] for stream in first["streams"]] == [PORT, PORT + 2]
    assert not any("srtp" in name for name in first)


def test_media_server_that_does_not_forward_breaks_nothing() -> None:
    handle = Listening(refuses=True)
    heard(handle, running(handle, 7), "publishing")
    assert handle.asked


def test_honest_town_hall_forwards_nothing(start_town: Start) -> None:
    def listeners(flaw: str) -> set[str]:
        return {type(getattr(one, "__self__", None)).__name__ for one in start_town(flaw=flaw).hall.hub.listeners}

    assert "Forwarder" not in listeners("")
    assert "Forwarder" in listeners("plain-forward")


def test_tls_without_a_certificate_is_no_setting() -> None:
    with pytest.raises(SettingsError, match="tls_port is set without tls_certificate and tls_key"):
        load_settings(None, ["--tls-port", "8443"])
    assert Settings().tls_port is None


def test_certificate_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    for missing in ("empty.pem", "nowhere.pem"):
        with pytest.raises(SettingsError, match=rf"The certificate .*{missing} and its key cannot be used"):
            tls_context(tmp_path / missing, tmp_path / "empty.pem")


@BOTH
def test_somebody_stands_between_the_pages_and_the_media_server(database_url: str, flawed: bool) -> None:
    settings = Settings(
        database_url=database_url, flaw="fingerprint-swapped" if flawed else "", secret_key="k" * 40
    )  # fmt: skip
    hall, janus = build_hall(settings, "http://127.0.0.1")
    hall.store.close()
    assert isinstance(janus, SwappingJanus) is flawed


def test_description_is_passed_on_with_another_address_and_certificate() -> None:
    kept = ["v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "c=IN IP4 0.0.0.0", "a=setup:actpass", "a=mid:0"]
    his = ["a=ice-ufrag:abcd", "a=ice-pwd:secret", "a=ice-options:trickle", "a=fingerprint:sha-256 AB:CD"]
    said = [*kept[:3], *his, "a=candidate:1 1 udp 1 127.0.0.1 9 typ host", *kept[3:]]

    async def passed_on() -> str:
        end = _End()
        try:
            return await end.describes("\r\n".join(said))
        finally:
            await end.stop()

    lines = asyncio.run(passed_on()).split("\r\n")
    assert [line for line in lines if line in said] == kept
    (fingerprint,) = [line for line in lines if line.startswith("a=fingerprint:")]
    assert len(fingerprint) == len("a=fingerprint:sha-256 ") + 95
    assert any(line.startswith("a=candidate:") for line in lines)
