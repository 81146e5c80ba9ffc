"""Stock aiortc bots that talk to each other without a server: their ceiling, beside that of ``load.pump.mirror``."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiortc import RTCConfiguration, RTCPeerConnection

from load.bots.loop_track import LoopTrack
from load.bots.stock_bot import Counted
from load.pump.aiortc_parts import pass_payloads_through, video_codec
from load.pump.clock import Lateness
from load.pump.media import Loop


@dataclass(frozen=True, slots=True)
class Carried:
    """What a process did with so many two-way bots: cores used, frames sent in time, packets lost and received."""

    cores: float
    within: float
    late_p95: float
    lost: int
    received: int


class _Pair:
    """Two peers of one call; each sends every loop to the other."""

    def __init__(self, loops: Sequence[Loop], lateness: Lateness) -> None:
        self.streams: dict[tuple[int, int], Counted] = {}
        self._loops, self._lateness = loops, lateness
        self.peers = [RTCPeerConnection(RTCConfiguration(iceServers=[])) for _ in "12"]

    async def connect(self) -> None:
        one, two = self.peers
        for loop in self._loops:
            transceiver = one.addTransceiver(LoopTrack(loop, self._lateness))
            if loop.kind == "video":
                transceiver.setCodecPreferences(video_codec(loop.codec))
        await one.setLocalDescription(await one.createOffer())
        await two.setRemoteDescription(one.localDescription)
        for transceiver, loop in zip(two.getTransceivers(), self._loops, strict=True):
            transceiver.sender.replaceTrack(LoopTrack(loop, self._lateness))
            transceiver.direction = "sendrecv"
        await two.setLocalDescription(await two.createAnswer())
        await one.setRemoteDescription(two.localDescription)
        for side, peer in enumerate(self.peers):
            for receiver in peer.getReceivers():
                self._count(receiver, side)

    def _count(self, receiver: Any, side: int) -> None:
        async def take(packet: Any, arrival_time_ms: int) -> None:
            number = packet.sequence_number
            self.streams.setdefault((side, packet.ssrc), Counted(number, number)).take(number)

        receiver._handle_rtp_packet = take


def measure(loops: Sequence[Loop], bots: int, seconds: float, warm: float = 2.0) -> Carried:
    """What so many two-way bots cost one process; ``bots`` is rounded up to pairs."""

    async def run() -> Carried:
        pass_payloads_through()
        lateness = Lateness()
        pairs = [_Pair(loops, lateness) for _ in range((bots + 1) // 2)]
        for pair in pairs:
            await pair.connect()
        await asyncio.sleep(warm)
        lateness.clear()
        had = _counts(pairs)
        cpu, wall = time.process_time(), time.monotonic()
        await asyncio.sleep(seconds)
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
        received, lost = (now - then for now, then in zip(_counts(pairs), had, strict=True))
        for pair in pairs:
            for peer in pair.peers:
                await peer.close()
        return Carried(cpu / wall, lateness.within(0.005), lateness.quantile(0.95), lost, received)

    return asyncio.run(run())


def _counts(pairs: Sequence[_Pair]) -> tuple[int, int]:
    streams = [stream for pair in pairs for stream in pair.streams.values()]
    return sum(stream.packets for stream in streams), sum(stream.lost for stream in streams)
