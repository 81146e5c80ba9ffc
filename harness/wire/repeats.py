"""What repeats in ciphertext: whole blocks, and the keystream under two frames. Linear in the number of bytes."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from harness.model.errors import WireError

BLOCK = 16  # bytes of an AES block
DISTINCT = 4  # a run of fewer different byte values is padding, or bytes that were not encrypted at all

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Positions = NDArray[np.int64]

_CHUNK = 1 << 20
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BITS = 22
_FEW = 16  # places of a frame that are looked at in a round


def repeated_blocks(frames: Sequence[bytes]) -> tuple[int, int]:
    """How many whole blocks of 16 bytes, counted from the beginning of each frame, there are, and how many of them had
    come before. Blocks of fewer than four different byte values do not count."""
    whole = [np.frombuffer(frame, np.uint8, len(frame) // BLOCK * BLOCK) for frame in frames if len(frame) >= BLOCK]
    if not whole:
        return 0, 0
    blocks = np.concatenate(whole).reshape(-1, BLOCK)
    blocks = blocks[_distinct(blocks) >= DISTINCT]
    different = np.unique(np.ascontiguousarray(blocks).view(f"V{BLOCK}")) if len(blocks) else blocks
    return len(blocks), len(blocks) - len(different)


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
    digests = texts.digest(index)
    order = np.argsort(digests, kind="stable")
    known, index = digests[order], index[order]
    seen = np.zeros(1 << _BITS, np.bool_)
    seen[known >> np.uint64(64 - _BITS)] = True
    found: dict[int, Overlap] = {}
    for begin in range(0, len(texts.words) - BLOCK // 2, _CHUNK):
        digests = texts.digest(slice(begin, begin + _CHUNK))
        places = begin + np.flatnonzero(seen[digests >> np.uint64(64 - _BITS)])
        places = texts.whole(places)
        own = digests[places - begin]
        first, last = np.searchsorted(known, own, side="left"), np.searchsorted(known, own, side="right") - 1
        for partner in (first, last):  # one of them is not the place itself
            at = np.clip(partner, 0, len(known) - 1)
            match = (known[at] == own) & (index[at] != places)
            for overlap in texts.overlaps(places[match], index[at[match]], found):
                found.setdefault(overlap.frame, overlap)
    return [found[frame] for frame in sorted(found)]


class _Keystreams:
    """The keystreams of frames laid end to end."""

    def __init__(self, sealed: Sequence[bytes], plain: Sequence[bytes]) -> None:
        self.plain: Bytes = np.frombuffer(b"".join(plain) + bytes(BLOCK), np.uint8)
        self.keystream: Bytes = np.frombuffer(b"".join(sealed) + bytes(BLOCK), np.uint8) ^ self.plain
        self.sizes: Positions = np.array([len(frame) for frame in plain], np.int64)
        self.ends: Positions = np.cumsum(self.sizes)
        self.words: Words = np.ndarray(
            (max(len(self.keystream) - 7, 0),), "<u8", self.keystream.tobytes(), strides=(1,)
        )

    def blocks(self) -> Positions:
        """Where the whole blocks of each frame begin."""
        begins = (self.ends - self.sizes).tolist()
        parts = [
            np.arange(begin, end - BLOCK + 1, BLOCK) for begin, end in zip(begins, self.ends.tolist(), strict=True)
        ]
        places: Positions = np.concatenate([*parts, np.zeros(0, np.int64)]).astype(np.int64)
        encrypted: Positions = places[self.words[places] != 0]
        return encrypted

    def whole(self, places: Positions) -> Positions:
        """Those of the places at which 16 encrypted bytes of one frame begin."""
        places = places[places + BLOCK <= self.ends[-1]]
        places = places[self.words[places] != 0]  # what was not encrypted has zeros for a keystream
        return places[places + BLOCK <= self.ends[self.frame_of(places)]]

    def frame_of(self, places: Positions) -> Positions:
        """Which frame each place is in."""
        found: Positions = np.searchsorted(self.ends, places, side="right")
        return found

    def digest(self, places: Positions | slice) -> Words:
        """64 bits of each block of 16 bytes, to find partners by."""
        first: Words = self.words[:-8][places] * _MIX
        return (first ^ (first >> np.uint64(29)) ^ self.words[8:][places]) * _MIX

    def overlaps(self, here: Positions, there: Positions, found: Container[int]) -> Iterator[Overlap]:
        """Of pairs of places those in two frames whose keystream is the same, whose plaintext is not, and which are no
        padding. A few places settle most frames: those that are ``found`` are not looked at again."""
        frames = self.frame_of(here)
        rank = (np.arange(len(frames)) - np.searchsorted(frames, frames, side="left")) // _FEW
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
    return np.asarray(1 + np.count_nonzero(np.diff(np.sort(blocks, axis=1), axis=1), axis=1), np.int64)
