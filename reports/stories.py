"""The stories that were played and the calls that were held, as rows of two tables."""

from dataclasses import dataclass

from harness.model.evidence import Evidence
from harness.model.observations import CallFact, ScenarioResult
from reports.anchors import call_anchors
from reports.text import Words


@dataclass(frozen=True)
class StoryRow:
    """One scenario; ``outcome`` is its stable word."""

    title: str
    outcome: str
    outcome_text: str
    sentence: str
    time: str


@dataclass(frozen=True)
class CallRow:
    """One call and what the bench did to it; ``anchor`` is empty where an earlier row has the call's."""

    anchor: str
    call: str
    tenant: str
    fault: str
    connected: str
    clicks: str
    time: str


def story_rows(evidence: Evidence, words: Words) -> list[StoryRow]:
    """The scenarios in the order they were recorded."""
    rows = []
    for found in evidence.of(ScenarioResult):
        seen = found.seen
        title = seen.title if words.lang == "de" else seen.title_en or seen.title
        rows.append(
            StoryRow(
                title=words.short(title or seen.name, 160),
                outcome=seen.outcome,
                outcome_text=words(f"story.{seen.outcome}"),
                sentence=words.short(seen.said(words.lang)),
                time=words.seconds(seen.seconds),
            )
        )
    return rows


def call_rows(evidence: Evidence, words: Words) -> list[CallRow]:
    """The calls in the order they were recorded."""
    anchors = call_anchors(found.seen.call for found in evidence.of(CallFact) if found.seen.call)
    return [
        CallRow(
            anchor=anchors.pop(found.seen.call, ""),
            call=words.short(found.seen.call, 60),
            tenant=words.short(found.seen.tenant, 60),
            fault=words.of("fault", found.seen.fault) if found.seen.fault else words("none"),
            connected=words("yes" if found.seen.connected else "no"),
            clicks=_number(found.seen.clicks, words),
            time=words.seconds(max(0.0, found.seen.ended_at - found.seen.began_at)),
        )
        for found in evidence.of(CallFact)
    ]


def _number(value: int | None, words: Words) -> str:
    return words("none") if value is None else words.number(value)
