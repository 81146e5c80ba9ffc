"""No key of a call is anywhere that a server could read it, in none of five encodings."""

from collections.abc import Mapping

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.recorded import keys_of
from crypto_checks.keys.searched import no_key_in_a_plain_run, search_gaps
from crypto_checks.scope import regular_calls
from crypto_checks.searches import found_at, hits_by_place, results_at
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import SearchResult
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

PLACES = ("http", "url", "websocket", "mail", "log", "database", "memory")
RECORDER = "recorder"  # not every server records; where it was searched it is a place like any other (E09 asks for it)
VANTAGE = ("keys", "http", "websocket", "mail", "log", "database", "memory")


def judge(evidence: Evidence) -> Finding:
    """Asks for hits in any call, and for a complete search with a control mark for every regular call."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    results = results_at(evidence, (*PLACES, RECORDER))
    hits = found_at(results)
    keys = [found for call in calls for found in keys_of(evidence, call.seen.call)]
    records = [call.id for call in calls] + [result.id for result in results] + [key.id for key in keys]
    figures = {
        "keys": len({found.seen.key_id for found in keys}),
        "places": len({result.seen.place for result in results}),
        "searched_mb": round(_megabytes(results), 3),
        "hits": len(hits),
    }
    if hits:
        found = len({hit.key_id for _, hit in hits})
        where = hits_by_place(hits)
        return decided(Outcome.FAIL, _readable(found, where), records, figures)
    if plain := no_key_in_a_plain_run(evidence):
        return plain
    recorded = {result.seen.call for result in results if result.seen.place == RECORDER}
    for call in calls:
        searched = RECORDER if {"", call.seen.call} & recorded else ""
        gaps += search_gaps(evidence, call.seen.call, (*PLACES, searched) if searched else PLACES)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _nowhere(figures, len(calls)), records, figures)


def _megabytes(results: list[Found[SearchResult]]) -> float:
    return sum(result.seen.searched_bytes for result in results) / 1e6


def _readable(keys: int, where: Sentence) -> Sentence:
    return Sentence(
        de=f"{words.count(keys, 'Schlüssel stand', 'Schlüssel standen')} dort, wo Server mitlesen können: {where.de}.",
        en=f"{words.count(keys, 'key was', 'keys were')} where servers can read: {where.en}.",
    )


def _nowhere(figures: Mapping[str, float], calls: int) -> Sentence:
    keys, places, megabytes = int(figures["keys"]), int(figures["places"]), figures["searched_mb"]
    return Sentence(
        de=f"Keiner von {keys} Schlüsseln aus {words.count(calls, 'Gespräch', 'Gesprächen')} fand sich an "
        f"{places} Orten "
        f"({words.decimal_de(megabytes, 1)} MB) in 5 Schreibweisen.",
        en=f"None of {keys} keys of {words.count(calls, 'call', 'calls')} was found at {places} places "
        f"({megabytes:.1f} MB) in 5 encodings.",
    )


CHECK = Check(
    id="K07",
    name="keys-nowhere-at-servers",
    passing=Sentence(
        de="Kein Schlüssel eines Gesprächs steht irgendwo, wo ein Server ihn lesen könnte, in keiner von fünf "
        "Schreibweisen.",
        en="No key of a call is anywhere that a server could read it, in none of five encodings.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 25", "DSGVO Art. 32"),
    judge=judge,
    stands=True,
)
