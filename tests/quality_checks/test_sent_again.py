"""Packets that go out again for lost ones do not make a loss look smaller than it was."""

import pytest

from harness.model.observations import LinkCount
from harness.model.outcome import Outcome
from harness.quality.plan import Trial
from quality_checks.catalogue import catalogue
from tests.benchmarks.truth.made import line_of
from tests.quality_checks.calls import Defects, call, evidence

JUDGE = {each.id: each for each in catalogue()}["Q05"].judge


@pytest.mark.parametrize("what", [Defects(loss=0.1, sent_again=0.1), Defects(up_loss=0.1, sent_again=0.1)])
def test_a_loss_is_of_what_was_to_arrive_whatever_was_sent_again(what: Defects) -> None:
    found = JUDGE(evidence(call("lossy", what)))
    assert found.outcome is Outcome.FAIL
    assert "at worst 10 % in the" in found.sentence.en


def test_a_repaired_call_has_no_loss_of_its_own() -> None:
    assert JUDGE(evidence(call("repaired", Defects(sent_again=0.1)))).outcome is Outcome.PASS


def test_the_truth_table_holds_the_same_against_the_links_own_count() -> None:
    counted = {"taken": 10_000, "given": 9_000, "lost": 1_000, "overflowed": 0, "duplicated": 0, "late_p95_ms": 0.1}
    links = [
        LinkCount.model_validate({"party": "citizen", "direction": way, "of": "measured", **counted})
        for way in ("up", "down")
    ]
    seen = line_of(Trial("loss-10", 1), *links, loss=0.1, up_loss=0.1, sent_again=0.1)
    assert {each.way: round(each.told / each.of, 3) for each in seen.lost} == {"up": 0.1, "down": 0.1}
