"""Hardly any of the speech heard was made up by the receiver."""

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.counters import Counters, of_parties, quotient
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, bands: Bands) -> Measured:
    """The share of samples that the receiver invented, without those in which it let there be silence."""
    return of_parties(evidence, span, bands, "concealment", "inbound-rtp", ("audio",), "concealedSamples", _share)


def _share(counters: Counters, begin: float, end: float) -> float | None:
    made_up, silent = (counters.grown(name, begin, end) for name in ("concealedSamples", "silentConcealedSamples"))
    if made_up is None or silent is None:
        return None
    return quotient(max(0.0, made_up - silent), counters.grown("totalSamplesReceived", begin, end))


FIGURE = Figure(
    id="Q07",
    name="concealment",
    passing=Sentence(
        de="Von der gehörten Sprache hat der Empfänger kaum etwas erfunden.",
        en="Hardly any of the speech heard was made up by the receiver.",
    ),
    subject=Sentence(de="Der Anteil der ersetzten Sprache", en="The share of speech that was made up"),
    vantage=("stats",),
    norms=("W3C webrtc-stats",),
    measure=measure,
)
