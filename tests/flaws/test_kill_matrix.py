"""Every flaw on evidence: exactly its checks fail, with exactly these sentences, and no other check is moved."""

from functools import cache

import pytest

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.judge import judge, outcomes
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from tests.flaws.evidence import evidence_with
from tests.flaws.plan import clean_run
from tests.flaws.rendering import render
from tests.flaws.seeded import FLAWS
from tests.flaws.sentences import SENTENCES as OTHERS
from tests.flaws.sentences_attacks import ATTACK_SENTENCES
from tests.flaws.sentences_beside import BESIDE_SENTENCES
from tests.flaws.sentences_certificates import CERTIFICATE_SENTENCES
from tests.flaws.sentences_cipher import CIPHER_SENTENCES
from tests.flaws.sentences_coming import COMING_SENTENCES
from tests.flaws.sentences_network import NETWORK_SENTENCES

SENTENCES = (
    OTHERS | BESIDE_SENTENCES | NETWORK_SENTENCES | ATTACK_SENTENCES | COMING_SENTENCES | CIPHER_SENTENCES
    | CERTIFICATE_SENTENCES
)  # fmt: skip


@cache
def verdicts_with(flaw: str) -> list[Verdict]:
    return judge(CATALOGUE, evidence_with(flaw))


def test_clean_run_passes_every_check() -> None:
    verdicts = verdicts_with("")
    assert outcomes(verdicts) == {check.id: Outcome.PASS for check in CATALOGUE}
    assert all(verdict.finding.records for verdict in verdicts)


def expected(flaw: str, check: str) -> Outcome:
    seeded = FLAWS[flaw]
    if check in seeded.fails:
        return Outcome.FAIL
    if check in seeded.weak:
        return Outcome.WEAK
    if check in seeded.vanished:
        return Outcome.NOT_APPLICABLE
    return Outcome.INCONCLUSIVE if check in seeded.inconclusive else Outcome.PASS


# By check and not by flaw: for mutation testing, which asks one check of every flaw and not every check of one.
@pytest.mark.parametrize("check", [check.id for check in CATALOGUE])
def test_check_is_moved_by_exactly_its_flaws(check: str) -> None:
    said = {flaw: by_id(check).judge(evidence_with(flaw)).outcome for flaw in FLAWS}
    assert said == {flaw: expected(flaw, check) for flaw in FLAWS}


@pytest.mark.parametrize(("flaw", "check"), SENTENCES)
def test_sentence_says_what_was_seen_where(flaw: str, check: str) -> None:
    sentence = by_id(check).judge(evidence_with(flaw)).sentence  # judged here, for mutation testing to see who asks
    assert (sentence.en, sentence.de) == SENTENCES[flaw, check]


def test_every_verdict_has_its_sentence_here() -> None:
    failing = {(flaw, check) for flaw, seeded in FLAWS.items() for check in (*seeded.fails, *seeded.weak)}
    passing = {("", check.id) for check in CATALOGUE}
    assert failing | passing <= set(SENTENCES)


def test_every_check_is_killed_by_a_flaw() -> None:
    killed = {check for seeded in FLAWS.values() for check in (*seeded.fails, *seeded.weak)}
    assert killed == {check.id for check in CATALOGUE}


def test_same_evidence_gives_the_same_verdicts() -> None:
    run = clean_run()
    FLAWS["forward-without-key"].change(run)
    evidence = render(run)
    assert judge(CATALOGUE, evidence) == judge(CATALOGUE, evidence)
