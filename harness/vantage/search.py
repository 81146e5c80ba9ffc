"""The search for keys in what a server holds: every key, every encoding, one pass over the data a pattern set.

Python's ``re`` over an alternation would try each pattern at each place; ``bytes.find`` runs at memory speed, so each
needle is looked for on its own and the data is read once into memory in overlapping pieces.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.model.observations import Hit, SearchResult
from harness.vantage.tapped import key_id
from harness.wire.encodings import needles

PIECE = 8 * 1024 * 1024


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


def search(haystack: Haystack, secrets: Iterable[bytes], *, call: str = "", party: str = "") -> SearchResult:
    """Searches all items for all secrets. The control is counted in the same pass over the same bytes."""
    wanted = {secret: needles(secret) for secret in dict.fromkeys(secrets)}
    control = haystack.control.encode()
    items = searched = found = 0
    hits: dict[tuple[str, str, str], Hit] = {}
    for item in haystack.items:
        items += 1
        searched += len(item.data)
        found += item.data.count(control) if control else 0
        for secret, forms in wanted.items():
            for encoding, patterns in forms.items():
                if any(pattern in item.data for pattern in patterns):
                    hit = Hit(key_id=key_id(secret), encoding=encoding, where=item.where)
                    hits.setdefault((hit.key_id, hit.encoding, hit.where), hit)
    return SearchResult(
        call=call,
        party=party,
        place=haystack.place,
        source=haystack.source,
        items=items,
        searched_bytes=searched,
        keys=tuple(key_id(secret) for secret in wanted),
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
