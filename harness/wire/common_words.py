"""Which 8-byte words of a long text are in an index of words? Exact, and linear in the number of bytes.

A table of bits, one or none for the hash of each word of the index, says of nearly all words that they are not in it.
It is made so large that few bits are set, and filled piece by piece, for what costs is reaching into memory at random.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Positions = NDArray[np.int64]

WORD = 8
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))  # two ways to hash a word
_FEWEST_BITS, _MOST_BITS = 12, 27  # of the table's size as a power of two: 512 bytes to 16 MiB
_SPARSE = 16  # bits for each word of the index
_PIECE = 1 << 22  # bits of the table that are filled at a time
_CHUNK = 1 << 18  # bytes of the text that are looked at in a round; a multiple of 8
_SEVEN = np.uint8(7)


class WordFilter:
    """A set of words that knows for certain of most words that they are not in it."""

    def __init__(self, words: Words, way: int = 0) -> None:
        self._mix = _MIX[way]
        bits = min(max((_SPARSE * len(words)).bit_length(), _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint64(64 - bits)
        hashes = (words * self._mix >> self._shift).astype(np.uint32)
        hashes.sort()  # in order the table is filled from its beginning to its end
        size = 1 << bits
        piece = min(_PIECE, size)
        edges = np.searchsorted(hashes, np.arange(0, size + 1, piece, dtype=np.uint32)).tolist()
        self._table: Bytes = np.empty(size // 8, np.uint8)
        for number, (begin, end) in enumerate(pairwise(edges)):
            present = np.zeros(piece, np.bool_)
            present[hashes[begin:end] - np.uint32(number * piece)] = True
            self._table[number * piece // 8 : (number + 1) * piece // 8] = np.packbits(present, bitorder="little")

    def maybe(self, words: Words) -> Positions:
        """Where words stand that may be in the set; all others are not."""
        hashes = words * self._mix
        hashes >>= self._shift
        found = np.left_shift(np.uint8(1), hashes.astype(np.uint8) & _SEVEN)
        hashes >>= np.uint64(3)
        found &= self._table[hashes.view(np.int64)]
        return np.flatnonzero(found)


def common_words(
    text: Bytes, count: int, index: Words, phases: int = WORD, skipped: NDArray[np.bool_] | None = None
) -> Positions:
    """The offsets below ``count``, in order, at which a word of the index begins (little-endian).

    Only offsets are looked at that leave less than ``phases`` when divided by 8, and that are not ``skipped``. ``text``
    is so long that the last word is whole.
    """
    if not len(index) or count <= 0:
        return np.zeros(0, np.int64)
    known = WordFilter(index)
    found = [np.zeros(0, np.int64)]
    for begin in range(0, count, _CHUNK):
        for first in range(begin, min(begin + phases, count)):
            words = -(-(min(begin + _CHUNK, count) - first) // WORD)
            places = known.maybe(text[first : first + words * WORD].copy().view("<u8")) * WORD + first
            found.append(places if skipped is None else places[~skipped[places]])
    candidates = np.concatenate(found)
    candidates.sort()
    values = words_at(text, candidates)
    # Now in turn: of the index there is left what the candidates may hold, and of them what is left may hold.
    while True:
        index = index[WordFilter(values, 1).maybe(index)]
        kept = WordFilter(index).maybe(values)
        shrank = 2 * len(kept) < len(candidates)
        candidates, values = candidates[kept], values[kept]
        if not shrank:
            return candidates[members(values, np.sort(index))]


def words_at(text: Bytes, places: Positions) -> Words:
    """The words that begin at offsets of a text."""
    every: Words = np.ndarray((max(len(text) - WORD + 1, 0),), "<u8", text, strides=(1,))
    return every[places]


def members(values: Words, known: Words) -> NDArray[np.bool_]:
    """Which values are among the known ones, which are sorted."""
    found = np.zeros(len(values), np.bool_)
    if not len(known):
        return found
    # To look a value up in a long list costs more than to ask first whether it may be there.
    places = WordFilter(known).maybe(values) if _SPARSE * len(known) < len(values) else np.arange(len(values))
    wanted = values[places]
    nearest = known[np.minimum(np.searchsorted(known, wanted), len(known) - 1)]
    found[places[nearest == wanted]] = True
    return found
