"""Speech arrives hardly changed."""

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.scored import reading, scores, uncompared
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, _: Bands) -> Measured:
    """Each stretch of speech that was compared with what was spoken."""
    readings, records, gaps = [], [], []
    for viewer, sender in span.pairs:
        of = words.seen_by("audio", sender, viewer)
        found = scores(evidence, span, viewer, sender, "speech")
        if found:
            readings.append(reading(found, "speech", of, f"{viewer}/{sender}/audio"))
            records += [each.id for each in found]
        else:
            gaps.append(uncompared(span, of))
    return Measured(tuple(readings), tuple(records), tuple(gaps))


FIGURE = Figure(
    id="Q14",
    name="speech-score",
    passing=Sentence(de="Sprache kommt kaum verändert an.", en="Speech arrives hardly changed."),
    subject=Sentence(de="Die Sprachgüte im Vergleich zum Original", en="The score of speech against the original"),
    vantage=("scores",),
    norms=("ITU-T P.800.1 (MOS-LQO)",),
    measure=measure,
)
