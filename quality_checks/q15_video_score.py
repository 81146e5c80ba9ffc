"""Pictures arrive hardly changed."""

from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.scored import reading, scores, uncompared
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, _: Bands) -> Measured:
    """VMAF of the pictures that were compared; SSIM where there is none."""
    readings, records, gaps = [], [], []
    for viewer, sender in span.pairs:
        of = words.seen_by("video", sender, viewer)
        vmaf = scores(evidence, span, viewer, sender, "vmaf")
        found = vmaf or scores(evidence, span, viewer, sender, "ssim")
        if found:
            readings.append(reading(found, "vmaf" if vmaf else "ssim", of, f"{viewer}/{sender}/video"))
            records += [each.id for each in found]
        else:
            gaps.append(uncompared(span, of))
    return Measured(tuple(readings), tuple(records), tuple(gaps))


FIGURE = Figure(
    id="Q15",
    name="video-score",
    passing=Sentence(de="Bilder kommen kaum verändert an.", en="Pictures arrive hardly changed."),
    subject=Sentence(de="Die Bildgüte im Vergleich zum Original", en="The score of the picture against the original"),
    vantage=("scores",),
    norms=("VMAF", "SSIM"),
    measure=measure,
)
