"""One light bot: joins a call of the reference town hall by WebSocket, sends and receives packets by WebRTC."""

import asyncio
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from harness.model.errors import TargetError
from load.bots.opaque_track import OpaqueTrack

_NO_ICE = RTCConfiguration(iceServers=[])


@dataclass
class LightBot:
    """A clerk or a citizen. ``cookies`` are those of its session; ``url`` is the call's WebSocket."""

    role: str
    url: str
    cookies: str
    received: int = 0  # packets of the other side
    waited: float = 0.0  # seconds from coming in to the other side's first packet
    failure: str = ""
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None
    _publisher: RTCPeerConnection | None = None
    # By feed: of somebody whose connection broke, the town hall still offers the old one for a while.
    _subscribers: dict[str, RTCPeerConnection | None] = field(default_factory=dict)
    _came: float = 0.0
    _leaving: bool = False

    async def run(self) -> None:
        """Take part until ``leave``; sets ``connected`` at the other side's first packet, ``failure`` at a refusal."""
        self._came = time.monotonic()
        try:
            async with connect(self.url, additional_headers={"cookie": self.cookies}, max_size=None) as socket:
                self._socket = socket
                if self._leaving:
                    return
                await self._say({"type": "join"})
                async for text in socket:
                    await self._hear(json.loads(text))
        except (ConnectionClosed, OSError, TimeoutError) as error:
            self.failure = self.failure or f"the {self.role}'s connection ended: {type(error).__name__}"
        finally:
            await self._close()

    async def wait_until_connected(self, seconds: float) -> None:
        """Wait for the other side's media. Raises ``TargetError`` when it does not come in time."""
        try:
            await asyncio.wait_for(self.connected.wait(), seconds)
        except TimeoutError as error:
            raise TargetError(self.failure or f"The {self.role} received nothing within {seconds:.0f} s.") from error

    async def leave(self) -> None:
        """Hang up; a bot that is still on its way does not come in."""
        self._leaving = True
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._say({"type": "leave"})
            await self._socket.close()

    async def _hear(self, said: dict[str, Any]) -> None:
        match said["type"]:
            case "knock":
                await self._say({"type": "admit", "pid": said["pid"]})
            case "welcome":
                await self._publish()
                for other in said["participants"]:
                    if other.get("publishing"):
                        await self._subscribe(other["pid"])
            case "published" if self._publisher is not None:
                await self._publisher.setRemoteDescription(RTCSessionDescription(said["sdp"], "answer"))
            case "feed":
                await self._subscribe(said["pid"])
            case "offer":
                await self._answer(said["feed"], said["sdp"])
            case "candidate":
                await self._candidate(said)
            case "error" if said.get("code") == "no-such-feed":
                pass  # whoever it was has gone since; who comes instead is told
            case "error":
                self.failure = f"the {self.role} was refused: {said.get('code', '')}"

    async def _publish(self) -> None:
        self._publisher = RTCPeerConnection(_NO_ICE)
        self._publisher.addTransceiver(OpaqueTrack(), direction="sendonly")
        await self._publisher.setLocalDescription(await self._publisher.createOffer())
        await self._say({"type": "publish", "sdp": self._publisher.localDescription.sdp})
        await self._say({"type": "candidate", "pc": "publisher", "candidate": None})  # all stand in the offer

    async def _subscribe(self, feed: str) -> None:
        if feed not in self._subscribers:
            self._subscribers[feed] = None
            await self._say({"type": "subscribe", "feed": feed})

    async def _answer(self, feed: str, sdp: str) -> None:
        self._subscribers[feed] = subscriber = RTCPeerConnection(_NO_ICE)
        await subscriber.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        for receiver in subscriber.getReceivers():
            self._count(receiver)
        await subscriber.setLocalDescription(await subscriber.createAnswer())
        await self._say({"type": "answer", "feed": feed, "sdp": subscriber.localDescription.sdp})
        await self._say({"type": "candidate", "pc": feed, "candidate": None})

    def _count(self, receiver: Any) -> None:
        """Count packets where they come out of SRTP: they are sealed for others, and decoding them would only cost."""

        async def take(packet: Any, arrival_time_ms: int) -> None:
            self.received += 1
            if not self.connected.is_set():
                self.waited = time.monotonic() - self._came
                self.connected.set()

        receiver._handle_rtp_packet = take

    async def _candidate(self, said: dict[str, Any]) -> None:
        connection = self._publisher if said["pc"] == "publisher" else self._subscribers.get(said["pc"])
        told = said["candidate"]
        if connection is None or not told or told.get("completed") or not told.get("candidate"):
            return
        candidate = candidate_from_sdp(told["candidate"].removeprefix("candidate:"))
        candidate.sdpMid, candidate.sdpMLineIndex = told.get("sdpMid"), told.get("sdpMLineIndex")
        await connection.addIceCandidate(candidate)

    async def _say(self, message: dict[str, Any]) -> None:
        if self._socket is not None:
            await self._socket.send(json.dumps(message))

    async def _close(self) -> None:
        for connection in (self._publisher, *self._subscribers.values()):
            if connection is not None:
                await connection.close()
