"""Judging: every check over one run's evidence. Pure: the same evidence gives the same verdicts, now or in years."""

from collections.abc import Iterable, Sequence

from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding, Verdict


def judge(checks: Iterable[Check], evidence: Evidence) -> list[Verdict]:
    """One verdict a check. A judge that breaks is our error: its check is inconclusive and says so; others go on."""
    return [_judge_one(check, evidence) for check in checks]


def _judge_one(check: Check, evidence: Evidence) -> Verdict:
    try:
        finding = check.judge(evidence)
    except Exception as error:  # the one boundary where any fault of a judge becomes "our bug", never the target's
        sentence = Sentence(
            de=f"Der Prüfstand selbst ist bei dieser Prüfung gescheitert ({type(error).__name__}); "
            "das sagt nichts über das Ziel.",
            en=f"The bench itself broke on this check ({type(error).__name__}); that says nothing about the target.",
        )
        finding = Finding(outcome=Outcome.INCONCLUSIVE, sentence=sentence)
        return Verdict(check=check.id, name=check.name, finding=finding, bench_error=f"{type(error).__name__}: {error}")
    return Verdict(check=check.id, name=check.name, finding=_known_records(finding, evidence))


def _known_records(finding: Finding, evidence: Evidence) -> Finding:
    known = {record.id for record in evidence.records}
    unknown = [record for record in finding.records if record not in known]
    if unknown:
        raise ValueError(f"a verdict cites records that the evidence does not hold: {', '.join(unknown)}")
    return finding


def outcomes(verdicts: Sequence[Verdict]) -> dict[str, Outcome]:
    """Outcomes by check id."""
    return {verdict.check: verdict.outcome for verdict in verdicts}
