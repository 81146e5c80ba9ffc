"""Sound and picture wait only shortly in the receiver's buffer."""

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.counters import Counters, of_parties, quotient
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The mean time that samples and frames, which left the buffer in a window, had been in it."""
    media, column = ("audio", "video"), "jitterBufferDelay"
    return of_parties(evidence, span, bands, "jitter-buffer", "inbound-rtp", media, column, _mean)


def _mean(counters: Counters, begin: float, end: float) -> float | None:
    waited = counters.grown("jitterBufferDelay", begin, end)
    return quotient(waited, counters.grown("jitterBufferEmittedCount", begin, end), 1000)


FIGURE = Figure(
    id="Q06",
    name="jitter-buffer",
    passing=Sentence(
        de="Ton und Bild warten nur kurz im Puffer des Empfängers.",
        en="Sound and picture wait only shortly in the receiver's buffer.",
    ),
    subject=Sentence(de="Die Wartezeit im Puffer des Empfängers", en="The time in the receiver's buffer"),
    vantage=("stats",),
    norms=("W3C webrtc-stats",),
    measure=measure,
)
