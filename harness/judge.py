"""Judging: every check over one run's evidence. Pure: the same evidence gives the same verdicts, now or in years."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, Record, StoryCut
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding, Verdict


def judge(checks: Iterable[Check], evidence: Evidence) -> list[Verdict]:
    """One verdict a check. A judge that breaks is our error: its check is inconclusive and says so; others go on."""
    return [_judge_one(check, evidence) for check in checks]


def _judge_one(check: Check, evidence: Evidence) -> Verdict:
    try:
        finding = _mindful_of_cuts(check, evidence)
    except Exception as error:  # the one boundary where any fault of a judge becomes "our bug", never the target's
        sentence = Sentence(
            de=f"Der Prüfstand selbst ist bei dieser Prüfung gescheitert ({type(error).__name__}); "
            "das sagt nichts über das Ziel.",
            en=f"The bench itself broke on this check ({type(error).__name__}); that says nothing about the target.",
        )
        finding = Finding(outcome=Outcome.INCONCLUSIVE, sentence=sentence)
        return Verdict(check=check.id, name=check.name, finding=finding, bench_error=f"{type(error).__name__}: {error}")
    return Verdict(check=check.id, name=check.name, finding=_known_records(finding, evidence))


def _mindful_of_cuts(check: Check, evidence: Evidence) -> Finding:
    """What the check says, where no story that it rests on was cut off. Half of a story is no good news; nor is what
    it lacks a violation: a fail stays where it was found (``Check.stands``), or where other stories show it, too."""
    finding = check.judge(evidence)
    halves = [(found.seen, _half(evidence, found)) for found in evidence.of(StoryCut)]
    cuts = [(cut, half) for cut, half in halves if _concerns(cut, half, check)]
    if not cuts or finding.outcome is Outcome.INCONCLUSIVE:
        return finding
    if finding.outcome is Outcome.FAIL:
        if check.stands:
            return finding
        gone = {record.id for _, half in cuts for record in half}
        rest = Evidence([record for record in evidence.records if record.id not in gone], evidence.blobs)
        elsewhere = check.judge(rest)
        if elsewhere.outcome is Outcome.FAIL:
            return elsewhere
    return Finding(outcome=Outcome.INCONCLUSIVE, sentence=_cut_off(cuts[0][0], finding))


def _half(evidence: Evidence, cut: Found[StoryCut]) -> list[Record]:
    """What the story recorded: everything since its begin that stands before the record of its cut, and that record."""
    last = next(at for at, record in enumerate(evidence.records) if record.id == cut.id)
    upto = reversed(evidence.records[: last + 1])
    return list(takewhile(lambda record: record.at >= cut.seen.began_at, upto))


def _concerns(cut: StoryCut, half: Sequence[Record], check: Check) -> bool:
    """Whether the check rests on the story: it names it, or a call was held in it, which many look at unasked."""
    held = any(isinstance(record.seen, CallFact) for record in half)
    return cut.concerns(check.id) or (held and check.id not in cut.others)


def _cut_off(story: StoryCut, finding: Finding) -> Sentence:
    said = finding.sentence
    seen_de = f", und was bis dahin zu sehen war, ist nur halb: {said.de}" if finding.outcome is Outcome.FAIL else ""
    seen_en = f", and what was seen until then is only half of it: {said.en}" if finding.outcome is Outcome.FAIL else ""
    return Sentence(
        de=f"Nicht beurteilt: das Szenario {story.name} wurde nach {story.limit:.0f} s abgebrochen{seen_de or '.'}",
        en=f"Not judged: the story {story.name} was cut off after {story.limit:.0f} s{seen_en or '.'}",
    )


def _known_records(finding: Finding, evidence: Evidence) -> Finding:
    known = {record.id for record in evidence.records}
    unknown = [record for record in finding.records if record not in known]
    if unknown:
        raise ValueError(f"a verdict cites records that the evidence does not hold: {', '.join(unknown)}")
    return finding


def outcomes(verdicts: Sequence[Verdict]) -> dict[str, Outcome]:
    """Outcomes by check id."""
    return {verdict.check: verdict.outcome for verdict in verdicts}
