"""A machine without the rights to make networks: nothing was promised there, and nothing is passed."""

from harness.model.evidence import Evidence
from harness.model.observations import Record, TapStatus
from harness.model.outcome import Outcome
from quality_checks.catalogue import catalogue

WHY = "Networks of our own need root's rights (CAP_SYS_ADMIN and CAP_NET_ADMIN): Operation not permitted."


def _evidence(*seen: TapStatus) -> Evidence:
    return Evidence([Record(id=f"r{number}", at=0.0, seen=each) for number, each in enumerate(seen)], {})


def test_where_no_call_could_be_held_every_check_says_why() -> None:
    evidence = _evidence(TapStatus(call="lift-1", vantage="network", state="absent", reason=WHY))
    for check in catalogue():
        finding = check.judge(evidence)
        assert finding.outcome is Outcome.NOT_APPLICABLE
        assert finding.sentence.en == f"None of the calls could be held on this machine: {WHY}"
        assert finding.records == ("r0",)


def test_where_nothing_says_why_there_is_no_call_nothing_is_judged() -> None:
    for check in catalogue():
        assert check.judge(_evidence()).outcome is Outcome.INCONCLUSIVE
