"""Sound that is opaque already: packets of random bytes, as an encrypting browser would hand them to the network."""

import asyncio
import fractions
import secrets

from aiortc import MediaStreamTrack
from av.packet import Packet
from av.stream import Stream

CLOCK = 48_000  # of Opus on the wire (RFC 7587, section 4.1)


class OpaqueTrack(MediaStreamTrack):
    """``rate`` packets a second of ``size`` random bytes each. Nothing is encoded: a bot costs its packets only."""

    kind = "audio"

    def __init__(self, rate: int = 10, size: int = 60) -> None:
        super().__init__()
        self._rate = rate
        self._size = size
        self._sent = 0
        self._begun: float | None = None

    async def recv(self) -> "Packet[Stream]":
        """Return the next packet when its time has come."""
        now = asyncio.get_running_loop().time()
        self._begun = now if self._begun is None else self._begun
        await asyncio.sleep(max(0.0, self._begun + self._sent / self._rate - now))
        packet: Packet[Stream] = Packet(secrets.token_bytes(self._size))
        packet.time_base = fractions.Fraction(1, CLOCK)
        packet.pts = self._sent * CLOCK // self._rate
        self._sent += 1
        return packet
