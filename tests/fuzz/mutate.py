"""Our own source of inputs: seeds with a few bytes changed, cut, doubled and joined. Seeded: the same inputs each time.

It is not guided by coverage; what it knows of a parser is which inputs were not refused, some of which it changes
further. Inputs are made many at a time, for about as long as a small parser takes to read one.
"""

from collections.abc import Sequence

import numpy as np

BATCH = 512  # inputs of one batch; all come from one ancestor
LONGEST = 2048  # bytes of an ancestor
KEPT = 32
_EDGES = np.array([0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 129, 192, 240, 254, 255], np.uint8)


class Mutator:
    """Makes batches of inputs from ``seeds``."""

    def __init__(self, seeds: Sequence[bytes], seed: int = 0) -> None:
        self._chance = np.random.default_rng(seed)
        self._seeds = list(seeds)
        self._kept: list[bytes] = []

    def keep(self, accepted: bytes) -> None:
        """Change this input further: it was not refused."""
        if len(self._kept) < KEPT:
            self._kept.append(accepted[:LONGEST])
        else:
            self._kept[int(self._chance.integers(KEPT))] = accepted[:LONGEST]

    def batch(self) -> list[bytes]:
        """The next ``BATCH`` inputs. One batch in sixteen is of random bytes alone."""
        chance = self._chance
        if not chance.integers(16):
            noise = chance.bytes(BATCH * 64)
            sizes = chance.integers(0, 64, BATCH).tolist()
            return [noise[64 * n : 64 * n + size] for n, size in enumerate(sizes)]
        ancestor = self._ancestor()
        size = len(ancestor)
        rows = np.tile(np.frombuffer(ancestor, np.uint8), (BATCH, 1))
        self._change(rows)
        whole = rows.tobytes()
        kinds = chance.integers(0, 8, BATCH).tolist()
        ends = np.sort(chance.integers(0, size + 1, (BATCH, 2)), axis=1).tolist()
        inputs = []
        for n, (kind, (left, right)) in enumerate(zip(kinds, ends, strict=True)):
            at = n * size
            if kind < 4:
                inputs.append(whole[at : at + size])
            elif kind == 4:
                inputs.append(whole[at : at + right])  # cut
            elif kind == 5:
                inputs.append(whole[at : at + left] + whole[at + right : at + size])  # a part taken out
            elif kind == 6:
                inputs.append(whole[at : at + right] + whole[at + left : at + size])  # a part doubled
            else:
                inputs.append(whole[at : at + size] + whole[at + left : at + right])  # bytes left over
        return inputs

    def _ancestor(self) -> bytes:
        """A seed or an input that was kept; sometimes the head of one and the tail of another."""
        known = self._seeds + self._kept
        first = known[int(self._chance.integers(len(known)))]
        if not self._chance.integers(4):
            other = known[int(self._chance.integers(len(known)))]
            first = first[: int(self._chance.integers(len(first) + 1))]
            first += other[int(self._chance.integers(len(other) + 1)) :]
        return first[:LONGEST] or b"\0"

    def _change(self, rows: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> None:
        """One to four changes in each row: another bit, a random byte, a byte at the edge of a range, a long number."""
        chance, (count, size) = self._chance, rows.shape
        row = np.arange(count)
        for _ in range(int(chance.integers(1, 5))):
            places = chance.integers(0, size, count)
            values = chance.integers(0, 256, count, np.uint8)
            kind = chance.integers(0, 3, count)
            flipped = rows[row, places] ^ np.left_shift(np.uint8(1), values & 7)
            rows[row, places] = np.where(kind == 0, flipped, np.where(kind == 1, values, _EDGES[values % len(_EDGES)]))
        if size >= 4 and not chance.integers(3):
            places = chance.integers(0, size - 3, count)[:, None] + np.arange(int(chance.choice([2, 4])))
            rows[row[:, None], places] = chance.choice([0, 255, 127, 128], count)[:, None]
