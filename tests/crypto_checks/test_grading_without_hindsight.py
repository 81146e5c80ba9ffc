"""A verdict rests on the records that it names: without them, or with half of them, a judge must not say it again.

Which call took place is not taken away by halves: evidence of one call less is whole evidence of a smaller run.
"""

from collections.abc import Collection
from random import Random

import pytest

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.model.evidence import Evidence
from harness.model.observations import CallFact, KeySeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from tests.flaws.evidence import evidence_with
from tests.flaws.seeded import FLAWS

UNDECIDED = (Outcome.INCONCLUSIVE, Outcome.NOT_APPLICABLE)
DRAWN = 2  # halves drawn by chance, the same in every run, beside those in order
# E05 fails by design where the server holds a stream of which a working tap in the sender's page knows nothing: it
# cannot tell such a stream from one whose records were taken away. That is no good news from silence either.
_UNKNOWN = "is unknown to its sender"
MOVED = [(flaw, check) for flaw, seeded in FLAWS.items() for check in (*seeded.fails, *seeded.weak)]


def cited(flaw: str, check: str) -> tuple[str, ...]:
    return by_id(check).judge(evidence_with(flaw)).records


def without(flaw: str, gone: Collection[str]) -> Evidence:
    whole = evidence_with(flaw)
    return Evidence([record for record in whole.records if record.id not in gone], whole.blobs)


def halves(flaw: str, named: Collection[str]) -> list[list[str]]:
    """Halves of what calls and pages gave: the first and the last, every other one, and some by chance."""
    records = [record for record in evidence_with(flaw).records if record.id in named]
    given = [record.id for record in records if not isinstance(record.seen, CallFact)]
    middle = (len(given) + 1) // 2
    chance = Random(1)
    drawn = [chance.sample(given, middle) for _ in range(DRAWN)]
    return [half for half in (given[:middle], given[-middle:], given[::2], given[1::2], *drawn) if half]


def findings_of_halves(flaw: str, check: str) -> list[Finding]:
    judge = by_id(check).judge
    return [judge(without(flaw, half)) for half in halves(flaw, cited(flaw, check))]


@pytest.mark.parametrize("check", [check.id for check in CATALOGUE])
def test_pass_is_not_repeated_without_its_records(check: str) -> None:
    assert cited("", check), "a verdict names the records that it rests on"
    assert by_id(check).judge(without("", cited("", check))).outcome in UNDECIDED


@pytest.mark.parametrize("check", [check.id for check in CATALOGUE])
def test_pass_is_not_repeated_with_half_of_its_records(check: str) -> None:
    said = findings_of_halves("", check)
    decided = {finding.sentence.en for finding in said if finding.outcome not in UNDECIDED}
    assert [sentence for sentence in decided if not (check == "E05" and _UNKNOWN in sentence)] == []


@pytest.mark.parametrize(("flaw", "check"), MOVED)
def test_fail_ends_with_its_records(flaw: str, check: str) -> None:
    """Another record may show the same again, and is named then; when all that was named is gone, nothing is said."""
    gone: set[str] = set()
    while (finding := by_id(check).judge(without(flaw, gone))).outcome not in UNDECIDED:
        assert finding.outcome in (Outcome.FAIL, Outcome.WEAK)
        assert set(finding.records) - gone, "a verdict names the records that it rests on"
        gone |= set(finding.records)


@pytest.mark.parametrize(("flaw", "check"), MOVED)
def test_fail_does_not_become_a_pass_with_half_of_its_records(flaw: str, check: str) -> None:
    whole = by_id(check).judge(evidence_with(flaw)).outcome
    assert {finding.outcome for finding in findings_of_halves(flaw, check)} <= {whole, Outcome.FAIL, *UNDECIDED}


def test_keys_of_one_side_alone_are_half_the_evidence() -> None:
    gone = {found.id for found in evidence_with("").of(KeySeen, call="kernen-1", party="clerk")}
    assert by_id("K04").judge(without("", gone)).sentence == Sentence(
        de="Nicht beurteilt: kein Medienschlüssel der Amtsseite wurde aufgezeichnet, Gespräch kernen-1.",
        en="Not judged: no media key of the clerk was recorded in call kernen-1.",
    )
