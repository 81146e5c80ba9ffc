"""A packet to the media server is answered soon."""

from statistics import median

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.counters import Counters, of_parties, quotient
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The mean of the connectivity checks' round trips in each window; where none was answered, what was last said."""
    column = "totalRoundTripTime"
    measured = of_parties(evidence, span, bands, "round-trip", "candidate-pair", ("",), column, _mean)
    if measured.records:
        return measured
    return of_parties(evidence, span, bands, "round-trip", "candidate-pair", ("",), "currentRoundTripTime", _said)


def _mean(counters: Counters, begin: float, end: float) -> float | None:
    total = counters.grown("totalRoundTripTime", begin, end)
    mean = quotient(total, counters.grown("responsesReceived", begin, end), 1000)
    return _said(counters, begin, end) if mean is None else mean


def _said(counters: Counters, begin: float, end: float) -> float | None:
    said = counters.samples("currentRoundTripTime", begin, end)
    return 1000 * median(said) if said else None


FIGURE = Figure(
    id="Q03",
    name="round-trip",
    passing=Sentence(
        de="Ein Paket zum Medienserver ist bald beantwortet.", en="A packet to the media server is answered soon."
    ),
    subject=Sentence(de="Die Umlaufzeit bis zum Medienserver", en="The round trip to the media server"),
    vantage=("stats",),
    norms=("W3C webrtc-stats",),
    measure=measure,
)
