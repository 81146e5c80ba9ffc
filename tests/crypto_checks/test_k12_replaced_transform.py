"""A transform set late is E03's finding, one that lets frames through without a key is K12's. Both begin alike."""

from dataclasses import replace

import pytest

from crypto_checks.catalogue import by_id
from harness.model.evidence import Evidence
from harness.model.observations import Record, TransformSet
from harness.model.outcome import Outcome
from tests.flaws.plan import RunPlan, StreamPlan, Way, clean_run
from tests.flaws.rendering import render

CLEAR = 20  # frames of each stream that go out before the key could come


def withheld_call_with_clear_frames() -> tuple[RunPlan, list[StreamPlan]]:
    run = clean_run()
    streams = run.streams(fault="key-withheld")
    for stream in streams:
        stream.ways = [Way.FORWARDED] * CLEAR
    return run, streams


def with_transforms_set(evidence: Evidence, streams: list[StreamPlan], times: int) -> Evidence:
    records = [
        Record(
            id=f"t{number}-{stream.party}-{stream.media}",
            at=0.0,
            seen=TransformSet(
                call=stream.call,
                party=stream.party,
                media=stream.media,
                side="sender",
                via="app",
                at=stream.began - 0.01 + number * (CLEAR * stream.interval),
            ),
        )
        for stream in streams
        for number in range(times)
    ]
    return replace(evidence, records=[*evidence.records, *records])


@pytest.mark.parametrize(("times", "outcome"), [(1, Outcome.FAIL), (2, Outcome.PASS)])
def test_clear_frames_count_unless_a_later_transform_ended_them(times: int, outcome: Outcome) -> None:
    run, streams = withheld_call_with_clear_frames()
    assert by_id("K12").judge(with_transforms_set(render(run), streams, times)).outcome is outcome
