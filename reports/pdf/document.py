"""The PDF as a pure value for the typesetter: JSON for the texts, and the pictures beside it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from harness.model.evidence import Evidence
from harness.model.observations import CallFact, Record
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.check_rows import CheckRow, record_digest
from reports.inputs import ReportInput
from reports.matrix_rates import Rates
from reports.model import Report, build_report
from reports.pdf.bench_rates import bench_rates
from reports.pdf.citations import parse_norm
from reports.pdf.glossary import glossary_of
from reports.pdf.letters import MISSING, printed
from reports.pdf.limits import limits_of, open_points
from reports.pdf.photographs import Photograph, photograph
from reports.pdf.places import groups_of
from reports.pdf.requirements import requirements_of
from reports.text import Words

# Kinds that say that there was a call at all: every verdict cites them, and they tell it apart from no other.
_FRAME = ("call", "tap", "declared", "scenario", "story-cut")
_OUTCOMES = (Outcome.PASS, Outcome.WEAK, Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.NOT_APPLICABLE)
_LABELS = (
    *(
        "pdf.title",
        "pdf.for",
        "pdf.page",
        "pdf.answer",
        "pdf.tested",
        "pdf.bar",
        "pdf.tests",
        "pdf.contents",
        "pdf.way",
    ),
    *("pdf.way.lead", "pdf.way.home", "pdf.way.office", "pdf.way.readable", "pdf.way.sealed", "pdf.way.media"),
    *("pdf.way.web", "pdf.way.relay", "pdf.way.alt", "pdf.place.looked", "pdf.place.partly", "pdf.place.blind"),
    *("pdf.place.none", "pdf.pictures", "pdf.pictures.lead", "pdf.control", "pdf.control.lead", "pdf.norms"),
    *("pdf.norms.lead", "pdf.norms.none", "pdf.norm.document", "pdf.norm.about", "pdf.norm.checks", "pdf.checks"),
    *("pdf.checks.lead", "pdf.checks.column", "pdf.checks.found", "pdf.limits", "pdf.limits.lead", "pdf.limits.none"),
    *("pdf.never", "pdf.never.1", "pdf.never.2", "pdf.never.3", "pdf.never.4", "pdf.never.5", "pdf.rate"),
    *("pdf.rate.lead", "pdf.rate.less", "pdf.open", "pdf.open.none", "pdf.glossary", "pdf.seal", "pdf.seal.lead"),
    *("pdf.seal.1", "pdf.seal.2", "pdf.seal.3", "pdf.seal.4", "pdf.seal.records", "pdf.seal.self", "pdf.sign"),
    *("pdf.sign.place", "pdf.sign.name", "pdf.sign.hand", "pdf.missing_letters", "pictures.none", "control.none"),
    *("checks.none", "verdict.label"),
)


@dataclass(frozen=True)
class Size:
    """How much of each text is shown (characters), so that no run needs more pages than people read."""

    passing: int = 230
    seen: int = 320
    listed: int = 14
    points: float = 10.2


SIZES = (
    Size(),
    Size(passing=200, seen=280, listed=10, points=9.6),
    Size(passing=110, seen=150, listed=5, points=9.2),
    Size(passing=90, seen=90, listed=3, points=8.6),
)


@dataclass(frozen=True)
class Document:
    """``data`` is JSON; ``pictures`` are JPEG files by the names that it uses."""

    lang: str
    data: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def build_document(given: ReportInput, rates: Rates | None, size: Size = SIZES[0]) -> Document:
    """The document of a run. Pure. Raises ``RunStoreError`` where the run's facts are damaged."""
    words, report = Words(given.lang), build_report(given)
    pictures: dict[str, bytes] = {}
    headline = report.headline
    groups = groups_of(given, words)
    records = {record.id: record for record in given.evidence.records}
    checks = [row.id for row in report.rows]
    rests = {id(row): _rests(verdict, records, words) for row, verdict in zip(report.rows, given.verdicts, strict=True)}
    rate = bench_rates(rates, checks, words)
    data: dict[str, Any] = {
        "lang": words.lang,
        "t": {key: _label(key, words) for key in _LABELS},
        "points": size.points,
        "subtitle": report.subtitle,
        "headline": asdict(headline) | {"notes": [note for note in (headline.flaw, headline.incomplete) if note]},
        "facts": _facts(given, report, words),
        "bar": _outcome_bar(given, words),
        "groups": [asdict(group) | {"title": words(f"pdf.group.{group.name}")} for group in groups],
        "photos": [_kept(photo, "seen", pictures) for photo in _photos(report, words)],
        "control": _control(report, pictures, words),
        "requirements": [asdict(each) for each in requirements_of(given.checks, report.rows, words)],
        "families": [
            {"title": family.title, "rows": [_check(row, size, words) | rests[id(row)] for row in family.rows]}
            for family in report.families
        ],
        "limits": limits_of(given, report, groups, size.listed, words),
        "rate": asdict(rate)
        | {"alt": words("pdf.rate.alt", parts="; ".join(f"{b.label}: {b.value}" for b in rate.bars))},
        "open": open_points(report, size.listed, words),
        "commands": [*report.commands[:1]],
        "records": records_digest(given.evidence) if given.info.complete else "",
    }
    data["glossary"] = [list(entry) for entry in glossary_of(json.dumps(data, ensure_ascii=False), words)]
    safe = printed(data)
    data = safe if isinstance(safe, dict) else {}
    data["boxes"] = MISSING in json.dumps({**data, "t": ""}, ensure_ascii=False)
    data["run"] = {"title": words("pdf.title"), "moment": _moment(given)}
    return Document(words.lang, json.dumps(data, ensure_ascii=False, sort_keys=True, allow_nan=False), pictures)


