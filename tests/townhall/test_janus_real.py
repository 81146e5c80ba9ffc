"""Rooms on a real Janus of our own: created with tokens, refused without."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from townhall.errors import JanusRefusal, MediaServerError
from townhall.janus import Janus
from townhall.rooms import Leg, Room, Rooms

pytestmark = pytest.mark.live

SECRET = "api-secret-of-this-test"
UNAUTHORIZED, NO_SUCH_FEED = 433, 428
KEPT = {"libjanus_videoroom.so", "libjanus_websockets.so"}
OFFER = "\r\n".join(
    (
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "c=IN IP4 127.0.0.1",
        "a=mid:0",
        "a=sendonly",
        "a=rtcp-mux",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:abcdefghijklmnopqrstuvwx",
        "a=fingerprint:sha-256 " + ":".join(["AA"] * 32),
        "a=setup:actpass",
        "a=rtpmap:111 opus/48000/2",
        "a=ssrc:1 cname:a",
        "",
    )
)


def others(kind: str) -> str:
    """Return the names of Janus' modules of a kind that this test does not need, as its configuration wants them."""
    found = {path.name for path in Path("/usr/lib").glob(f"*/janus/{kind}/libjanus_*.so")}
    return ",".join(sorted(found - KEPT))


def configure(folder: Path, port: int) -> None:
    (folder / "janus.jcfg").write_text(
        f"""
general: {{ configs_folder = "{folder}", debug_level = 4, debug_colors = false, api_secret = "{SECRET}" }}
nat: {{ ice_enforce_list = "lo,127.0.0.1" }}
plugins: {{ disable = "{others("plugins")}" }}
transports: {{ disable = "{others("transports")}" }}
events: {{ disable = "{others("events")}" }}
loggers: {{ disable = "{others("loggers")}" }}
"""
    )
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ json = "compact", ws = true, ws_port = {port}, ws_ip = "127.0.0.1", wss = false }}\n'
        "admin: { admin_ws = false }\n"
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: { }\n")


@pytest.fixture(scope="module")
def janus_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("janus")
    if program is None:
        pytest.fail("Janus is not installed: run './pruefstand doctor'.")
    folder = tmp_path_factory.mktemp("janus")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    configure(folder, port)
    command = [program, "-F", str(folder), "-i", "127.0.0.1", "-o"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1) as process:
        assert process.stdout is not None
        started = any("WebSockets thread started" in line for line in process.stdout)
        assert started, "Janus ended without starting its WebSocket server"
        yield f"ws://127.0.0.1:{port}"
        process.terminate()
        process.communicate()


@asynccontextmanager
async def room_for(url: str, token: str, record_dir: Path | None = None) -> AsyncIterator[Room]:
    janus = Janus(url, SECRET, lambda: None)
    try:
        room = await Rooms(janus, "room-secret", record_dir).open(token)
        yield room
        await room.destroy()
    finally:
        await janus.close()


async def leg(room: Room) -> Leg:
    return await room.leg(lambda candidate: None)


def test_admission_token_opens_the_room_and_no_other_does(janus_url: str) -> None:
    async def test() -> None:
        async with room_for(janus_url, "token-of-the-clerk") as room:
            answer = await room.publish(await leg(room), "token-of-the-clerk", OFFER, "a-clerk-0")
            assert "a=fingerprint:sha-256" in answer
            for wrong in ("", "token-of-the-citizen"):
                with pytest.raises(JanusRefusal, match="Unauthorized") as refused:
                    await room.publish(await leg(room), wrong, OFFER, "a-stranger-0")
                assert refused.value.code == UNAUTHORIZED

    asyncio.run(test())


def test_token_can_be_given_and_taken_away(janus_url: str) -> None:
    async def test() -> None:
        async with room_for(janus_url, "token-of-the-clerk") as room:
            await room.admit("token-of-the-citizen")
            await room.publish(await leg(room), "token-of-the-citizen", OFFER, "a-citizen-0")
            await room.expel("token-of-the-citizen")
            with pytest.raises(JanusRefusal, match="Unauthorized"):
                await room.publish(await leg(room), "token-of-the-citizen", OFFER, "a-citizen-1")

    asyncio.run(test())


def test_subscriber_without_the_pin_is_refused(janus_url: str) -> None:
    async def test() -> None:
        async with room_for(janus_url, "token-of-the-clerk") as room:
            room.pin, right = "guessed", room.pin
            with pytest.raises(JanusRefusal, match="Unauthorized") as refused:
                await room.subscribe(await leg(room), 1, "token-of-the-clerk")
            assert refused.value.code == UNAUTHORIZED
            room.pin = right
            with pytest.raises(JanusRefusal) as missing:
                await room.subscribe(await leg(room), 1, "token-of-the-clerk")
            assert missing.value.code == NO_SUCH_FEED

    asyncio.run(test())


def test_room_cannot_be_managed_without_its_secret(janus_url: str) -> None:
    async def test() -> None:
        async with room_for(janus_url, "token-of-the-clerk") as room:
            stranger = await leg(room)
            for request, more in (("destroy", {}), ("allowed", {"action": "add", "allowed": ["mine"]})):
                with pytest.raises(JanusRefusal, match="Unauthorized"):
                    await stranger.handle.ask({"request": request, "room": room.id, "secret": "guessed", **more})

    asyncio.run(test())


def test_wrong_api_secret_opens_nothing(janus_url: str) -> None:
    async def test() -> None:
        janus = Janus(janus_url, "guessed", lambda: None)
        with pytest.raises(MediaServerError, match="Unauthorized"):
            await Rooms(janus, "room-secret", None).open("token")
        await janus.close()

    asyncio.run(test())


def test_destroyed_room_is_gone(janus_url: str) -> None:
    async def test() -> None:
        janus = Janus(janus_url, SECRET, lambda: None)
        room = await Rooms(janus, "room-secret", None).open("token")
        stranger = await leg(room)
        await room.destroy()
        answer = await stranger.handle.ask({"request": "exists", "room": room.id})
        assert answer["plugindata"]["data"]["exists"] is False
        await janus.close()

    asyncio.run(test())
