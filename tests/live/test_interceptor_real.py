"""The flaw fingerprint-swapped at a real Janus: media goes through, and nobody meets the other's certificate."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from harness.processes import ProcessRegister
from harness.targets.media_servers import Sfu, start_janus, wait_until_open
from harness.vantage.receivers import Snapshot, fingerprints, take_snapshot
from townhall.interceptor import SwappingJanus
from townhall.rooms import Leg, Room, Rooms

pytestmark = pytest.mark.live

TOKEN = "token-of-everybody"
FRAMES = 10  # of sound that arrive


@pytest.fixture(scope="module")
def sfu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sfu]:
    folder = tmp_path_factory.mktemp("janus")
    register = ProcessRegister(folder / "processes.json")
    server = start_janus(register, folder / "janus", folder / "logs")
    wait_until_open(server)
    yield server
    register.stop_all()


@asynccontextmanager
async def room_of(sfu: Sfu) -> AsyncIterator[Room]:
    janus = SwappingJanus(sfu.url, sfu.api_secret, lambda: None)
    try:
        yield await Rooms(janus, sfu.room_secret, None).open(TOKEN)
    finally:
        await janus.close()


async def speaks(room: Room, page: RTCPeerConnection) -> tuple[Leg, str]:
    """What the page is answered when it sends sound."""
    leg = await room.leg(lambda candidate: None)
    page.addTrack(AudioStreamTrack())
    await page.setLocalDescription(await page.createOffer())
    return leg, await room.publish(leg, TOKEN, page.localDescription.sdp, "a-clerk-0")


async def snapshot_of(sfu: Sfu) -> Snapshot:
    return await asyncio.to_thread(take_snapshot, sfu.admin)


def test_sound_goes_through_and_no_certificate_does(sfu: Sfu) -> None:
    async def test() -> None:
        clerk, citizen = RTCPeerConnection(), RTCPeerConnection()
        async with room_of(sfu) as room:
            up = asyncio.Event()
            leg, answer = await speaks(room, clerk)
            leg.on_up = up.set
            await clerk.setRemoteDescription(RTCSessionDescription(answer, "answer"))
            await asyncio.wait_for(up.wait(), 10)
            own = await room.leg(lambda candidate: None)
            offer = await room.subscribe(own, leg.feed, TOKEN)
            heard = asyncio.Event()

            @citizen.on("track")
            async def listen(track: AudioStreamTrack) -> None:
                for _ in range(FRAMES):
                    await track.recv()
                heard.set()

            await citizen.setRemoteDescription(RTCSessionDescription(offer, "offer"))
            await citizen.setLocalDescription(await citizen.createAnswer())
            await room.start(own, citizen.localDescription.sdp)
            await asyncio.wait_for(heard.wait(), 10)
            server = await snapshot_of(sfu)
            told, pages = (
                fingerprints([answer, offer]),
                fingerprints(page.localDescription.sdp for page in (clerk, citizen)),
            )
            assert len(told) == len(pages) == len(server.handles) == 2
            assert all(handle.connected for handle in server.handles)
            assert not told & {handle.certificate for handle in server.handles}
            assert not pages & {handle.fingerprint for handle in server.handles}
            for each in (own, leg):
                await each.handle.detach()
            await clerk.close()
            await citizen.close()

    asyncio.run(test())


def test_connection_that_the_page_refuses_is_given_back_at_once(sfu: Sfu) -> None:
    async def test() -> None:
        page = RTCPeerConnection()
        async with room_of(sfu) as room:
            leg, answer = await speaks(room, page)
            foreign = re.sub(r"(a=fingerprint:sha-256 ).*", r"\1" + ":".join(["AB"] * 32), answer)
            await page.setRemoteDescription(RTCSessionDescription(foreign, "answer"))
            for _ in range(100):
                if any(handle.connected for handle in (await snapshot_of(sfu)).handles):
                    break
                await asyncio.sleep(0.05)
            began = time.monotonic()
            await leg.handle.detach()
            assert time.monotonic() - began < 2
            assert not (await snapshot_of(sfu)).handles
            await page.close()

    asyncio.run(test())


def test_connection_that_nobody_answers_is_given_back_at_once(sfu: Sfu) -> None:
    async def test() -> None:
        page = RTCPeerConnection()
        async with room_of(sfu) as room:
            leg, _ = await speaks(room, page)
            await asyncio.sleep(0.3)
            began = time.monotonic()
            await leg.handle.detach()
            assert time.monotonic() - began < 2
            assert not (await snapshot_of(sfu)).handles
            await page.close()

    asyncio.run(test())
