"""After a change of keys the picture is soon there again."""

from harness.model.evidence import Evidence
from harness.model.observations import Moment
from harness.model.sentence import Sentence
from quality_checks.bands import Bands
from quality_checks.figure import Figure
from quality_checks.moments import waits
from quality_checks.reading import Measured
from quality_checks.span import Span

MISSING = Sentence(
    de="zu einem Schlüsselwechsel wurde Anfang oder nächstes Bild nicht beobachtet",
    en="of a change of keys the beginning or the next picture was not observed",
)
NONE = Sentence(de="In diesem Lauf wurden keine Schlüssel gewechselt.", en="Keys were not changed in this run.")


def measure(evidence: Evidence, span: Span, _: Bands) -> Measured:
    """The seconds from each change of keys to the next picture that was opened with the new one."""
    measured = waits(evidence, span, "after-key-change", "key-change", "picture-after-key-change", MISSING)
    every = list(evidence.of(Moment, call=span.name))
    if any(found.seen.what in ("key-change", "picture-after-key-change") for found in every):
        return measured
    if kept := tuple(found.id for found in every if found.seen.what == "keys-kept"):  # that nothing tells of it is none
        return Measured(records=kept, gone=NONE)
    unknown = Sentence(
        de=f"ob Schlüssel gewechselt wurden, ist nicht bekannt, Gespräch {span.name}",
        en=f"it is not known whether keys were changed, call {span.name}",
    )
    return Measured(gaps=(unknown,))


FIGURE = Figure(
    id="Q18",
    name="picture-after-key-change",
    passing=Sentence(
        de="Nach einem Wechsel der Schlüssel ist das Bild bald wieder da.",
        en="After a change of keys the picture is soon there again.",
    ),
    subject=Sentence(
        de="Die Zeit vom Schlüsselwechsel bis zum nächsten Bild",
        en="The time from a change of keys to the next picture",
    ),
    vantage=("glass",),
    norms=(),
    measure=measure,
)
