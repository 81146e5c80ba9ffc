"""What was sent of late, so that it can be sent again: not the packets, only what they were made of."""

import numpy as np
from numpy.typing import NDArray

KEPT = 512  # packets a stream: at 60 a second, more than eight seconds


class History:
    """A ring for each stream, its place being the sequence number's last nine bits."""

    def __init__(self, capacity: int) -> None:
        self._sequence = np.full((capacity, KEPT), -1, np.int32)
        self._packet = np.zeros((capacity, KEPT), np.int32)
        self._timestamp = np.zeros((capacity, KEPT), np.uint32)
        self._picture = np.zeros((capacity, KEPT), np.uint16)

    def note(
        self,
        stream: NDArray[np.int64],
        sequence: NDArray[np.int64],
        packet: NDArray[np.int64],
        timestamp: NDArray[np.int64],
        picture: NDArray[np.int64],
    ) -> None:
        """Keep a batch."""
        place = stream, sequence % KEPT
        self._sequence[place] = sequence
        self._packet[place] = packet
        self._timestamp[place] = timestamp
        self._picture[place] = picture

    def find(self, stream: int, sequence: int) -> tuple[int, int, int] | None:
        """Row in the loop, timestamp and picture id of a packet; None when it is too old, or was never sent."""
        place = stream, sequence % KEPT
        if self._sequence[place] != sequence:
            return None
        return int(self._packet[place]), int(self._timestamp[place]), int(self._picture[place])

    def forget(self, stream: int) -> None:
        """The row is another stream's from now on."""
        self._sequence[stream] = -1
