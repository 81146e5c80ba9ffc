"""Searches for what must not be at a server: which were made, what they found, and what their silence proves."""

from collections.abc import Iterable

from crypto_checks import words
from harness.model.evidence import Evidence, Found
from harness.model.observations import Hit, SearchResult
from harness.model.sentence import Sentence

SNAPSHOTS = ("memory",)  # taken while a call runs: what is made later cannot be in them


def results_at(evidence: Evidence, places: Iterable[str], subject: str = "keys") -> list[Found[SearchResult]]:
    """Every search for a subject at these places, of all calls."""
    wanted = set(places)
    return [
        found for found in evidence.of(SearchResult) if found.seen.subject == subject and found.seen.place in wanted
    ]


def not_searched(name: str, call: str = "") -> Sentence:
    """The gap that a place leaves where nobody searched."""
    where = words.place(name)
    call_de, call_en = _of(call)
    return Sentence(de=f"{where.de} wurde nicht gesucht{call_de}", en=f"nobody searched {where.en}{call_en}")


def blind(results: Iterable[Found[SearchResult]], call: str = "") -> list[Sentence]:
    """The searches that did not find what they must find: they have proven nothing."""
    call_de, call_en = _of(call)
    return [
        Sentence(
            de=f"die Suche {words.place(found.seen.place).de} fand ihre eigene Kontrollmarke nicht "
            f"({found.seen.source}){call_de}",
            en=f"the search {words.place(found.seen.place).en} did not find its own control mark "
            f"({found.seen.source}){call_en}",
        )
        for found in results
        if found.seen.control_found == 0
    ]


def _of(call: str) -> tuple[str, str]:
    return (f", Gespräch {call}", f", call {call}") if call else ("", "")


def found_at(results: Iterable[Found[SearchResult]]) -> list[tuple[str, Hit]]:
    """Each hit with the place where it was."""
    return [(found.seen.place, hit) for found in results for hit in found.seen.hits]


def places_of(hits: Iterable[tuple[str, Hit]]) -> Sentence:
    """The places of the hits: "in the mails and in the logs"."""
    parts = [words.place(name) for name in dict.fromkeys(name for name, _ in hits)]
    return Sentence(
        de=words.listed([where.de for where in parts], "und"), en=words.listed([where.en for where in parts], "and")
    )


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
