"""The report as a pure value: every text already in the reader's language, every figure already written out."""

import shlex
from dataclasses import dataclass

from harness.model.outcome import Outcome
from reports.check_rows import CheckRow, CheckRows, Family, families
from reports.control import ControlGroup, control_groups
from reports.headline import Headline, make_headline
from reports.inputs import ReportInput, RunInfo
from reports.limits import Limits, make_limits, missing_lines
from reports.pictures import Frame, PictureRow, picture_rows
from reports.stories import CallRow, StoryRow, call_rows, story_rows
from reports.text import Words

__all__ = ["Report", "ReportInput", "RunInfo", "build_report"]


@dataclass(frozen=True)
class Report:
    """All that the page shows, in its order."""

    lang: str
    subtitle: str
    headline: Headline
    rows: tuple[CheckRow, ...]
    broken: tuple[CheckRow, ...]
    missing: tuple[str, ...]
    stories_broken: tuple[StoryRow, ...]
    families: tuple[Family, ...]
    outcomes: tuple[tuple[str, str], ...]
    pictures: tuple[PictureRow, ...]
    control: tuple[ControlGroup, ...]
    stories: tuple[StoryRow, ...]
    calls: tuple[CallRow, ...]
    limits: Limits
    facts: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    commands: tuple[str, ...]


def build_report(given: ReportInput) -> Report:
    """The report of a run. Pure: no clock, no I/O. Raises ``RunStoreError`` where the run's facts are damaged."""
    words = Words(given.lang)
    info, evidence = given.info, given.evidence
    maker = CheckRows(given.checks, evidence, words)
    rows = tuple(maker.row(verdict) for verdict in given.verdicts)
    stories = tuple(story_rows(evidence, words))
    frame = Frame(evidence, words)
    headline = make_headline(given, words)
    limits = make_limits(given, rows, words)
    without_verdict = headline.tone in ("inconclusive", "bench")
    run = shlex.quote(f"runs/{words.short(info.id, 120)}")
    versions = sorted((words.short(name, 60), words.short(version, 160)) for name, version in info.versions.items())
    return Report(
        lang=words.lang,
        subtitle=words("subtitle", target=words.short(info.target, 60), moment=words.moment(info.started)),
        headline=headline,
        rows=rows,
        broken=tuple(row for row in rows if row.outcome == Outcome.FAIL.value),
        missing=tuple(missing_lines(limits, words)) if without_verdict else (),
        stories_broken=tuple(story for story in stories if story.outcome in ("failed", "error")),
        families=tuple(families(rows, words)),
        outcomes=tuple(sorted({(row.outcome, row.outcome_text) for row in rows}, key=_worst_first)),
        pictures=tuple(picture_rows(evidence, frame, words)),
        control=tuple(control_groups(evidence, frame, words)),
        stories=stories,
        calls=tuple(call_rows(evidence, words)),
        limits=limits,
        facts=tuple(_facts(given, words)),
        versions=tuple(versions),
        commands=(f"./pruefstand judge {run}", f"./pruefstand report {run}"),
    )


def _worst_first(outcome: tuple[str, str]) -> int:
    return ("fail", "weak", "inconclusive", "pass", "not_applicable").index(outcome[0])


def _facts(given: ReportInput, words: Words) -> list[tuple[str, str]]:
    info, evidence = given.info, given.evidence
    held = words("run.records", records=words.number(len(evidence.records)), blobs=words.number(len(evidence.blobs)))
    facts = {
        "run.id": words.short(info.id, 120),
        "run.target": words.short(info.target, 120),
        "run.started": words.moment(info.started),
        "run.seconds": words.seconds(info.seconds),
        "run.browser": words.short(info.browser, 120),
        "run.seed": words.short(info.seed, 120),
        "run.evidence": held,
        "run.exit": words(f"run.exit.{int(given.code)}"),
    }
    return [(words(key), value) for key, value in facts.items() if value]
