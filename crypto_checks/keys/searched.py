"""Searches for keys at the places where a server could find them: which were made, and what they prove."""

from collections.abc import Sequence

from crypto_checks import words
from crypto_checks.findings import nothing_sealed
from crypto_checks.keys.recorded import keys_of, no_key
from crypto_checks.scope import regular_calls
from crypto_checks.searches import SNAPSHOTS, blind, not_searched, results_at
from crypto_checks.streams import none_sealed, read_streams
from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

_NOTHING_TO_FIND = Sentence(
    de="so gibt es keinen Schlüssel, der gefunden werden könnte", en="so there is no key that could be found"
)


def search_gaps(evidence: Evidence, call: str, places: Sequence[str]) -> list[Sentence]:
    """What is missing for "this call's keys are at none of these places": keys, searches, or a search's own control."""
    keys = {found.seen.key_id for found in keys_of(evidence, call)}
    if not keys:
        return [no_key(call)]
    gaps: list[Sentence] = []
    for name in places:
        where = words.place(name)
        results = [result for result in results_at(evidence, [name]) if result.seen.call in ("", call)]
        unsearched = len(keys - {key for result in results for key in result.seen.keys})
        if not results:
            gaps.append(not_searched(name, call))
        elif unsearched and not (name in SNAPSHOTS and unsearched < len(keys)):
            gaps.append(
                Sentence(
                    de=f"{where.de} wurden {unsearched} von {len(keys)} Schlüsseln nicht gesucht, Gespräch {call}",
                    en=f"{unsearched} of {len(keys)} keys were not searched for {where.en}, call {call}",
                )
            )
        else:
            gaps += blind(results, call)[:1]
    return gaps


def no_key_in_a_plain_run(evidence: Evidence) -> Finding | None:
    """Not applicable where no key was recorded and working taps saw that nothing was encrypted; else ``None``."""
    calls, gaps = regular_calls(evidence, ("sfu", "encoded-frames"))
    if any(keys_of(evidence, call.seen.call) for call in calls):
        return None
    streams, lost = read_streams(evidence, calls, required=True)
    if not none_sealed(streams, [*gaps, *lost]):
        return None
    return nothing_sealed(_NOTHING_TO_FIND, [record for stream in streams for record in stream.records])
