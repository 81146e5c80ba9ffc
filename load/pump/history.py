"""What was sent of late, so that it can be sent again: not the packets, only what they were made of."""

import numpy as np
from numpy.typing import NDArray

from load.pump.media import Loop

Numbers = NDArray[np.int64]
KEPT = 256  # frames a stream: at 30 a second, more than eight seconds


class History:
    """A ring of frames for each stream, its place being the picture id's last eight bits."""

    def __init__(self, capacity: int, loop: Loop) -> None:
        self._loop = loop
        self._ring = np.full((capacity, KEPT, 4), -1, np.int64)
        self._flat = self._ring.reshape(-1, 4)

    def note(self, streams: Numbers, frames: Numbers) -> None:
        """Keep a frame of each stream: its number in the loop, first sequence number, timestamp, picture id."""
        self._flat[streams * KEPT + (frames[:, 3] & KEPT - 1)] = frames

    def find(self, stream: int, sequence: int) -> tuple[int, int, int] | None:
        """Row in the loop, timestamp and picture id of a packet; None when it is too old, or was never sent."""
        ring = self._ring[stream]
        frame, within = ring[:, 0], sequence - ring[:, 1] & 0xFFFF
        found = np.flatnonzero((frame >= 0) & (within < self._loop.count[frame]))
        if not len(found):
            return None
        at = int(found[0])
        number, _, timestamp, picture = ring[at].tolist()
        return int(self._loop.first[number] + within[at]), timestamp, picture

    def forget(self, stream: int) -> None:
        """The row is another stream's from now on."""
        self._ring[stream] = -1
