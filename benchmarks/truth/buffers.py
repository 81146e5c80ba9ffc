"""How long media were on their way, and how much of that they waited in the receiver's buffer, as its browser says.

That buffer drifts by tens of milliseconds from call to call, also where nothing is done to the network: it holds sound
and picture back so that they run smoothly and in step. What is measured at glass and ear includes it, as it should;
without it, it is seen what the network itself added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

from harness.model.evidence import Evidence
from quality_checks.counters import Counters, quotient, series_of
from quality_checks.span import Span, pieces

WINDOW = 5.0  # s


@dataclass(frozen=True, slots=True)
class Buffer:
    """The receiver's buffer of one medium at one person."""

    counters: Counters | None

    def held(self, begin: float, end: float) -> float | None:
        """The mean time (ms) that what left it between two moments had waited (W3C webrtc-stats, jitterBufferDelay)."""
        if self.counters is None:
            return None
        waited = self.counters.grown("jitterBufferDelay", begin, end)
        return quotient(waited, self.counters.grown("jitterBufferEmittedCount", begin, end), 1000)


@dataclass(frozen=True, slots=True)
class Way:
    """Medians over windows, in ms: of the whole way, of its part in the buffer, and of the way without that part."""

    whole: float | None
    buffer: float | None
    rest: float | None


def buffer_of(evidence: Evidence, span: Span, viewer: str, media: Literal["audio", "video"]) -> Buffer:
    """The buffer of the stream of which most left it."""
    found = [Counters(each.seen) for each in series_of(evidence, span, viewer, "inbound-rtp", media)]
    most = max(
        found, key=lambda each: each.grown("jitterBufferEmittedCount", span.begin, span.end) or 0.0, default=None
    )
    return Buffer(most)


def way_of(delays: list[tuple[float, float]], buffer: Buffer, begin: float, end: float) -> Way:
    """``delays`` are moments of arrival, with how long each was on its way (ms)."""
    windows = list(_windows(delays, buffer, begin, end))
    return Way(
        whole=_middle([late for late, _ in windows]),
        buffer=_middle([held for _, held in windows if held is not None]),
        rest=_middle([late - held for late, held in windows if held is not None]),
    )


def _windows(
    delays: list[tuple[float, float]], buffer: Buffer, begin: float, end: float
) -> Iterator[tuple[float, float | None]]:
    for first, last in pieces(begin, end, WINDOW):
        inside = [delay for at, delay in delays if first <= at < last]
        if inside:
            yield median(inside), buffer.held(first, last)


def _middle(values: list[float]) -> float | None:
    return round(median(values), 2) if values else None
