"""Rows of checks, of marks and of what measuring costs."""

from benchmarks.truth.calls import Play
from benchmarks.truth.lines import CallSeen, Cost, Lost, Score
from benchmarks.truth.seen import seen_of
from benchmarks.truth.table import rows
from harness.model.observations import AnyObservation, CallCost, CallFact
from harness.quality.plan import Trial
from tests.benchmarks.truth.made import GOOD, clear_line, rows_of
from tests.quality_checks.calls import call, evidence


def test_every_defect_fails_its_check_or_the_row_says_what_it_did() -> None:
    failed = CallSeen(label="a", profile="loss-10", connected=True, checks={"Q05": "fail", "Q07": "weak"})
    found = {row.planted: (row.reached, row.measured) for row in rows_of("defects", failed)}
    assert found["loss-10 fails Q05"] == (True, "fail")
    assert found["loss-10 fails Q07"] == (False, "weak")
    assert found["loss-10 fails Q13"] == (False, "not judged")


def test_a_clear_call_passes_or_the_row_says_why_not() -> None:
    calls = [
        clear_line(checks={"Q01": "pass", "Q09": "weak", "Q14": "inconclusive", "Q18": "not_applicable"},
               said={"Q09": "Only 24 a second."}),
        clear_line(2, checks={"Q01": "pass", "Q09": "pass", "Q14": "pass", "Q18": "not_applicable"},
               scores=(Score(figure="vmaf", viewer="clerk", value=95),)),
    ]  # fmt: skip
    found = {row.planted: (row.reached, row.measured) for row in rows_of("clear", *calls)}
    assert found == {
        "Q01 passes": (True, "in 2 of 2 calls"),
        "Q09 passes": (False, "in 1 of 2 calls. Only 24 a second."),
        "Q14 passes": (True, "in 1 of 1 calls"),
        "Q18 passes": (None, "not applicable"),
    }


def test_a_clear_call_that_was_to_be_scored_and_was_not_is_no_pass() -> None:
    call = clear_line(checks={"Q14": "inconclusive"}, said={"Q14": "Not judged."}, scored=True)
    [row] = rows_of("clear", call)
    assert (row.planted, row.reached) == ("Q14 passes", False)


def test_what_measuring_costs_is_told() -> None:
    costs = (
        Cost(party="clerk", page=0.03, browser=0.6, bench=0.05),
        Cost(party="citizen", page=0.05, browser=0.7, bench=0.05),
    )
    found = [row.measured for row in rows_of("cost", clear_line(costs=costs, late_ms=0.2))]
    assert found == [
        "4.0 % of a core", "65.0 % of a core", "5.0 % of a core", "95 % of packets later by at most 0.20 ms",
    ]  # fmt: skip


def test_what_a_browser_needs_without_being_measured_is_told_beside_it_and_counts_nowhere_else() -> None:
    plain = _seen_unmeasured()
    assert (plain.label, plain.measured, plain.streams, plain.checks) == ("clear-1-unmeasured", False, (), {})
    costs = (Cost(party="clerk", page=0.03, browser=0.7, bench=0.05),)
    found = rows([clear_line(costs=costs), plain])
    assert [(row.planted, row.measured) for row in found if row.part == "cost"][2:4] == [
        ("a browser in a call that nothing looks at", "60.0 % of a core"),
        ("so measuring, in a browser", "10.0 % of a core"),
    ]
    assert rows([plain]) == []


def _seen_unmeasured() -> CallSeen:
    play = Play(Trial("clear", 1), measured=False)
    seen: list[AnyObservation] = [each for each in call(play.label, GOOD) if isinstance(each, (CallFact, CallCost))]
    return seen_of(evidence(seen), play)


def test_a_call_that_was_not_held_counts_nowhere() -> None:
    lost = (Lost(way="up", told=1, of=2, linked=3, taken=4),)
    assert rows([CallSeen(label="a", profile="loss-5", lost=lost, checks={"Q05": "fail"})]) == []
