"""What of a run needs attention: one issue a failed, broken, unanswered or weak check, and a story that went wrong."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from harness.model.observations import ScenarioResult
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.ci.state import kind_of
from reports.inputs import ReportInput
from reports.text import Words

Rank = Literal["failed", "bench", "inconclusive", "weak"]
_RANKS: dict[Outcome, Rank] = {Outcome.FAIL: "failed", Outcome.INCONCLUSIVE: "inconclusive", Outcome.WEAK: "weak"}
_ORDER = ("failed", "bench", "inconclusive", "weak")
RECORDS, VERDICTS = "evidence/records.jsonl", "verdicts.json"


@dataclass(frozen=True, slots=True)
class Issue:
    """``file`` (below the run folder) and ``line`` (from 1) say where its first record lies.

    ``fingerprint`` (SHA-256, hex) is the same in every run of a target in which the same thing is wrong.
    """

    rank: Rank
    check: str
    title: str
    sentence: str
    file: str
    line: int
    fingerprint: str


def issues_of(given: ReportInput) -> list[Issue]:
    """The issues, the gravest first, otherwise in the order of the run. Texts are made safe and cut."""
    words = Words(given.lang)
    lines = {record.id: number for number, record in enumerate(given.evidence.records, start=1)}
    found = [*_of_checks(given, lines, words), *_of_stories(given, lines, words)]
    found += [] if given.info.complete else [_incomplete(given, words)]
    return sorted(found, key=lambda issue: _ORDER.index(issue.rank))


def _of_checks(given: ReportInput, lines: dict[str, int], words: Words) -> Iterator[Issue]:
    for verdict in given.verdicts:
        rank = _rank(verdict)
        if rank is not None:
            said = words.short(verdict.finding.sentence.in_language(words.lang))
            if verdict.bench_error:
                said = words("ci.bench", error=words.short(verdict.bench_error))
            cited = (lines[record] for record in verdict.finding.records if record in lines)
            line = next(cited, 0)
            yield Issue(
                rank=rank,
                check=words.short(verdict.check, 20),
                title=words.short(f"{verdict.check} {verdict.name}", 100),
                sentence=said or words("none"),
                file=RECORDS if line else VERDICTS,
                line=line or 1,
                fingerprint=_fingerprint(given, verdict.check, rank),
            )


def _rank(verdict: Verdict) -> Rank | None:
    # The exit code sees a failure before our own error, and so does this.
    if verdict.bench_error and verdict.outcome is not Outcome.FAIL:
        return "bench"
    return _RANKS.get(verdict.outcome)


def _of_stories(given: ReportInput, lines: dict[str, int], words: Words) -> Iterator[Issue]:
    played: Counter[str] = Counter()
    for found in given.evidence.of(ScenarioResult):
        story = found.seen
        played[story.name] += 1
        if story.outcome in ("failed", "error"):
            title = story.title if words.lang == "de" else story.title_en or story.title
            rank: Rank = "failed" if story.outcome == "failed" else "bench"
            yield Issue(
                rank=rank,
                check="scenario",
                title=words("ci.scenario", title=words.short(title or story.name, 90)),
                sentence=words.short(story.sentence) or words(f"story.{story.outcome}"),
                file=RECORDS,
                line=lines[found.id],
                fingerprint=_fingerprint(given, f"{story.name}\0{played[story.name]}", rank),
            )


def _incomplete(given: ReportInput, words: Words) -> Issue:
    return Issue(
        rank="inconclusive",
        check="run",
        title=words("ci.incomplete"),
        sentence=words("incomplete"),
        file=VERDICTS,
        line=1,
        fingerprint=_fingerprint(given, "\0incomplete", "inconclusive"),
    )


def _fingerprint(given: ReportInput, what: str, rank: str) -> str:
    parts = (kind_of(given), given.info.target, what, rank)
    return hashlib.sha256("\0\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
