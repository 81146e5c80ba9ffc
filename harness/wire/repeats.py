"""What repeats in ciphertext: whole blocks, and the keystream under two frames. Linear in the number of bytes."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from harness.model.errors import WireError
from harness.wire.common_words import WORD, Bytes, Positions, Words, common_words, members

BLOCK = 16  # bytes of an AES block
DISTINCT = 4  # a run of fewer different byte values is padding, or bytes that were not encrypted at all

_CHUNK = 1 << 20
_MIX = np.uint64(0x9E3779B97F4A7C15)
_HALF = WORD // 2
_FEW = 16  # places of a frame that are looked at in a round


def repeated_blocks(frames: Sequence[bytes]) -> tuple[int, int]:
    """How many whole blocks of 16 bytes, counted from the beginning of each frame, there are, and how many of them had
    come before. Blocks of fewer than four different byte values do not count."""
    whole = [np.frombuffer(frame, np.uint8, len(frame) // BLOCK * BLOCK) for frame in frames if len(frame) >= BLOCK]
    if not whole:
        return 0, 0
    blocks = np.concatenate(whole).reshape(-1, BLOCK)
    padding = _padding(blocks)
    if padding.any():
        blocks = blocks[~padding]
    digests = _block_digest(*blocks.view("<u8").T)
    in_order = np.sort(digests)
    twice = in_order[1:][in_order[1:] == in_order[:-1]]
    if not len(twice):
        return len(blocks), 0
    alike = blocks[members(digests, twice)]  # the others have a digest of their own, so they are different
    different = np.unique(np.ascontiguousarray(alike).view(f"V{BLOCK}"))
    return len(blocks), len(alike) - len(different)


def _padding(blocks: Bytes) -> NDArray[np.bool_]:
    """Which blocks have fewer than four different byte values. Of these, two of the first four bytes must agree."""
    maybe = np.zeros(len(blocks), np.bool_)
    columns = [np.ascontiguousarray(blocks[:, number]) for number in range(DISTINCT)]
    for one, other in combinations(columns, 2):
        maybe |= one == other
    places = np.flatnonzero(maybe)
    maybe[places] = _distinct(blocks[places]) < DISTINCT
    return maybe


def _block_digest(first: Words, second: Words) -> Words:
    """64 bits of each block of 16 bytes, to find partners by."""
    mixed = first * _MIX
    return (mixed ^ (mixed >> np.uint64(29)) ^ second) * _MIX


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two frames (by index) of which one is encrypted with keystream of the other, ``shift`` bytes further on there."""

    frame: int
    other: int
    shift: int


def keystream_overlaps(sealed: Sequence[bytes], plain: Sequence[bytes]) -> list[Overlap]:
    """For each frame one other whose keystream it shares for 16 bytes or more, where what was encrypted differs.

    ``sealed[i]`` is the ciphertext of ``plain[i]``, byte by byte; their XOR is the keystream. A common run that begins
    anywhere is found when it holds one of the blocks that lie 16 bytes apart in the other frame (31 bytes always do).
    Equal ciphertext of equal plaintext is no such pair: that is a block mode's. Raises ``WireError`` for frames of
    other lengths than their plaintexts.
    """
    if [len(frame) for frame in sealed] != [len(frame) for frame in plain]:
        raise WireError("keystream: ciphertext and plaintext have different lengths")
    texts = _Keystreams(sealed, plain)
    index = texts.blocks()
    if not len(index):
        return []
    places = texts.places(index)
    if not len(places):
        return []
    own = texts.digest(places)
    digests = texts.digest(index)
    known = members(digests, np.sort(own))
    digests, index = digests[known], index[known]
    if not len(index):
        return []
    order = np.argsort(digests, kind="stable")
    digests, index = digests[order], index[order]
    found: dict[int, Overlap] = {}
    edges = np.searchsorted(places, np.arange(0, len(texts.words) + _CHUNK, _CHUNK)).tolist()
    for begin, end in pairwise(edges):
        here, wanted = places[begin:end], own[begin:end]
        first, last = np.searchsorted(digests, wanted), np.searchsorted(digests, wanted, side="right") - 1
        for partner in (first, last):  # one of them is not the place itself
            at = np.clip(partner, 0, len(digests) - 1)
            match = (digests[at] == wanted) & (index[at] != here)
            for overlap in texts.overlaps(here[match], index[at[match]], found):
                found.setdefault(overlap.frame, overlap)
    return [found[frame] for frame in sorted(found)]


