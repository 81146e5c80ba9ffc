"""A bot on stock aiortc that sends and receives what the pump's bots do: what the pump is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from load.bots.light_bot import LightBot
from load.bots.loop_track import LoopTrack
from load.pump.aiortc_parts import pass_payloads_through, video_codec
from load.pump.clock import Lateness
from load.pump.media import Loop


@dataclass
class Counted:
    """A received stream: packets, and the numbers from the first to the highest (RFC 3550, appendix A.1)."""

    first: int
    highest: int
    packets: int = 0

    def take(self, sequence: int) -> None:
        """Note one packet."""
        self.highest = max(self.highest, self.highest + ((sequence - self.highest + 32768 & 0xFFFF) - 32768))
        self.packets += 1

    @property
    def lost(self) -> int:
        """Packets that have not come."""
        return self.highest - self.first + 1 - self.packets


@dataclass
class StockBot(LightBot):
    """``loops``: what it sends; ``lateness``: of its frames, shared by all bots of a process."""

    loops: Sequence[Loop] = ()
    lateness: Lateness = field(default_factory=Lateness)
    streams: dict[int, Counted] = field(default_factory=dict)

    async def _publish(self) -> None:
        pass_payloads_through()
        self._publisher = peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        for loop in self.loops:
            transceiver = peer.addTransceiver(LoopTrack(loop, self.lateness), direction="sendonly")
            if loop.kind == "video":
                transceiver.setCodecPreferences(video_codec(loop.codec))
        await peer.setLocalDescription(await peer.createOffer())
        await self._say({"type": "publish", "sdp": peer.localDescription.sdp})
        await self._say({"type": "candidate", "pc": "publisher", "candidate": None})

    async def _answer(self, feed: str, sdp: str) -> None:
        video_codec("vp9")
        self._subscribers[feed] = peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        await peer.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        for receiver in peer.getReceivers():
            self._count(receiver)
        await peer.setLocalDescription(await peer.createAnswer())
        await self._say({"type": "answer", "feed": feed, "sdp": peer.localDescription.sdp})
        await self._say({"type": "candidate", "pc": feed, "candidate": None})

    def _count(self, receiver: Any) -> None:
        super()._count(receiver)
        counted = receiver._handle_rtp_packet

        async def take(packet: Any, arrival_time_ms: int) -> None:
            if packet.payload_type not in (98, 124):  # RTX is what was lost already
                number = packet.sequence_number
                self.streams.setdefault(packet.ssrc, Counted(number, number)).take(number)
            await counted(packet, arrival_time_ms)

        receiver._handle_rtp_packet = take
