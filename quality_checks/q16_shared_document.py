"""A shared document can be read."""

from harness.model.evidence import Evidence
from harness.model.observations import PicturesDrawn, Scored, TrackChange
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.reading import Measured
from quality_checks.scored import reading, scores, uncompared
from quality_checks.span import Span


def measure(evidence: Evidence, span: Span, _: Bands) -> Measured:
    """The share of its characters that a reader got wrong, at everybody to whom a screen was shown."""
    readings, records, gaps = [], [], []
    shared = _sharing(evidence, span)
    for viewer, sender in span.pairs:
        of = words.seen_by("screen", sender, viewer)
        found = scores(evidence, span, viewer, sender, "characters")
        if found:
            readings.append(reading(found, "characters", of, f"{viewer}/{sender}/screen"))
            records += [each.id for each in found]
        elif sender in shared:
            gaps.append(uncompared(span, of))
    if readings or gaps:
        return Measured(tuple(readings), tuple(records), tuple(gaps))
    nobody = Sentence(de="In diesem Lauf wurde kein Bildschirm geteilt.", en="Nobody shared a screen in this run.")
    return Measured(gone=nobody) if _watched(evidence, span) else Measured(gaps=(_unknown(span),))


def _sharing(evidence: Evidence, span: Span) -> set[str]:
    """Who shared a screen."""
    drawn = {each.seen.party for each in evidence.of(PicturesDrawn, call=span.name) if each.seen.media == "screen"}
    tracks = evidence.of(TrackChange, call=span.name)
    return drawn | {each.seen.party for each in tracks if each.seen.media == "screen"}


def _watched(evidence: Evidence, span: Span) -> bool:
    """Whether this call's pictures were looked at all: where they were, a shared screen would have been seen."""
    kinds = (PicturesDrawn, Scored)
    return all(any(True for _ in evidence.of(kind, call=span.name)) for kind in kinds)


def _unknown(span: Span) -> Sentence:
    return Sentence(
        de=f"ob ein Bildschirm geteilt wurde, ist nicht bekannt, Gespräch {span.name}",
        en=f"it is not known whether a screen was shared, call {span.name}",
    )


FIGURE = Figure(
    id="Q16",
    name="shared-document",
    passing=Sentence(de="Ein geteiltes Dokument ist zu lesen.", en="A shared document can be read."),
    subject=Sentence(
        de="Der Anteil falsch gelesener Zeichen des geteilten Dokuments",
        en="The share of the shared document's characters read wrongly",
    ),
    vantage=("scores",),
    norms=("EN 301 549, clause 6.5",),
    measure=measure,
)
