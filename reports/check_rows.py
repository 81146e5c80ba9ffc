"""The checks as the page shows them: what passing means, what was seen, where, and the records it rests on."""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import Blob, CallFact, Record
from harness.model.verdict import Verdict
from reports.anchors import call_anchors, check_anchor
from reports.pictures import call_label
from reports.text import Words

MOST_CITED = 40  # records listed under a check; the rest are named in verdicts.json


@dataclass(frozen=True)
class Digest:
    """A SHA-256 in hex with what it is of, and a ``warning`` where the bytes are gone or altered."""

    of: str
    sha256: str
    warning: str


@dataclass(frozen=True)
class Citation:
    """A record a verdict rests on; ``call`` is the anchor of its call where the page has one."""

    id: str
    what: str
    digests: tuple[Digest, ...]
    call: str = ""


@dataclass(frozen=True)
class CheckRow:
    """One check of the run; ``outcome`` is the outcome's stable word, ``outcome_text`` what people read."""

    anchor: str
    id: str
    name: str
    outcome: str
    outcome_text: str
    passing: str
    seen: str
    bench_error: str
    where: tuple[str, ...]
    norms: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    evidence_title: str
    citations: tuple[Citation, ...]
    more: str


@dataclass(frozen=True)
class Family:
    """Checks whose ids begin with the same letter."""

    title: str
    rows: tuple[CheckRow, ...]


class CheckRows:
    """Builds rows from verdicts; keeps the catalogue, the records by id and the digests already worked out."""

    def __init__(self, checks: Sequence[Check], evidence: Evidence, words: Words) -> None:
        self._checks = {check.id: check for check in checks}
        self._records = {record.id: record for record in evidence.records}
        self._evidence = evidence
        self._words = words
        self._calls = call_anchors(found.seen.call for found in evidence.of(CallFact) if found.seen.call)
        self._citations: dict[str, Citation] = {}

    def row(self, verdict: Verdict) -> CheckRow:
        """The row of a verdict; a check that left the catalogue is shown with what its verdict knows."""
        words, finding, check = self._words, verdict.finding, self._checks.get(verdict.check)
        shown, hidden = finding.records[:MOST_CITED], finding.records[MOST_CITED:]
        return CheckRow(
            anchor=check_anchor(verdict.check),
            id=words.short(verdict.check, 20),
            name=words.short(verdict.name, 80),
            outcome=verdict.outcome.value,
            outcome_text=words(f"outcome.{verdict.outcome}"),
            passing=words.short(check.passing.in_language(words.lang)) if check else words("check.unknown"),
            seen=words.short(finding.sentence.in_language(words.lang)),
            bench_error=words("check.bench_error", error=words.short(verdict.bench_error))
            if verdict.bench_error
            else "",
            where=tuple(words.of("vantage", place) for place in check.vantage) if check else (),
            norms=tuple(words.short(norm, 160) for norm in check.norms) if check else (),
            figures=tuple(self._figures(finding.figures)),
            evidence_title=words.count("check.evidence", len(finding.records)),
            citations=tuple(self._cite(record) for record in shown),
            more=words.count("check.more", len(hidden)) if hidden else "",
        )

    def _figures(self, figures: Mapping[str, float]) -> Iterable[tuple[str, str]]:
        for name, value in sorted(figures.items()):
            yield self._words.short(name, 80), self._words.figure(value) if math.isfinite(value) else str(value)

    def _cite(self, record_id: str) -> Citation:
        if record_id not in self._citations:
            self._citations[record_id] = self._citation(record_id)
        return self._citations[record_id]

    def _citation(self, record_id: str) -> Citation:
        words, record = self._words, self._records.get(record_id)
        shown = words.short(record_id, 60)
        if record is None:
            return Citation(shown, words("check.gone"), ())
        seen = record.seen
        parts = [
            words.of("kind", seen.kind),
            call_label(seen.call, words) if seen.call and seen.kind != "call" else words.short(seen.call, 60),
        ]
        parts += [words.of("party", seen.party) if seen.party else "", _media(record, words)]
        digests = [Digest(words("cite.record"), record_digest(record), "")]
        digests += [self._file(blob) for blob in _blobs(record)]
        call = self._calls.get(seen.call, "")
        return Citation(shown, " · ".join(part for part in parts if part), tuple(digests), call)

    def _file(self, blob: Blob) -> Digest:
        words, data = self._words, self._evidence.bytes_of(blob)
        warning = ""
        if data is None:
            warning = words("cite.lost")
        elif hashlib.sha256(data).hexdigest() != blob.sha256.lower():
            warning = words("cite.altered")
        return Digest(words("cite.file", path=words.short(blob.path, 120)), words.short(blob.sha256, 64), warning)


def _media(record: Record, words: Words) -> str:
    media = getattr(record.seen, "media", "")
    return words(f"media.{media}") if media else ""


def _blobs(record: Record) -> list[Blob]:
    fields = (getattr(record.seen, name, None) for name in ("blob", "picture"))
    return [blob for blob in fields if isinstance(blob, Blob)]


def record_digest(record: Record) -> str:
    """SHA-256 (hex) over the record's JSON line as the run folder has it, without the line end."""
    return hashlib.sha256(record.model_dump_json(exclude_none=True).encode()).hexdigest()


def families(rows: Sequence[CheckRow], words: Words) -> list[Family]:
    """Neighbouring rows of one letter under one heading; the order of the catalogue is kept."""
    groups = []
    for letter, members in groupby(rows, key=lambda row: row.id[:1]):
        groups.append(Family(words(f"family.{letter if letter in 'ECKTPA' else ''}"), tuple(members)))
    return groups
