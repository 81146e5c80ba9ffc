"""The search for keys and texts in what a server holds: each in every form, and the control, in one pass over the data.

The passes are Aho and Corasick's automaton (CACM 18, 1975), so the time does not grow with the number of keys.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import BytesAhoCorasick, Implementation

from harness.model.observations import Hit, SearchResult
from harness.vantage.tapped import key_id
from harness.wire.encodings import needles

PIECE = 8 * 1024 * 1024
Subject = Literal["keys", "texts", "names", "secrets"]
Forms = Mapping[str, tuple[bytes, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to search: ``where`` is what a report may say of it (never content)."""

    where: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Haystack:
    """A place (see ``SearchResult``), its source, its items, and the mark that must be found there."""

    place: str
    source: str
    control: str
    items: Iterable[Item]


def keys_wanted(secrets: Iterable[bytes]) -> dict[str, Forms]:
    """What to look for, by id, in a search for keys."""
    return {key_id(secret): needles(secret) for secret in secrets}


def search(haystack: Haystack, secrets: Iterable[bytes], *, call: str = "", party: str = "") -> SearchResult:
    """Searches all items for all secrets. The control is counted in the same pass over the same bytes."""
    return search_for(haystack, keys_wanted(secrets), call=call, party=party)


def search_for(
    haystack: Haystack, wanted: Mapping[str, Forms], *, subject: Subject = "keys", call: str = "", party: str = ""
) -> SearchResult:
    """Searches all items for all that is ``wanted``: by its id, its forms by encoding."""
    meanings: list[tuple[str, str]] = []  # (id, encoding) by pattern; the control has an empty encoding
    patterns: list[bytes] = []
    for name, encodings in wanted.items():
        for encoding, forms in encodings.items():
            patterns += forms
            meanings += [(name, encoding)] * len(forms)
    if haystack.control:
        patterns.append(haystack.control.encode())
        meanings.append(("", ""))
    automaton = BytesAhoCorasick(patterns, implementation=Implementation.DFA) if patterns else None
    items = searched = found = 0
    hits: dict[tuple[str, str, str], Hit] = {}
    for item in haystack.items:
        items += 1
        searched += len(item.data)
        matches = automaton.find_matches_as_indexes(item.data, overlapping=True) if automaton and item.data else ()
        for index, _, _ in matches:
            name, encoding = meanings[index]
            if encoding:
                hit = Hit(key_id=name, encoding=encoding, where=item.where)
                hits.setdefault((name, encoding, item.where), hit)
            else:
                found += 1
    return SearchResult(
        call=call,
        party=party,
        subject=subject,
        place=haystack.place,
        source=haystack.source,
        items=items,
        searched_bytes=searched,
        keys=tuple(wanted),
        control=haystack.control,
        control_found=found,
        hits=tuple(hits.values()),
    )


def pieces(where: str, chunks: Iterable[bytes], overlap: int = 256) -> Iterator[Item]:
    """A long stream as items that overlap, so that nothing is cut in two."""
    kept = b""
    for chunk in chunks:
        data = kept + chunk
        yield Item(where, data)
        kept = data[-overlap:]
