"""Calls, lines and rows of the truth table, made by code."""

from dataclasses import replace
from typing import Any

from benchmarks.truth.calls import Play
from benchmarks.truth.lines import CallSeen, Score, Stream
from benchmarks.truth.row import Row
from benchmarks.truth.seen import seen_of
from benchmarks.truth.table import rows
from harness.model.observations import AnyObservation, Planted, StatsSeries
from harness.quality.plan import Trial
from tests.quality_checks.calls import BEGAN, Defects, call, evidence

MS = BEGAN * 1000
GOOD = Defects(fps=25.0, camera=25.0)


def line_of(trial: Trial, *more: AnyObservation, **defects: Any) -> CallSeen:
    label = trial.label
    seen = [*call(label, replace(GOOD, **defects)), *(each.model_copy(update={"call": label}) for each in more)]
    return seen_of(evidence(seen), Play(trial), "a camera")


def rows_of(part: str, *calls: CallSeen) -> list[Row]:
    return [row for row in rows(calls) if row.part == part]


def clear_line(number: int = 1, **figures: Any) -> CallSeen:
    return CallSeen(label=f"clear-{number}", profile="clear", connected=True, **figures)


def planted(what: str, value: float, begin: float, end: float, media: str = "video") -> Planted:
    return Planted.model_validate(
        {
            "party": "citizen", "what": what, "media": media, "value": value,
            "from_ms": MS + begin * 1000, "to_ms": MS + end * 1000,
        }
    )  # fmt: skip


def waiting(each: AnyObservation, media: str, longer: float, begin: int, end: int) -> AnyObservation:
    """The receiver's buffer holds everything longer (s) between two seconds."""
    if not isinstance(each, StatsSeries) or (each.of, each.media) != ("inbound-rtp", media):
        return each
    emitted, waited = each.columns["jitterBufferEmittedCount"], each.columns["jitterBufferDelay"]
    rate = (emitted[1] or 0.0) - (emitted[0] or 0.0)
    more = [(value or 0.0) + longer * rate * max(0, min(at, end) - begin) for at, value in enumerate(waited)]
    return each.model_copy(update={"columns": {**each.columns, "jitterBufferDelay": tuple(more)}})


def delayed_line(label: str, profile: str, began: float, glass: float) -> CallSeen:
    streams = tuple(
        Stream(viewer=viewer, sender=sender, glass_ms=glass, mouth_ms=glass)
        for viewer, sender in (("clerk", "citizen"), ("citizen", "clerk"))
    )
    return CallSeen(label=label, profile=profile, connected=True, began_ms=began, streams=streams)


def scored_line(profile: str, value: float, figure: str = "vmaf", planted: str = "") -> CallSeen:
    scores = tuple(Score(figure=figure, viewer=viewer, value=value) for viewer in ("citizen", "clerk"))
    return CallSeen(label=f"{profile}{planted}", profile=profile, planted=planted, connected=True, scores=scores)