def records_digest(evidence: Evidence) -> str:
    """SHA-256 (hex) over the records as the run folder has them: a JSON line each."""
    digest = hashlib.sha256()
    for record in evidence.records:
        digest.update(record.model_dump_json(exclude_none=True).encode() + b"\n")
    return digest.hexdigest()


def _label(key: str, words: Words) -> str:
    return words(key, n="{n}", of="{of}") if key in ("pdf.page", "pdf.bar") else words(key)


def _moment(given: ReportInput) -> list[int]:
    at = given.info.started
    return [at.year, at.month, at.day, at.hour, at.minute, at.second]


def _facts(given: ReportInput, report: Report, words: Words) -> list[tuple[str, str]]:
    info = given.info
    versions = [f"{words.short(name, 30)} {words.short(version, 30)}" for name, version in report.versions]
    own = words.short(info.versions.get("pruefstand", ""), 40)
    calls = [found.seen for found in given.evidence.of(CallFact)]
    tenants = list(dict.fromkeys(words.short(call.tenant, 40) for call in calls if call.tenant))
    held = words.count("pdf.fact.calls", len(calls))
    if tenants:
        held = words("pdf.fact.tenants", calls=held, tenants=", ".join(tenants[:6]))
    played = [story for story in report.stories if story.outcome != "skipped"]
    passed = sum(story.outcome == "passed" for story in played)
    facts = {
        "pdf.fact.system": words.short(info.target, 120),
        "pdf.fact.version": _version(given, words),
        "pdf.fact.when": words("pdf.fact.lasted", moment=words.moment(info.started), time=words.seconds(info.seconds)),
        "pdf.fact.browser": words.short(info.browser, 120),
        "pdf.fact.calls": held,
        "pdf.fact.stories": words("pdf.fact.played", passed=passed, n=len(played)) if played else "",
        "pdf.fact.bench": words("pdf.fact.bench.version", version=own) if own else "",
        "pdf.fact.parts": ", ".join(version for version in versions[:14] if not version.startswith("pruefstand ")),
        "pdf.fact.run": words.short(info.id, 120),
        "pdf.fact.evidence": words(
            "run.records",
            records=words.number(len(given.evidence.records)),
            blobs=words.number(len(given.evidence.blobs)),
        ),
    }
    return [(words(key), value) for key, value in facts.items() if value]


