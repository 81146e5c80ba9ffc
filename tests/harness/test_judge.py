"""Judging: our own bugs are never the target's failure, and no verdict cites what is not there."""

import pytest
from pydantic import ValidationError

from harness.judge import judge
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.exit_code import ExitCode, exit_code
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding, Verdict

WORDS = Sentence(de="So ist es.", en="So it is.")


def a_check(finding: Finding | Exception) -> Check:
    def judged(_: Evidence) -> Finding:
        if isinstance(finding, Exception):
            raise finding
        return finding

    return Check("X01", "a-check", WORDS, (), (), judged)


def a_verdict(outcome: Outcome, bench_error: str = "") -> Verdict:
    finding = Finding(outcome=outcome, sentence=WORDS, records=("r1",))
    return Verdict(check="X01", name="a-check", finding=finding, bench_error=bench_error)


def test_broken_judge_is_inconclusive_and_says_that_it_is_the_bench() -> None:
    (verdict,) = judge([a_check(ZeroDivisionError("oops"))], Evidence([]))
    assert verdict.outcome is Outcome.INCONCLUSIVE
    assert verdict.bench_error == "ZeroDivisionError: oops"
    assert verdict.finding.sentence.en == (
        "The bench itself broke on this check (ZeroDivisionError); that says nothing about the target."
    )


def test_verdict_that_cites_an_unknown_record_is_an_error_of_the_bench() -> None:
    with pytest.raises(ValueError, match="cites records that the evidence does not hold: r7"):
        judge([a_check(Finding(outcome=Outcome.PASS, sentence=WORDS, records=("r7",)))], Evidence([]))


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.WEAK, Outcome.FAIL])
def test_decision_without_evidence_cannot_be_made(outcome: Outcome) -> None:
    with pytest.raises(ValidationError, match="must cite the records it rests on"):
        Finding(outcome=outcome, sentence=WORDS)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], ExitCode.INCONCLUSIVE),
        ([Outcome.NOT_APPLICABLE, Outcome.NOT_APPLICABLE], ExitCode.INCONCLUSIVE),
        ([Outcome.PASS, Outcome.WEAK, Outcome.NOT_APPLICABLE], ExitCode.OK),
        ([Outcome.PASS, Outcome.INCONCLUSIVE], ExitCode.INCONCLUSIVE),
        ([Outcome.INCONCLUSIVE, Outcome.FAIL], ExitCode.FAILED),
    ],
)
def test_exit_code(outcomes: list[Outcome], code: ExitCode) -> None:
    assert exit_code([a_verdict(outcome) for outcome in outcomes]) is code


def test_failed_story_is_no_success() -> None:
    assert exit_code([a_verdict(Outcome.PASS)], scenarios_failed=1) is ExitCode.FAILED


def test_killed_run_is_no_success() -> None:
    assert exit_code([a_verdict(Outcome.PASS)], complete=False) is ExitCode.INCONCLUSIVE


def test_our_own_error_is_told_apart_from_missing_evidence() -> None:
    assert exit_code([a_verdict(Outcome.PASS), a_verdict(Outcome.INCONCLUSIVE, "bug")]) is ExitCode.BENCH
