"""The flaw fingerprint-swapped at a real Janus: media goes through, and nobody meets the other's certificate."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from harness.targets.media_servers import Sfu
from harness.vantage.receivers import Snapshot, fingerprints, take_snapshot
from harness.wait import wait_until
from townhall.interceptor import SwappingJanus
from townhall.rooms import Leg, Room, Rooms

pytestmark = pytest.mark.live

TOKEN = "token-of-everybody"
FRAMES = 10  # of sound that arrive
GIVEN_BACK = 15  # seconds after which a connection that hangs is taken for one that is never given back


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


async def seen(sfu: Sfu, wanted: Callable[[Snapshot], bool]) -> None:
    """Ends once the server shows what is wanted."""
    await asyncio.to_thread(wait_until, lambda: wanted(take_snapshot(sfu.admin)), "what the server was to show", 10)


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


def test_connection_that_the_page_refuses_is_given_back(sfu: Sfu) -> None:
    async def test() -> None:
        page = RTCPeerConnection()
        async with room_of(sfu) as room:
            leg, answer = await speaks(room, page)
            foreign = re.sub(r"(a=fingerprint:sha-256 ).*", r"\1" + ":".join(["AB"] * 32), answer)
            await page.setRemoteDescription(RTCSessionDescription(foreign, "answer"))
            await seen(sfu, lambda server: any(handle.connected for handle in server.handles))
            await asyncio.wait_for(leg.handle.detach(), GIVEN_BACK)
            assert not (await snapshot_of(sfu)).handles
            await page.close()

    asyncio.run(test())


def test_connection_that_nobody_answers_is_given_back(sfu: Sfu) -> None:
    async def test() -> None:
        page = RTCPeerConnection()
        async with room_of(sfu) as room:
            leg, _ = await speaks(room, page)
            await seen(sfu, lambda server: len(server.handles) == 1)
            await asyncio.wait_for(leg.handle.detach(), GIVEN_BACK)
            assert not (await snapshot_of(sfu)).handles
            await page.close()

    asyncio.run(test())
