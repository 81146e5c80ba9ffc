"""Does what a server holds share bytes with what the encoder made? Linear in the number of bytes, exact in its answer.

Any common run of ``run`` bytes contains 8-byte words at ``run - 7`` offsets. Of the encoder's frames some are indexed,
of the server's some are looked up, so chosen that in a common run there is one that is both; and only around words
that both sides have are whole runs compared.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from harness.model.errors import WireError
from harness.wire.common_words import WORD, Positions, Words, common_words, members

DISTINCT = 4  # a run of fewer different byte values is padding, and common to any two streams
_HALF = WORD // 2
_CHUNK = 1 << 18
_MIX = np.uint64(0x9E3779B97F4A7C15)


class _Text:
    """Frames laid end to end: bytes, the word at every offset (a view, no copy) and where each frame ends."""

    def __init__(self, frames: Sequence[bytes]) -> None:
        joined = b"".join(frames) + bytes(WORD)
        self.bytes: NDArray[np.uint8] = np.frombuffer(joined, np.uint8)
        self.words: Words = np.ndarray((max(len(joined) - 2 * WORD + 1, 0),), "<u8", joined, strides=(1,))
        self.sizes: Positions = np.array([len(frame) for frame in frames], np.int64)
        self.ends: Positions = np.cumsum(self.sizes)

    def frame_of(self, positions: Positions) -> Positions:
        return np.searchsorted(self.ends, positions, side="right")

    def runs_around(self, words: Positions, run: int) -> Positions:
        """Where runs begin that hold one of the given words, whole inside its frame."""
        # A run that holds a word begins at it or up to run - 8 bytes before: how many such stretches cover each place?
        count = len(self.bytes) + 1
        begun = np.bincount(np.maximum(words - (run - WORD), 0), minlength=count)
        covering = np.cumsum(begun - np.bincount(words + 1, minlength=count))
        starts: Positions = np.flatnonzero(covering)
        return starts[starts + run <= self.ends[self.frame_of(starts)]]


def clear_frames(server: Sequence[bytes], encoder: Sequence[bytes], run: int = 16, clear_prefix: int = 0) -> list[bool]:
    """For each server frame: does it share a run of at least ``run`` bytes with any encoder frame?

    The first ``clear_prefix`` bytes of a server frame are declared clear and not looked at. A frame (or rest of one)
    that equals an encoder's counts whatever its length; an empty one never does. Runs with fewer than four different
    byte values are padding and do not count. Raises ``WireError`` for a run below 8 bytes or a negative prefix.
    """
    if run < WORD or clear_prefix < 0:
        raise WireError(f"overlap: runs need at least {WORD} bytes and the clear prefix none below 0")
    rests = [frame[clear_prefix:] for frame in server]
    whole = {frame[clear_prefix:] for frame in encoder}
    clear = np.array([bool(rest) and rest in whole for rest in rests], np.bool_)
    asked = [index for index, rest in enumerate(rests) if len(rest) >= run and not clear[index]]
    if asked and encoder:
        clear[asked] = _shares_run(_Text([rests[index] for index in asked]), _Text(encoder), run)
    return [bool(answer) for answer in clear]


def _shares_run(server: _Text, encoder: _Text, run: int) -> NDArray[np.bool_]:
    clear = np.zeros(len(server.sizes), np.bool_)
    step, phases = _steps(run)
    index = np.ascontiguousarray(encoder.words[::step])
    common = common_words(server.bytes, len(server.words), index, phases)
    if not len(common):
        return clear
    # Two rounds: a few words of each frame settle most clear frames, so that the second seldom has much to do.
    frames = server.frame_of(common)
    first_of_frame = np.searchsorted(frames, frames)
    few = np.arange(len(common)) - first_of_frame < 4
    for chosen in (few, ~few):
        chosen &= ~clear[frames]
        words = common[chosen]
        partners = step * np.flatnonzero(members(index, np.sort(server.words[words])))
        ours, theirs = server.runs_around(words, run), encoder.runs_around(partners, run)
        equal = _equal_runs(server, ours, encoder, theirs, run)
        clear[server.frame_of(equal)] = True
    return clear


def _steps(run: int) -> tuple[int, int]:
    """How far the encoder's indexed words lie apart, and at how many of 8 offsets the server's are looked up."""
    if run >= 2 * WORD - 1:
        # A run then holds a word for each of the 8 ways in which it can lie. Both sides do half of the work: of two
        # words 4 bytes apart that the index has, the server's lie once at an offset of 0 to 3, modulo 8.
        return _HALF, _HALF
    return run - WORD + 1, WORD


def _equal_runs(server: _Text, ours: Positions, encoder: _Text, theirs: Positions, run: int) -> Positions:
    """Those of our run starts whose bytes are also a run of theirs and are not padding."""
    ours, theirs = ours[~_constant(server, ours, run)], theirs[~_constant(encoder, theirs, run)]
    if not len(ours) or not len(theirs):
        return ours[:0]
    digests = _digest(encoder, theirs, run)
    order = np.argsort(digests)
    mine = _digest(server, ours, run)
    place = np.minimum(np.searchsorted(digests, mine, sorter=order), len(order) - 1)
    partner = order[place]
    same = digests[partner] == mine
    ours, matched = ours[same], theirs[partner[same]]
    keep = [ours[:0]]
    at_once = max(_CHUNK // run, 1)
    for begin in range(0, len(ours), at_once):
        part = slice(begin, begin + at_once)
        left = server.bytes[ours[part, None] + np.arange(run)]
        right = encoder.bytes[matched[part, None] + np.arange(run)]
        distinct = 1 + np.count_nonzero(np.diff(np.sort(left)), axis=1)
        keep.append(ours[part][(left == right).all(axis=1) & (distinct >= DISTINCT)])
    return np.concatenate(keep)


def _word_offsets(run: int) -> list[int]:
    """Where words lie that cover a run."""
    return [*range(0, run - WORD, WORD), run - WORD]


def _constant(text: _Text, starts: Positions, run: int) -> NDArray[np.bool_]:
    """Which runs are one byte repeated: the usual padding, of which there may be too much to look at each byte."""
    first = text.words[starts]
    constant = np.equal(first << np.uint64(8) | first >> np.uint64(56), first)
    for offset in _word_offsets(run):
        constant &= np.equal(text.words[starts + offset], first)
    return constant


def _digest(text: _Text, starts: Positions, run: int) -> Words:
    """A 64-bit digest of each run, to find partners by; what it finds is compared byte by byte."""
    digest: Words = np.zeros(len(starts), np.uint64)
    for offset in _word_offsets(run):
        digest = (digest ^ text.words[starts + offset]) * _MIX
        digest ^= digest >> np.uint64(29)
    return digest
