"""What counts as caught: exactly the named checks, and nothing that a machine had no time for."""

import pytest

from harness.model.matrix import Judged, Matrix, Row
from harness.model.rate import Rate
from tests.matrix.rows import blinded, row

CLEAN = row("clean-01", clean=True, T03="weak")


def judged(given: Row, *others: Row) -> Judged:
    return Matrix([given, *others]).judge(given)


def test_flaw_that_moves_its_checks_only_is_exact() -> None:
    assert judged(row("a", "E01", E02="not_applicable")).exact


@pytest.mark.parametrize("outcome", ["pass", "inconclusive", "not_applicable"])
def test_named_check_that_does_not_fail_is_missed(outcome: str) -> None:
    assert judged(row("a", "E01", E01=outcome)) == Judged(missed=("E01",))


def test_check_that_fails_without_being_named_is_an_alarm() -> None:
    assert judged(row("a", "E01", K07="fail")) == Judged(alarms=("K07",))


def test_check_without_verdict_is_open() -> None:
    assert judged(row("a", "E01", E02="inconclusive")) == Judged(open=("E02",))


def test_check_that_the_flaw_leaves_without_its_control_may_be_open_but_must_not_fail() -> None:
    assert judged(row("a", "E01", unsettles=("E02",), E02="inconclusive")).exact
    assert judged(row("a", "E01", unsettles=("E02",), E02="fail")) == Judged(alarms=("E02",))
    assert judged(row("a", "E01", unsettles=("E02",), K07="inconclusive")) == Judged(open=("K07",))


def test_weak_counts_only_where_a_clean_run_is_not() -> None:
    named, unnamed = row("a", "E02", E02="weak"), row("b", "E01", T03="weak", E02="weak")
    assert judged(named, CLEAN).exact
    assert judged(unnamed, CLEAN) == Judged(alarms=("E02",))
    assert judged(row("c", "T03", T03="weak"), CLEAN) == Judged(missed=("T03",))


def test_weak_is_compared_with_other_flaws_where_no_clean_run_is_there() -> None:
    other = row("b", "E01", T03="weak")
    assert judged(row("a", "E02", E02="weak", T03="weak"), other).exact
    assert judged(row("a", "T03", T03="weak"), other) == Judged(missed=("T03",))
    assert judged(row("a", "E02", E02="weak")) == Judged(missed=("E02",)), "alone, nobody knows what is usual"


def test_weak_is_known_where_it_is_told() -> None:
    alone = row("a", "E02", E02="weak", T03="weak")
    assert Matrix([alone], weak=("T03",)).judge(alone).exact
    assert Matrix([alone], weak=()).judge(alone) == Judged(alarms=("T03",))


def test_silenced_tap_must_leave_its_checks_without_verdict() -> None:
    assert judged(row("quiet", "E01", silences="sfu", E01="inconclusive", K07="inconclusive")).exact
    assert judged(row("quiet", "E01", silences="sfu", E01="pass")) == Judged(missed=("E01",))
    assert judged(row("quiet", "E01", silences="sfu", E01="inconclusive", K07="fail")) == Judged(alarms=("K07",))


def test_rates_leave_out_what_could_not_be_played() -> None:
    broken = row("c", "E01").model_copy(update={"error": "The town hall did not start."})
    loud = row("clean-02", clean=True, E01="fail", T03="weak")
    matrix = Matrix([row("a", "E01"), row("b", "E02", E02="pass"), broken, CLEAN, loud])
    assert matrix.detection == Rate(1, 2)
    assert matrix.false_alarms == Rate(1, 2)


def test_clean_run_in_which_a_check_has_no_verdict_is_no_false_alarm() -> None:
    assert Matrix([row("clean-01", clean=True, E01="inconclusive")]).false_alarms == Rate(0, 1)


def test_blindfold_keeps_what_one_check_still_catches() -> None:
    seen = blinded(row("a", "E01", "K07"), E01="inconclusive")
    unseen = blinded(row("b", "E02"), E02="inconclusive")
    stray = blinded(row("clean-01", clean=True), K07="fail")
    left = Matrix([seen, unseen, stray, row("quiet", "E01", silences="sfu")]).blinded("browser")
    assert (left.caught, left.strays) == ({"a": ("K07",), "b": ()}, {"clean-01": ("K07",)})
    assert (left.detection, left.alarms) == (Rate(1, 2), Rate(1, 1))
