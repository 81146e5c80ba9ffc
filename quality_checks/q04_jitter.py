"""Packets arrive evenly."""

from statistics import mean

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.counters import Counters, of_parties
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The mean of the interarrival jitter (RFC 3550, 6.4.1) in each window, of sound and picture received."""
    return of_parties(evidence, span, bands, "jitter", "inbound-rtp", ("audio", "video"), "jitter", _mean)


def _mean(counters: Counters, begin: float, end: float) -> float | None:
    said = counters.samples("jitter", begin, end)
    return 1000 * mean(said) if said else None


FIGURE = Figure(
    id="Q04",
    name="jitter",
    passing=Sentence(de="Pakete kommen gleichmäßig an.", en="Packets arrive evenly."),
    subject=Sentence(de="Die Schwankung der Ankunft (Jitter)", en="The jitter"),
    vantage=("stats",),
    norms=("W3C webrtc-stats", "RFC 3550, 6.4.1"),
    measure=measure,
)
