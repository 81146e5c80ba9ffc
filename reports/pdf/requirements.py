"""The requirements that a run says something about: each document and place, and the checks that cite it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.model.check import Check
from reports.check_rows import CheckRow
from reports.locales import TEXTS
from reports.pdf.citations import OFFICIAL, Norm, parse_norm
from reports.text import Words

_ORDER = ("pass", "weak", "fail", "inconclusive", "not_applicable", "not_run")


@dataclass(frozen=True)
class Requirement:
    """``checks`` are their ids by outcome (its word, then ids), ``not_run`` last."""

    cited: str
    about: str
    checks: tuple[tuple[str, str, tuple[str, ...]], ...]


def requirements_of(checks: Sequence[Check], rows: Sequence[CheckRow], words: Words) -> list[Requirement]:
    """Laws first, then guidance, then accessibility; within a document by its places. Technical standards: not here."""
    outcomes = {row.id: row.outcome for row in rows}
    citing: dict[Norm, list[str]] = {}
    for check in checks:
        for norm in (parse_norm(words.short(norm, 90)) for norm in check.norms):
            if norm.group in OFFICIAL:
                citing.setdefault(norm, []).append(check.id)
    return [
        Requirement(norm.cited(words.lang), _about(norm, words), tuple(_sorted(ids, outcomes, words)))
        for norm, ids in sorted(citing.items(), key=lambda item: _rank(item[0]))
    ]


def _about(norm: Norm, words: Words) -> str:
    return TEXTS[words.lang].get(f"norm.{norm.key}", "")


def _sorted(
    ids: Sequence[str], outcomes: Mapping[str, str], words: Words
) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    for outcome in _ORDER:
        those = tuple(words.short(id, 20) for id in ids if outcomes.get(id, "not_run") == outcome)
        if those:
            said = words("pdf.norm.not_run") if outcome == "not_run" else words(f"outcome.{outcome}")
            yield outcome, said, those


def _rank(norm: Norm) -> tuple[int, str, tuple[tuple[int, str], ...]]:
    places = tuple((int(part), "") if part.isdigit() else (0, part) for part in norm.place)
    return OFFICIAL.index(norm.group), norm.document, places
