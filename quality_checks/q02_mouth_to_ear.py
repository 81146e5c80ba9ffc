"""Speech reaches the other's ear soon after it was spoken."""

from statistics import median

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.reading import Measured, Reading, Window
from quality_checks.sounds import FEW, Sounds, sounds_of
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The median delay of each window and of the call, for everybody's sound at everybody."""
    streams, gaps = sounds_of(evidence, span, bands)
    return Measured(
        readings=tuple(_reading(stream, bands) for stream in streams),
        records=tuple(record for stream in streams for record in stream.records),
        gaps=tuple(gaps),
    )


def delay(stream: Sounds, begin: float, end: float, bands: Bands) -> float | None:
    """The median delay of the marks heard between two moments; None where they are too few."""
    delays = [late for _, late in stream.within(begin, end)]
    return median(delays) if len(delays) >= bands.measuring.least_marks else None


def _reading(stream: Sounds, bands: Bands) -> Reading:
    heard = stream.within(stream.begin, stream.end)
    return Reading(
        band="mouth-delay",
        of=stream.of,
        windows=tuple(Window(begin, end, delay(stream, begin, end, bands)) for begin, end in stream.windows(bands)),
        whole=median(late for _, late in heard) if heard else None,
        why=FEW,
        figures={"marks_heard": float(len(heard)), "marks_spoken": float(stream.spoken)},
        key=stream.key,
    )


FIGURE = Figure(
    id="Q02",
    name="mouth-to-ear-delay",
    passing=Sentence(
        de="Sprache ist bald nach dem Sprechen am Ohr der Gegenseite.",
        en="Speech reaches the other's ear soon after it was spoken.",
    ),
    subject=Sentence(de="Die Verzögerung von Mund zu Ohr", en="The delay from mouth to ear"),
    vantage=("glass",),
    norms=("ITU-T G.114",),
    measure=measure,
)
