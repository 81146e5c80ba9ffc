"""Who joins sees the other soon."""

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.moments import moments, waits
from quality_checks.reading import Measured
from quality_checks.span import Span

MISSING = Sentence(
    de="Beitritt oder erstes Bild wurde nicht beobachtet", en="joining or the first picture was not observed"
)


def measure(evidence: Evidence, span: Span, _: Bands) -> Measured:
    """The seconds from each click on joining to the first picture."""
    measured = waits(evidence, span, "first-picture", "join-clicked", "first-picture", MISSING)
    never = [party for party in span.call.seen.parties if not moments(evidence, span, party, "join-clicked")]
    named = {gap.en for gap in measured.gaps}
    gaps = [gap for gap in (_gap(span, party) for party in never) if gap.en not in named]
    return Measured(measured.readings, measured.records, (*measured.gaps, *gaps))


def _gap(span: Span, party: str) -> Sentence:
    who = words.party(party)
    return Sentence(
        de=f"{MISSING.de} (bei {who.de}, Gespräch {span.name})", en=f"{MISSING.en} ({who.en}, call {span.name})"
    )


FIGURE = Figure(
    id="Q17",
    name="join-to-first-picture",
    passing=Sentence(de="Wer beitritt, sieht bald die Gegenseite.", en="Who joins sees the other soon."),
    subject=Sentence(de="Die Zeit vom Beitritt bis zum ersten Bild", en="The time from joining to the first picture"),
    vantage=("glass",),
    norms=(),
    measure=measure,
)
