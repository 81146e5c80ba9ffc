"""What the series at the glass say: delays, lip-sync, frame rates and freezes. Pure functions; times in ms."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from harness.model.observations import PicturesDrawn, PicturesShown, SoundMarks

EARLY, LATE = -300.0, 7000.0  # ms of delay in which a mark is the one that was spoken: sixteen come again after 8 s
AROUND = 1000.0  # ms around a mark in the sound in which pictures tell how late the picture is
LAST = 30  # gaps between pictures that tell what is usual (webrtc-stats, freezeCount)

Points = list[tuple[float, float]]  # (when, ms)


def picture_delays(drawn: PicturesDrawn, shown: PicturesShown) -> Points:
    """For each picture that was drawn and shown: when it was drawn, and how much later it was first shown."""
    began = dict(zip(drawn.number, drawn.at_ms, strict=True))
    delays: dict[int, tuple[float, float]] = {}
    for at, number in zip(shown.at_ms, shown.number, strict=True):
        if number in began and number not in delays:
            delays[number] = (began[number], at - began[number])
    return sorted(delays.values())


def sound_delays(spoken: SoundMarks, heard: SoundMarks) -> Points:
    """For each mark that was spoken and heard: when it was spoken, and how much later it was heard."""
    own = list(zip(spoken.at_ms, spoken.which, strict=True))
    times = [at for at, _ in own]
    found: dict[float, float] = {}
    for at, which in zip(heard.at_ms, heard.which, strict=True):
        near = own[bisect_left(times, at - LATE) : bisect_right(times, at - EARLY)]
        spoke = next((began for began, mark in reversed(near) if mark == which), None)
        if spoke is not None:
            found.setdefault(spoke, at - spoke)
    return sorted(found.items())


def lip_sync(pictures: Points, sounds: Points) -> Points:
    """How much later than the picture (median delay of the second around it) each mark in the sound came."""
    times = [at for at, _ in pictures]
    offsets = []
    for at, delay in sounds:
        near = pictures[bisect_left(times, at - AROUND / 2) : bisect_right(times, at + AROUND / 2)]
        if near:
            offsets.append((at, delay - median(late for _, late in near)))
    return offsets


def new_pictures(shown: PicturesShown) -> list[float]:
    """When a picture was shown that was not the one before it. One without a readable number counts as new."""
    times, last = [], None
    for at, number in zip(shown.at_ms, shown.number, strict=True):
        if number is None or number != last:
            times.append(at)
        last = number
    return times


def frame_rate(shown: PicturesShown, since: float, until: float) -> float:
    """New pictures a second between two moments, from the first to the last; 0 of fewer than two.

    Pictures that were composed without the page being told count, as far as the numbers leave room for them.
    """
    count = 0
    first: float | None = None
    last = since
    before: int | None = None
    untold = shown.untold or (0,) * len(shown.at_ms)
    for at, number, more in zip(shown.at_ms, shown.number, untold, strict=True):
        if since <= at < until:
            if first is None:
                first, before = at, number
                continue
            room = 1 + more if number is None or before is None else number - before
            if room > 0:
                count += min(1 + more, room)
                last = at
        before = number
    return count * 1000 / (last - first) if first is not None and last > first else 0.0


def freezes(times: Sequence[float]) -> Points:
    """Each freeze: when the last picture before it came, and for how long it stood.

    A gap is one from max(3 x mean, mean + 150 ms) of the last 30 gaps on, as webrtc-stats counts ``freezeCount``. Where
    no picture comes for so long, the gap is longer by the time that is usual between two.
    """
    found: Points = []
    gaps: list[float] = []
    for before, at in pairwise(times):
        gap = at - before
        mean = sum(gaps[-LAST:]) / len(gaps[-LAST:]) if gaps else gap
        if gap >= max(3 * mean, mean + 150):
            found.append((before, gap))
        gaps.append(gap)
    return found
