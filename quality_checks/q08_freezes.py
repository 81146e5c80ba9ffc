"""The picture hardly ever stands still."""

from itertools import pairwise
from statistics import median

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.freezes import freezes, overlap
from quality_checks.pictures import UNREADABLE, Pictures, doubted, pictures_of, windowed
from quality_checks.reading import Measured, Reading
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The share of time in which a picture stood; the same picture again is a picture that stands."""
    streams, gaps = pictures_of(evidence, span, bands)
    return Measured(
        readings=tuple(_reading(stream, bands) for stream in streams),
        records=tuple(record for stream in streams for record in stream.records),
        gaps=tuple(gaps),
    )


def frozen_spans(stream: Pictures) -> list[tuple[float, float]]:
    """From when to when the picture stood, over the whole call; a freeze before its measured time is left out."""
    pictures = list(doubted(stream.shown))
    stood = _camera_stood(stream)
    times = [picture.at for picture, _ in pictures]
    doubt = [max(less, stood.get(picture.number, 0.0)) for picture, less in pictures]
    return [(begin, end) for begin, end in freezes(times, stream.end, doubt) if end > stream.begin]


def _camera_stood(stream: Pictures) -> dict[int | None, float]:
    """For pictures that came late because the bench's camera gave them late: by how much (ms).

    Only where the picture before it was shown, too: whatever else is missing is the call's.
    """
    gaps = [then - one for (one, _), (then, _) in pairwise(stream.drawn)]
    usual = median(gaps) if gaps else 0.0
    late = {number: gap - usual for gap, (_, number) in zip(gaps, stream.drawn[1:], strict=True) if gap > 2 * usual}
    before = {number: earlier for (_, earlier), (_, number) in pairwise(stream.drawn)}
    shown = {picture.number for picture in stream.shown}
    return {number: less for number, less in late.items() if before[number] in shown}


def _reading(stream: Pictures, bands: Bands) -> Reading:
    spans = frozen_spans(stream)
    longest = max((end - begin for begin, end in spans), default=0.0)
    lasted = words.amount(longest / 1000, "s")
    often = len(spans)
    note = Sentence(
        de=f"{often} {'Standbild' if often == 1 else 'Standbilder'}, das längste {lasted.de}",
        en=f"{often} {'freeze' if often == 1 else 'freezes'}, the longest {lasted.en}",
    )
    return Reading(
        band="frozen",
        of=stream.of,
        windows=windowed(stream, bands, lambda _, begin, end: overlap(spans, begin, end) / (end - begin)),
        whole=overlap(spans, stream.begin, stream.end) / (stream.end - stream.begin),
        why=UNREADABLE,
        figures={"freezes": float(often), "longest_ms": longest},
        note=note if often else None,
        key=stream.key,
    )


FIGURE = Figure(
    id="Q08",
    name="freezes",
    passing=Sentence(de="Das Bild bleibt so gut wie nie stehen.", en="The picture hardly ever stands still."),
    subject=Sentence(de="Der Anteil der Zeit mit stehendem Bild", en="The share of time with a frozen picture"),
    vantage=("glass",),
    norms=("W3C webrtc-stats, freezeCount",),
    measure=measure,
)
