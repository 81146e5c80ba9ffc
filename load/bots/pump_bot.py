"""A light bot whose media the pump sends and receives: signalling as ever, sound and picture, real frames, sealed."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiortc import RTCSessionDescription

from load.bots.light_bot import LightBot
from load.pump.aiortc_parts import video_codec
from load.pump.connection import Connection
from load.pump.pump import Pump
from load.pump.takeover import Takeover


@dataclass
class PumpBot(LightBot):
    """Of ``LightBot``, only where media begins is another. ``pump`` must have been started in the bot's event loop."""

    pump: Pump | None = None
    sending: Connection | None = None
    receiving: Connection | None = None
    talking: bool = True
    camera: bool = True
    _takeovers: list[Takeover] = field(default_factory=list)
    _left: set[str] = field(default_factory=set)
    _goodbye: "asyncio.Future[None] | None" = None

    def _takeover(self, name: str, feed: str = "") -> Takeover:
        assert self.pump is not None

        def done(connection: Connection) -> None:
            if name == "sending":
                self.sending = connection
                self._switch()
            for row in connection.inbound.values():
                self.pump.when_received(row, lambda: self._first(connection))  # type: ignore[union-attr]

        self._takeovers.append(Takeover(self.pump, done, partial(self._lost, feed)))
        return self._takeovers[-1]

    def behave(self, *, talking: bool | None = None, camera: bool | None = None) -> None:
        """Talk or be silent, have the camera on or off, from now on; before the call stands, for when it does.

        The pump must have been made with a loop of silence.
        """
        self.talking = self.talking if talking is None else talking
        self.camera = self.camera if camera is None else camera
        self._switch()

    def _switch(self) -> None:
        assert self.pump is not None
        if self.sending is not None and self.pump.switches is not None and self.pump.holds(self.sending):
            self.pump.switches.sound(self.sending, self.talking)
            self.pump.switches.picture(self.sending, self.camera)

    def _first(self, connection: Connection) -> None:
        """Of several that are offered, the one on which something comes is the other side's."""
        self.receiving = connection
        if not self.connected.is_set():
            self.waited = time.monotonic() - self._came
            self.connected.set()

    def _lost(self, feed: str) -> None:
        """A connection ended by itself: this bot's call is over, unless it is that of somebody who left."""
        if feed in self._left:
            return
        self.failure = self.failure or f"the {self.role} lost the server's consent to send"
        self._goodbye = asyncio.ensure_future(self.leave())

    async def _hear(self, said: dict[str, Any]) -> None:
        if said["type"] in ("left", "feed-gone"):  # told before the server takes the connection back
            self._left.add(said["pid"])
        await super()._hear(said)

    async def _publish(self) -> None:
        assert self.pump is not None
        takeover = self._takeover("sending")
        self._publisher = peer = takeover.peer
        peer.addTransceiver("audio", direction="sendonly")
        picture = peer.addTransceiver("video", direction="sendonly")
        picture.setCodecPreferences(video_codec(self.pump.outbound["video"].loop.codec))
        offer = await peer.createOffer()
        takeover.hook()
        await peer.setLocalDescription(offer)
        await self._say({"type": "publish", "sdp": peer.localDescription.sdp})
        await self._say({"type": "candidate", "pc": "publisher", "candidate": None})

    async def _answer(self, feed: str, sdp: str) -> None:
        takeover = self._takeover("receiving", feed)
        video_codec("vp9")  # an offer of VP9 is to be understood
        self._subscribers[feed] = peer = takeover.peer
        await peer.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        takeover.listen()
        takeover.hook()
        await peer.setLocalDescription(await peer.createAnswer())
        await self._say({"type": "answer", "feed": feed, "sdp": peer.localDescription.sdp})
        await self._say({"type": "candidate", "pc": feed, "candidate": None})

    async def _close(self) -> None:
        for takeover in self._takeovers:
            await takeover.close()


def pumped(pump: Pump) -> Callable[[str, str, str], LightBot]:
    """How to make bots of this pump; ``load.bots.town`` takes it."""
    return lambda role, url, cookies: PumpBot(role, url, cookies, pump=pump)