def _version(given: ReportInput, words: Words) -> str:
    """What the run knows of the tested system's own version."""
    versions, target = given.info.versions, given.info.target
    if target in versions:
        return words.short(versions[target], 60)
    if target == "townhall" and "pruefstand" in versions:
        return words("pdf.fact.version.own", version=words.short(versions["pruefstand"], 40))
    return words("pdf.fact.version.none")


def _outcome_bar(given: ReportInput, words: Words) -> dict[str, Any]:
    count = Counter(verdict.outcome for verdict in given.verdicts)
    parts = [(outcome.value, words(f"outcome.{outcome}"), count[outcome]) for outcome in _OUTCOMES if count[outcome]]
    said = ", ".join(f"{number} {label}" for _, label, number in parts) or "0"
    total = len(given.verdicts)
    return {"title": words("pdf.bar", n=total), "alt": words("pdf.bar.alt", n=total, parts=said), "parts": parts}


def _photos(report: Report, words: Words) -> Iterable[Photograph]:
    """One picture of each place, of the first call that has most of them."""
    rows = [{picture.place: picture for picture in reversed(row.pictures)} for row in report.pictures]
    rows.sort(key=lambda row: -sum(bool(picture.uri) for picture in row.values()))
    for picture in (rows[0][place] for place in ("citizen", "server", "clerk") if place in rows[0]) if rows else ():
        label = f"{picture.label}, {picture.sender}" if picture.sender else picture.label
        yield photograph(label, picture.caption, picture.alt, picture.uri, picture.missing, words("picture.format"))


def _control(report: Report, pictures: dict[str, bytes], words: Words) -> dict[str, Any]:
    group = next((one for one in report.control if one.good), report.control[0] if report.control else None)
    if group is None:
        return {"sentence": words("control.none"), "photos": []}
    photos = [photograph(s.label, "", s.alt, s.uri, s.missing, words("picture.format")) for s in group.sides]
    sentence = f"{group.sentence} {words('control.leak')}" if group.leak else group.sentence
    return {"sentence": sentence, "photos": [_kept(photo, "control", pictures) for photo in photos]}


def _kept(photo: Photograph, name: str, pictures: dict[str, bytes]) -> dict[str, str]:
    file = f"{name}-{len(pictures) + 1}.jpg" if photo.data else ""
    if file:
        pictures[file] = photo.data
    told = {"label": photo.label, "caption": photo.caption, "alt": photo.alt, "missing": photo.missing}
    return told | {"file": file}


def _check(row: CheckRow, size: Size, words: Words) -> dict[str, Any]:
    norms = "; ".join(dict.fromkeys(parse_norm(norm).cited(words.lang) for norm in row.norms[:6]))
    return {
        "id": row.id,
        "outcome": row.outcome,
        "said": row.outcome_text,
        "passing": words.short(row.passing, size.passing),
        "seen": words.short(row.bench_error or row.seen, size.seen),
        "norms": norms,
    }


def _rests(verdict: Verdict, records: Mapping[str, Record], words: Words) -> dict[str, str]:
    """One record that the verdict rests on, its digest, and how many more there are."""
    cited = [records[id] for id in verdict.finding.records if id in records]
    if not cited:
        return {"rests": words("pdf.rests.none"), "digest": "", "more": ""}
    telling = next((record for record in cited if record.seen.kind not in _FRAME), cited[0])
    more = len(verdict.finding.records) - 1
    return {
        "rests": words("pdf.rests", id=words.short(telling.id, 40)),
        "digest": record_digest(telling),
        "more": words.count("pdf.more", more) if more else "",
    }
