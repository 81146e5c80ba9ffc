"""Counting the same frames at three places: into a transform, out of it, and at the media server."""

import bisect
import hashlib
import itertools
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from crypto_checks.streams import Stream
from harness.wire.frames import Frame

T = TypeVar("T", bound=Hashable)
TOLERANCE = 2  # frames on their way at either end of the window (our own threshold)
ON_THE_WAY = 0.05  # share of frames that may never arrive, and
AT_LEAST = 10  # so many in a short stream (our own thresholds): a browser's pacer throws queued frames away when a key
# frame comes, after the transform and without a gap in the sequence numbers, and networks lose some; none of it is read
_WITHIN = 1.0  # seconds a frame may spend in the transform: tells connections apart whose timestamps overlap
_WRAP = 1 << 32  # RTP timestamps are unsigned 32-bit numbers (RFC 3550, section 5.1)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many frames of one window went into a transform, came out of it, and were held by the media server."""

    taken: int
    given: int
    server: int

    def match(self, lost: int = 0) -> bool:
        """Out: whether the transform gave what it took, and the server holds that: nothing more, and hardly less."""
        return self._agree(sent=self.given, arrived=self.server, lost=lost)

    def match_back(self) -> bool:
        """Back: whether the transform took what the server held, nothing more, hardly less, and gave what it took."""
        return self._agree(sent=self.server, arrived=self.taken, lost=0)

    def _agree(self, sent: int, arrived: int, lost: int) -> bool:
        if min(self.taken, self.given, self.server) <= 0 or abs(self.taken - self.given) > TOLERANCE:
            return False
        return -lost - max(AT_LEAST, int(ON_THE_WAY * sent)) <= arrived - sent <= TOLERANCE


def way_out(stream: Stream, before: Sequence[Frame], after: Sequence[Frame]) -> Counts:
    """Counts between the first and the last server frame that left the sender's transform, matched by their bytes.

    The early part of a stream is E03's: until the encryption is there, a transform rightly drops what it takes.
    """
    place = _once([frame.data for frame in after])
    steady = list(enumerate(stream.frames))[stream.early :]
    matched = [(index, place[frame.data]) for index, frame in steady if frame.data in place]
    if not matched:
        return Counts(taken=len(before), given=len(after), server=0)
    held = matched[-1][0] - matched[0][0] + 1
    first, last = min(out for _, out in matched), max(out for _, out in matched)
    begin, length = after[first].timestamp, (after[last].timestamp - after[first].timestamp) % _WRAP
    since, until = after[first].at - _WITHIN, after[last].at
    taken = sum(
        1
        for frame in before
        if (frame.timestamp - begin) % _WRAP <= length and (frame.at == 0.0 or since <= frame.at <= until)
    )
    return Counts(taken=taken, given=last - first + 1, server=held)


def _once(frames: Sequence[T]) -> dict[T, int]:
    """Where each frame stands that is there only once: silence in the clear is the same frame again and again."""
    often = Counter(frames)
    return {frame: index for index, frame in enumerate(frames) if often[frame] == 1}


def way_back(
    stream: Stream, before: Sequence[str], after: Sequence[int], interruptions: int, others: Sequence[Stream] = ()
) -> list[Counts]:
    """Counts from the first frame that left the receiver's transform to the last that the server is known to hold.

    ``before`` and ``after`` are the columns of ``ReceiverFrames``. A receiver that connected again missed what the
    server held meanwhile: the window is cut at as many of the widest holes as there were ``interruptions``.
    ``others`` are the sender's other connections: speech in the clear that says the same again makes the same frames
    again, and a frame that is known from two places says nothing of either.
    """
    elsewhere = {_digest(frame) for other in others if other is not stream for frame in other.frames}
    digests = [_digest(frame) for frame in stream.frames]
    here = _once(digests)
    seen = _once(before)
    place = {digest: index for digest, index in here.items() if digest in seen and digest not in elsewhere}
    left = {index for index in after if 0 <= index < len(before)}
    known = [index for index, digest in enumerate(before) if digest in place]
    arrived = _rising(known, [place.get(digest, 0) for digest in before])
    return [
        _session([(index, place[before[index]]) for index in session], left, before, digests)
        for session in _sessions(arrived, [place[before[index]] for index in arrived], interruptions)
    ]


def _digest(frame: Frame) -> str:
    return hashlib.sha256(frame.data).digest()[:8].hex()


def _rising(arrived: list[int], held: Sequence[int]) -> list[int]:
    """The longest part of what arrived that stands in the server's order: a transform is given frames in order."""
    tails: list[int] = []  # tails[n] is the lowest server place on which a rising part of n + 1 frames can end
    ends: list[int] = []
    before: dict[int, int] = {}
    for index in arrived:
        at = bisect.bisect_left(tails, held[index])
        tails[at : at + 1] = [held[index]]
        ends[at : at + 1] = [index]
        if at:
            before[index] = ends[at - 1]
    part = ends[-1:]
    while part and part[-1] in before:
        part.append(before[part[-1]])
    return part[::-1]


def _sessions(arrived: list[int], held: list[int], interruptions: int) -> list[list[int]]:
    holes = [(held[at] - held[at - 1] - 1, at) for at in range(1, len(held))]
    widest = sorted(((hole, at) for hole, at in holes if hole > 0), reverse=True)[:interruptions]
    cuts = [0, *sorted(at for _, at in widest), len(arrived)]
    return [arrived[begin:end] for begin, end in itertools.pairwise(cuts) if end > begin]


def _session(arrived: list[tuple[int, int]], left: set[int], before: Sequence[str], digests: Sequence[str]) -> Counts:
    opened = [pair for pair in arrived if pair[0] in left]
    if not opened:
        return Counts(taken=len(arrived), given=0, server=len(arrived))
    (first, held_first), (last, held_last) = opened[0], arrived[-1]
    if sum(1 for index, _ in arrived if index > opened[-1][0]) <= AT_LEAST:
        # Who has hung up has given its keys away: what was still on its way to the others is rightly refused.
        last, held_last = opened[-1]
    # Each frame once: a browser that lost packets may hand one to the transform twice, which rightly refuses it then.
    taken = len(set(before[first : last + 1]))
    given = len({before[index] for index in left if first <= index <= last})
    return Counts(taken=taken, given=given, server=len(set(digests[held_first : held_last + 1])))
