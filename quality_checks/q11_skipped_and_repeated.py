"""Nearly every picture of the camera is shown, and shown once."""

from bisect import bisect_left
from itertools import pairwise

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.pictures import UNREADABLE, Pictures, composed, pictures_of, windowed
from quality_checks.reading import Measured, Reading
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """By the numbers in the pictures: how many are missing between those shown, and how many came again."""
    streams, gaps = pictures_of(evidence, span, bands)
    readings = []
    for stream in streams:
        numbers = sorted({number for _, number in stream.drawn})
        readings += [_skipped(stream, numbers, bands), _repeated(stream, bands)]
    records = tuple(record for stream in streams for record in stream.records)
    return Measured(tuple(readings), records, tuple(gaps))


def skipped(stream: Pictures, numbers: list[int], begin: float, end: float) -> float:
    """The share of the pictures drawn between those shown that was not; unreadable and untold ones count as shown."""
    shown = stream.within(begin, end)
    seen = {picture.number for picture in shown if picture.number is not None}
    if not seen:
        return 0.0 if shown else 1.0
    due = bisect_left(numbers, max(seen) + 1) - bisect_left(numbers, min(seen))
    return max(0, due - max(len(seen), composed(shown))) / due if due else 0.0


def repeated(stream: Pictures, begin: float, end: float) -> float:
    """The share of the pictures shown that was the same as the one before."""
    shown = [picture.number for picture in stream.within(begin, end) if picture.number is not None]
    again = sum(one == then for one, then in pairwise(shown))
    return again / len(shown) if shown else 0.0


def _skipped(stream: Pictures, numbers: list[int], bands: Bands) -> Reading:
    return Reading(
        band="skipped",
        of=Sentence(de=f"ausgelassen: {stream.of.de}", en=f"left out: {stream.of.en}"),
        windows=windowed(stream, bands, lambda _, begin, end: skipped(stream, numbers, begin, end)),
        whole=skipped(stream, numbers, stream.begin, stream.end),
        why=UNREADABLE,
        key=f"{stream.key}/skipped",
    )


def _repeated(stream: Pictures, bands: Bands) -> Reading:
    return Reading(
        band="repeated",
        of=Sentence(de=f"wiederholt: {stream.of.de}", en=f"repeated: {stream.of.en}"),
        windows=windowed(stream, bands, repeated),
        whole=repeated(stream, stream.begin, stream.end),
        why=UNREADABLE,
        key=f"{stream.key}/repeated",
    )


FIGURE = Figure(
    id="Q11",
    name="skipped-and-repeated-pictures",
    passing=Sentence(
        de="Fast jedes Bild der Kamera wird gezeigt, und zwar einmal.",
        en="Nearly every picture of the camera is shown, and shown once.",
    ),
    subject=Sentence(
        de="Der Anteil der ausgelassenen oder wiederholten Bilder", en="The share of pictures left out or repeated"
    ),
    vantage=("glass",),
    norms=("EN 301 549, clause 6.5.3",),
    measure=measure,
)
