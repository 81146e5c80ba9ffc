"""What was sent of late, so that it can be sent again: not the packets, only what they were made of."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
KEPT = 512  # packets a stream: at 60 a second, more than eight seconds


class History:
    """A ring for each stream, its place being the sequence number's last nine bits."""

    def __init__(self, capacity: int) -> None:
        # Two columns, because each costs a write a packet: sequence number and row; timestamp and picture id.
        self._which = np.full((capacity, KEPT), -1, np.int64)
        self._when = np.zeros((capacity, KEPT), np.int64)

    def note(self, stream: Numbers, sequence: Numbers, packet: Numbers, timestamp: Numbers, picture: Numbers) -> None:
        """Keep a batch."""
        place = stream, sequence & KEPT - 1
        self._which[place] = sequence << 32 | packet
        self._when[place] = timestamp << 16 | picture

    def find(self, stream: int, sequence: int) -> tuple[int, int, int] | None:
        """Row in the loop, timestamp and picture id of a packet; None when it is too old, or was never sent."""
        place = stream, sequence & KEPT - 1
        which, when = int(self._which[place]), int(self._when[place])
        return (which & 0xFFFFFFFF, when >> 16, when & 0xFFFF) if which >> 32 == sequence else None

    def forget(self, stream: int) -> None:
        """The row is another stream's from now on."""
        self._which[stream] = -1
