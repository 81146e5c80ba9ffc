"""From a number in a packet to a row, for a whole batch at once."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Lookup:
    """Keys of up to 63 bits to values; ``find`` answers -1 for a key that is not there."""

    def __init__(self) -> None:
        self._of: dict[int, int] = {}
        self._keys, self._values = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._stale = False

    def __setitem__(self, key: int, value: int) -> None:
        self._of[key] = value
        self._stale = True

    def __contains__(self, key: int) -> bool:
        return key in self._of

    def get(self, key: int) -> int:
        """The value of one key, -1 where it is not there."""
        return self._of.get(key, -1)

    def pop(self, key: int) -> None:
        """Take a key out, if it is there."""
        self._of.pop(key, None)
        self._stale = True

    def find(self, keys: Numbers) -> Numbers:
        """The value of each key."""
        if self._stale:
            self._keys = np.fromiter(sorted(self._of), np.int64, len(self._of))
            self._values = np.fromiter((self._of[key] for key in self._keys.tolist()), np.int64, len(self._of))
            self._stale = False
        if not len(self._keys):
            return np.full(len(keys), -1, np.int64)
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[place] == keys, self._values[place], -1)
