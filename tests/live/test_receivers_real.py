"""Who receives what, asked at a real Janus: people by their certificates, and whoever hides among them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack

from harness.model.errors import TargetError
from harness.targets.media_servers import Sfu
from harness.targets.protocol import SfuAdmin
from harness.vantage.receivers import Receivers, fingerprints, take_snapshot, who_receives
from townhall.ghost import receive
from townhall.janus import Janus
from townhall.rooms import Leg, Room, Rooms

pytestmark = pytest.mark.live

TOKEN = "token-of-everybody"


@asynccontextmanager
async def room_with_a_speaker(sfu: Sfu) -> AsyncIterator[tuple[Room, Leg, RTCPeerConnection]]:
    """A room in which somebody's sound arrives."""
    janus = Janus(sfu.url, sfu.api_secret, lambda: None)
    page = RTCPeerConnection()
    try:
        room = await Rooms(janus, sfu.room_secret, None).open(TOKEN)
        up = asyncio.Event()
        leg = await room.leg(lambda candidate: None)
        leg.on_up = up.set
        page.addTrack(AudioStreamTrack())
        await page.setLocalDescription(await page.createOffer())
        answer = await room.publish(leg, TOKEN, page.localDescription.sdp, "a-clerk-0")
        await page.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        await asyncio.wait_for(up.wait(), 10)
        yield room, leg, page
    finally:
        await page.close()
        await janus.close()


async def subscribed(room: Room, leg: Leg) -> RTCPeerConnection:
    page = RTCPeerConnection()
    up = asyncio.Event()
    own = await room.leg(lambda candidate: None)
    own.on_up = up.set
    await page.setRemoteDescription(RTCSessionDescription(await room.subscribe(own, leg.feed, TOKEN), "offer"))
    await page.setLocalDescription(await page.createAnswer())
    await room.start(own, page.localDescription.sdp)
    await asyncio.wait_for(up.wait(), 10)
    return page


async def seen(sfu: Sfu, pages: dict[str, RTCPeerConnection], wanted: int) -> dict[str, Receivers]:
    """What the server says once so many receive."""
    prints = {party: fingerprints([page.localDescription.sdp]) for party, page in pages.items()}
    for _ in range(100):
        found = who_receives(await asyncio.to_thread(take_snapshot, sfu.admin), prints)
        if sum(len(one.parties) for one in found.values()) >= wanted:
            break
        await asyncio.sleep(0.05)
    return found


def test_receiver_is_known_by_the_certificate_of_the_page(sfu: Sfu) -> None:
    async def test() -> None:
        async with room_with_a_speaker(sfu) as (room, leg, clerk):
            assert await seen(sfu, {"clerk": clerk}, 0) == {"clerk": Receivers((), 0)}
            citizen = await subscribed(room, leg)
            assert await seen(sfu, {"clerk": clerk, "citizen": citizen}, 1) == {"clerk": Receivers(("citizen",), 0)}
            await citizen.close()

    asyncio.run(test())


def test_hidden_participant_is_a_receiver_whom_no_page_knows(sfu: Sfu) -> None:
    async def test() -> None:
        async with room_with_a_speaker(sfu) as (room, leg, clerk):
            hidden = asyncio.create_task(receive(room, leg.feed))
            assert await seen(sfu, {"clerk": clerk}, 1) == {"clerk": Receivers(("unknown",), 0)}
            hidden.cancel()
            await asyncio.wait([hidden])
            assert await seen(sfu, {"clerk": clerk}, 0) == {"clerk": Receivers((), 0)}

    asyncio.run(test())


def test_forwarded_packets_are_counted(sfu: Sfu) -> None:
    async def test() -> None:
        async with room_with_a_speaker(sfu) as (room, leg, clerk):
            body = {"request": "rtp_forward", "room": room.id, "secret": sfu.room_secret, "publisher_id": leg.feed,
                    "host": "127.0.0.1", "host_family": "ipv4", "streams": [{"mid": "0", "port": 9}]}  # fmt: skip
            await leg.handle.ask(body)
            assert await seen(sfu, {"clerk": clerk}, 0) == {"clerk": Receivers((), 1)}

    asyncio.run(test())


def test_wrong_secret_is_a_sentence(sfu: Sfu) -> None:
    with pytest.raises(TargetError, match="did not say who receives media"):
        take_snapshot(SfuAdmin(sfu.admin.url, "guessed", sfu.room_secret))


def test_no_admin_api_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="check its address and secrets"):
        take_snapshot(SfuAdmin("ws://127.0.0.1:9", "", ""))
