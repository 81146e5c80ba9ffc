"""Searches for keys at the places where a server could find them: which were made, and what they prove."""

from collections.abc import Iterable, Sequence

from crypto_checks import words
from crypto_checks.findings import nothing_sealed
from crypto_checks.keys.recorded import keys_of, no_key
from crypto_checks.scope import regular_calls
from crypto_checks.streams import none_sealed, read_streams
from harness.model.evidence import Evidence, Found
from harness.model.observations import Hit, SearchResult
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

SNAPSHOTS = ("memory",)  # taken while a call runs: keys that are made later cannot be in them

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
        results = [result.seen for result in results_at(evidence, [name]) if result.seen.call in ("", call)]
        blind = [result.source for result in results if result.control_found == 0]
        unsearched = len(keys - {key for result in results for key in result.keys})
        if not results:
            gaps.append(
                Sentence(
                    de=f"{where.de} wurde nicht gesucht, Gespräch {call}", en=f"nobody searched {where.en}, call {call}"
                )
            )
        elif unsearched and not (name in SNAPSHOTS and unsearched < len(keys)):
            gaps.append(
                Sentence(
                    de=f"{where.de} wurden {unsearched} von {len(keys)} Schlüsseln nicht gesucht, Gespräch {call}",
                    en=f"{unsearched} of {len(keys)} keys were not searched for {where.en}, call {call}",
                )
            )
        elif blind:
            gaps.append(
                Sentence(
                    de=f"die Suche {where.de} fand ihre eigene Kontrollmarke nicht ({blind[0]}), Gespräch {call}",
                    en=f"the search {where.en} did not find its own control mark ({blind[0]}), call {call}",
                )
            )
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


def results_at(evidence: Evidence, places: Iterable[str]) -> list[Found[SearchResult]]:
    """Every search at these places, of all calls."""
    wanted = set(places)
    return [found for found in evidence.of(SearchResult) if found.seen.place in wanted]


def found_at(results: Iterable[Found[SearchResult]]) -> list[tuple[str, Hit]]:
    """Each hit with the place where it was."""
    return [(found.seen.place, hit) for found in results for hit in found.seen.hits]


def hits_by_place(hits: Iterable[tuple[str, Hit]]) -> Sentence:
    """The places with the encodings found there: "in the mails (hex) and in the logs (base64url)"."""
    encodings: dict[str, list[str]] = {}
    for name, hit in hits:
        known = encodings.setdefault(name, [])
        if hit.encoding not in known:
            known.append(hit.encoding)
    parts = [(words.place(name), ", ".join(found)) for name, found in encodings.items()]
    return Sentence(
        de=words.listed([f"{where.de} ({found})" for where, found in parts], "und"),
        en=words.listed([f"{where.en} ({found})" for where, found in parts], "and"),
    )
