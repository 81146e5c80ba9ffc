"""Searches for names, texts and secrets that are judged for the whole run: what is missing of them."""

from collections.abc import Iterable

from crypto_checks import words
from crypto_checks.searches import blind, not_searched
from harness.model.evidence import Found
from harness.model.observations import SearchResult
from harness.model.sentence import Sentence


def place_gaps(results: Iterable[Found[SearchResult]], place: str, what: Sentence) -> list[Sentence]:
    """The gap that the searches at one place leave: none was made, one looked for nothing, or missed its control."""
    here = [found for found in results if found.seen.place == place]
    if not here:
        return [not_searched(place)]
    if not any(found.seen.keys for found in here):
        where = words.place(place)
        return [
            Sentence(de=f"{where.de} wurde nach {what.de} gar nicht gefragt", en=f"no {what.en} was sought {where.en}")
        ]
    return blind(here)[:1]
