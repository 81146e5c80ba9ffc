"""The pump's loops for a stock aiortc sender: the same packets at the same times, each by a task of its own."""

import asyncio
from dataclasses import dataclass

from aiortc import MediaStreamTrack

from load.pump.clock import Lateness
from load.pump.media import Loop


@dataclass(frozen=True, slots=True)
class Payloads:
    """A frame that is cut already; ``load.pump.aiortc_parts.pass_payloads_through`` has aiortc send it as it is."""

    parts: list[bytes]
    timestamp: int


class LoopTrack(MediaStreamTrack):
    """Plays a loop. ``lateness`` takes how long after its time each frame was handed over."""

    def __init__(self, loop: Loop, lateness: Lateness) -> None:
        super().__init__()
        self.kind = loop.kind
        self._played, self._lateness = loop, lateness
        self._frames = [
            [loop.payload[at, : loop.size[at]].tobytes() for at in range(first, first + count)]
            for first, count in zip(loop.first.tolist(), loop.count.tolist(), strict=True)
        ]
        self._sent = 0
        self._begun: float | None = None

    async def recv(self) -> Payloads:  # type: ignore[override]  # aiortc passes on whatever its encoder can pack
        """Return the next frame when its time has come."""
        now = asyncio.get_running_loop().time
        if self._begun is None:
            self._begun = now()
        due = self._begun + self._sent * self._played.seconds
        await asyncio.sleep(max(0.0, due - now()))
        self._lateness.add(now() - due)
        frame = Payloads(self._frames[self._sent % self._played.frames], self._sent * self._played.step)
        self._sent += 1
        return frame
