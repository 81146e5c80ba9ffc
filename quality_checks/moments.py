"""From one moment to the next that answers it."""

from typing import Literal

from harness.model.evidence import Evidence, Found
from harness.model.observations import Moment
from harness.model.sentence import Sentence
from quality_checks import words
from quality_checks.reading import Measured, Reading
from quality_checks.span import Span

What = Literal["join-clicked", "first-picture", "key-change", "picture-after-key-change"]


def moments(evidence: Evidence, span: Span, party: str, what: What) -> list[Found[Moment]]:
    """The moments of a party, and those of everybody, in order of time."""
    found = evidence.of(Moment, call=span.name)
    mine = [each for each in found if each.seen.what == what and each.seen.party in ("", party)]
    return sorted(mine, key=lambda each: each.seen.at_ms)


def waits(evidence: Evidence, span: Span, band: str, begins: What, ends: What, missing: Sentence) -> Measured:
    """The seconds from each ``begins`` to the first ``ends`` after it, for every party; ``missing`` names its lack.

    An end without a beginning since the end before is a gap too: what it ended was not seen.
    """
    readings, records, gaps = [], [], []
    for party in span.call.seen.parties:
        first, then = moments(evidence, span, party, begins), moments(evidence, span, party, ends)
        records += [each.id for each in (*first, *then)]
        of, before = Sentence(de=f"bei {words.party(party).de}", en=words.party(party).en), float("-inf")
        lonely = 0
        for each in then:
            lonely += not any(before <= start.seen.at_ms <= each.seen.at_ms for start in first)
            before = each.seen.at_ms
        for number, start in enumerate(first):
            answer = next((each.seen.at_ms for each in then if each.seen.at_ms >= start.seen.at_ms), None)
            if answer is None:
                lonely += 1
                continue
            key = f"{party}/{number}"
            readings.append(Reading(band, of, whole=(answer - start.seen.at_ms) / 1000, key=key))
        if lonely:
            gaps.append(
                Sentence(
                    de=f"{missing.de} ({of.de}, Gespräch {span.name})", en=f"{missing.en} ({of.en}, call {span.name})"
                )
            )
    return Measured(tuple(readings), tuple(records), tuple(gaps))
