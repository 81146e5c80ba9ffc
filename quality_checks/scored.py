"""Full-reference scores as readings: each comparison is a window of its own."""

from collections.abc import Sequence
from statistics import mean

from harness.model.evidence import Evidence, Found
from harness.model.observations import Scored
from harness.model.observations.quality import Figure as Scale
from harness.model.sentence import Sentence
from quality_checks.reading import Reading, Window
from quality_checks.span import Span


def scores(evidence: Evidence, span: Span, viewer: str, sender: str, scale: Scale) -> list[Found[Scored]]:
    """What was compared of a pair on a scale, in order of time."""
    found = evidence.of(Scored, call=span.name, party=viewer)
    mine = [each for each in found if each.seen.sender == sender and each.seen.figure == scale]
    return sorted(mine, key=lambda each: each.seen.from_ms)


def reading(found: Sequence[Found[Scored]], band: str, of: Sentence, key: str) -> Reading:
    """The scores as windows; their mean, weighted by how much was compared, stands for the call."""
    weight = sum(each.seen.of for each in found)
    values = [each.seen.value for each in found]
    total = sum(each.seen.value * each.seen.of for each in found)
    by = found[0].seen.by
    return Reading(
        band=band,
        of=of,
        windows=tuple(Window(each.seen.from_ms, each.seen.to_ms, each.seen.value) for each in found),
        whole=total / weight if weight else mean(values),
        figures={"compared": weight},
        note=Sentence(de=f"nach {by}", en=f"by {by}"),
        key=key,
    )


def uncompared(span: Span, of: Sentence) -> Sentence:
    """The gap that a missing comparison leaves."""
    return Sentence(
        de=f"nichts wurde mit dem Original verglichen ({of.de}, Gespräch {span.name})",
        en=f"nothing was compared with the original ({of.en}, call {span.name})",
    )
