"""What a run does not say, with what that means, and what it leaves to be done."""

from collections.abc import Iterable, Sequence
from typing import Any

from harness.model.outcome import Outcome
from reports.check_rows import CheckRow
from reports.inputs import ReportInput
from reports.model import Report
from reports.pdf.places import Group
from reports.text import Words

_SAID = 200  # characters of one reason


def limits_of(
    given: ReportInput, report: Report, groups: Sequence[Group], most: int, words: Words
) -> list[dict[str, Any]]:
    """Parts with a title, what it means, and entries; only those that have any, at most ``most`` entries each."""
    limits = report.limits
    taps = list(dict.fromkeys(f"{tap.place}: {tap.state}. {tap.reason}".rstrip(". ") + "." for tap in limits.taps))
    blind = [place for group in groups for place in group.blind]
    judged = {verdict.check for verdict in given.verdicts}
    not_run = [
        f"{check.id} ({check.passing.in_language(words.lang)})" for check in given.checks if check.id not in judged
    ]
    parts = (
        ("taps", "taps", taps),
        ("places", "taps", [", ".join(blind)] if blind else []),
        ("open", "open", _named(limits.checks, Outcome.INCONCLUSIVE, words)),
        ("gone", "gone", _named(limits.checks, Outcome.NOT_APPLICABLE, words)),
        ("not_run", "not_run", [words.short(entry, _SAID) for entry in not_run]),
    )
    return [
        {
            "title": words(f"pdf.limits.{title}"),
            "means": words(f"pdf.limits.{means}.means"),
            "entries": cut(entries, most, words),
        }
        for title, means, entries in parts
        if entries
    ]


def open_points(report: Report, most: int, words: Words) -> list[tuple[str, str]]:
    """Kind and sentence of each: violations first, then what is weak, without result, or went wrong in a story."""
    points: list[tuple[str, str]] = []
    for outcome in (Outcome.FAIL, Outcome.WEAK, Outcome.INCONCLUSIVE):
        said = _named(report.rows, outcome, words)
        points += [(words(f"pdf.open.{outcome}"), sentence) for sentence in cut(said, most, words)]
    stories = [
        words.short(f"{story.title}: {story.sentence or story.outcome_text}", _SAID) for story in report.stories_broken
    ]
    return points + [(words("pdf.open.story"), sentence) for sentence in cut(stories, most, words)]


def cut(entries: Sequence[str], most: int, words: Words) -> list[str]:
    """The first entries, and how many more there are."""
    hidden = len(entries) - most
    return [*entries[:most], words("pdf.limits.more", n=hidden)] if hidden > 0 else list(entries)


def _named(rows: Iterable[CheckRow], outcome: Outcome, words: Words) -> list[str]:
    return [
        f"{row.id}: {words.short(row.bench_error or row.seen, _SAID)}" for row in rows if row.outcome == outcome.value
    ]
