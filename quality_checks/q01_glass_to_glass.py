"""Pictures reach the other's screen soon after the camera drew them."""

from statistics import median, quantiles

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.delays import glass_delays
from quality_checks.figure import Figure
from quality_checks.pictures import UNREADABLE, Pictures, pictures_of
from quality_checks.reading import Measured, Reading, Window
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The median delay of each window and of the call, for everybody's picture at everybody."""
    streams, gaps = pictures_of(evidence, span, bands)
    return Measured(
        readings=tuple(_reading(stream, bands) for stream in streams),
        records=tuple(record for stream in streams for record in stream.records),
        gaps=tuple(gaps),
    )


def _reading(stream: Pictures, bands: Bands) -> Reading:
    least = bands.measuring.least_pictures
    windows = tuple(Window(begin, end, _median(stream, begin, end, least)) for begin, end in stream.windows(bands))
    delays = [delay for _, delay in glass_delays(stream, stream.begin, stream.end)]
    late = quantiles(delays, n=20)[-1] if len(delays) > 1 else None
    return Reading(
        band="glass-delay",
        of=stream.of,
        windows=windows,
        whole=median(delays) if delays else None,
        why=UNREADABLE,
        figures={} if late is None else {"p95": late},
        key=stream.key,
    )


def _median(stream: Pictures, begin: float, end: float, least: int) -> float | None:
    delays = [delay for _, delay in glass_delays(stream, begin, end)]
    return median(delays) if len(delays) >= least else None


FIGURE = Figure(
    id="Q01",
    name="glass-to-glass-delay",
    passing=Sentence(
        de="Bilder sind bald nach der Aufnahme auf dem Bildschirm der Gegenseite.",
        en="Pictures reach the other's screen soon after the camera drew them.",
    ),
    subject=Sentence(de="Die Verzögerung von Kamera zu Bildschirm", en="The delay from camera to screen"),
    vantage=("glass",),
    norms=("ITU-T G.114",),
    measure=measure,
)