class _Keystreams:
    """The keystreams of frames laid end to end."""

    def __init__(self, sealed: Sequence[bytes], plain: Sequence[bytes]) -> None:
        self.plain: Bytes = np.frombuffer(b"".join(plain) + bytes(BLOCK), np.uint8)
        self.keystream: Bytes = np.frombuffer(b"".join(sealed) + bytes(BLOCK), np.uint8) ^ self.plain
        self.sizes: Positions = np.array([len(frame) for frame in plain], np.int64)
        self.ends: Positions = np.cumsum(self.sizes)
        self.words: Words = np.ndarray((max(len(self.keystream) - 7, 0),), "<u8", self.keystream, strides=(1,))

    def blocks(self) -> Positions:
        """Where the whole blocks of each frame begin."""
        counts = self.sizes // BLOCK
        before = np.cumsum(counts) - counts  # blocks of earlier frames
        places: Positions = np.repeat(self.ends - self.sizes - BLOCK * before, counts)
        places += BLOCK * np.arange(len(places))
        encrypted: Positions = places[self.words[places] != 0]
        return encrypted

    def places(self, index: Positions) -> Positions:
        """Where blocks may begin that are one of the given ones, at any offset.

        Each of them is indexed by two words, 4 bytes apart: wherever it is met, one of the two lies at an offset of 0
        to 3, modulo 8, and only there words are looked up. The indexed words themselves, which would all find
        themselves, are looked at apart: there must be two that are the same.
        """
        indexed = np.concatenate([index, index + _HALF])
        words = self.words[indexed]
        own = np.zeros(len(self.words), np.bool_)
        own[indexed] = True
        met = [common_words(self.keystream, len(self.words), words, _HALF, own)]
        in_order = np.sort(words)
        twice = in_order[1:][in_order[1:] == in_order[:-1]]
        met.append(indexed[members(words, twice)])
        places = np.concatenate(met)
        return self.whole(np.unique(np.concatenate([places, places[places >= _HALF] - _HALF])))

    def whole(self, places: Positions) -> Positions:
        """Those of the places at which 16 encrypted bytes of one frame begin."""
        places = places[places + BLOCK <= self.ends[-1]]
        places = places[self.words[places] != 0]  # what was not encrypted has zeros for a keystream
        return places[places + BLOCK <= self.ends[self.frame_of(places)]]

    def frame_of(self, places: Positions) -> Positions:
        """Which frame each place is in."""
        found: Positions = np.searchsorted(self.ends, places, side="right")
        return found

    def digest(self, places: Positions) -> Words:
        """The digests of the blocks that begin there."""
        return _block_digest(self.words[places], self.words[places + WORD])

    def overlaps(self, here: Positions, there: Positions, found: Container[int]) -> Iterator[Overlap]:
        """Of pairs of places those in two frames whose keystream is the same, whose plaintext is not, and which are no
        padding. A few places settle most frames: those that are ``found`` are not looked at again."""
        frames = self.frame_of(here)
        rank = (np.arange(len(frames)) - np.searchsorted(frames, frames)) // _FEW
        # Sorted once, so that a frame that needs many rounds does not make each of them look at all places again.
        rounds = np.argsort(rank, kind="stable")
        borders = np.searchsorted(rank[rounds], np.arange(int(rank.max(initial=-1)) + 2)).tolist()
        for begin, end in pairwise(borders):
            chosen = rounds[begin:end]
            open_ = [frame not in found for frame in frames[chosen].tolist()]
            chosen = chosen[np.array(open_, np.bool_)]
            if not len(chosen):
                continue
            ours, theirs = here[chosen, None] + np.arange(BLOCK), there[chosen, None] + np.arange(BLOCK)
            same = (self.keystream[ours] == self.keystream[theirs]).all(axis=1)
            same &= (self.plain[ours] != self.plain[theirs]).any(axis=1)
            same &= frames[chosen] != self.frame_of(there[chosen])
            same &= _distinct(self.keystream[ours]) >= DISTINCT
            for at in chosen[same].tolist():
                yield self.overlap(int(here[at]), int(there[at]))

    def overlap(self, here: int, there: int) -> Overlap:
        """The pair of frames of two places."""
        frame, other = (int(each) for each in self.frame_of(np.array([here, there], np.int64)))
        offset = here - int(self.ends[frame] - self.sizes[frame])
        other_offset = there - int(self.ends[other] - self.sizes[other])
        return Overlap(frame, other, other_offset - offset)


def _distinct(blocks: Bytes) -> Positions:
    """How many different byte values each row has."""
    return np.asarray(1 + np.count_nonzero(np.diff(np.sort(blocks)), axis=1), np.int64)
