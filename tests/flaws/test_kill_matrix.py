"""Every flaw on evidence: exactly its checks fail, with exactly these sentences, and no other check is moved."""

from functools import cache

import pytest

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.judge import judge, outcomes
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
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
def evidence_with(flaw: str) -> Evidence:
    run = clean_run()
    if flaw:
        FLAWS[flaw].change(run)
    return render(run)


@cache
def verdicts_with(flaw: str) -> list[Verdict]:
    return judge(CATALOGUE, evidence_with(flaw))


def test_clean_run_passes_every_check() -> None:
    verdicts = verdicts_with("")
    assert outcomes(verdicts) == {check.id: Outcome.PASS for check in CATALOGUE}
    assert all(verdict.finding.records for verdict in verdicts)


@pytest.mark.parametrize("flaw", FLAWS)
def test_flaw_moves_exactly_its_checks(flaw: str) -> None:
    seeded = FLAWS[flaw]
    expected = {check.id: Outcome.PASS for check in CATALOGUE}
    expected |= dict.fromkeys(seeded.fails, Outcome.FAIL)
    expected |= dict.fromkeys(seeded.weak, Outcome.WEAK)
    expected |= dict.fromkeys(seeded.vanished, Outcome.NOT_APPLICABLE)
    expected |= dict.fromkeys(seeded.inconclusive, Outcome.INCONCLUSIVE)
    verdicts = verdicts_with(flaw)
    assert outcomes(verdicts) == expected
    assert not [verdict.bench_error for verdict in verdicts if verdict.bench_error]


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
