"""What the checks on a malicious server make of half an attack, of a deaf page, and of what is another check's."""

from typing import Any

import pytest

from crypto_checks.catalogue import by_id
from harness.model.evidence import Evidence
from harness.model.observations import AgreementTried, DowngradeTried, FramesAttacked, Record
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import clean_evidence, planned, recorded
from tests.flaws.attacks import accepting
from tests.flaws.plan import RunPlan, Way
from tests.flaws.seeded import FLAWS


def agreements(*tries: dict[str, Any]) -> Evidence:
    fair = {"shown": 2, "alike": True, "ended": False}
    seen = [AgreementTried.model_validate(fair | each) for each in tries]
    return Evidence([Record(id=f"r{number}", at=0.0, seen=one) for number, one in enumerate(seen)])


@pytest.mark.parametrize(
    ("attack", "media", "outcome"),
    [
        ("header", "video", Outcome.INCONCLUSIVE),
        ("tag", "audio", Outcome.INCONCLUSIVE),
        ("ciphertext", "audio", Outcome.INCONCLUSIVE),
        ("ciphertext", "video", Outcome.PASS),  # a picture has too many bits for all of them
    ],
)
def test_bits_that_were_not_tried_prove_nothing(attack: str, media: str, outcome: Outcome) -> None:
    finding = recorded("C04", FramesAttacked, {"positions": 30, "bits": 31}, attack=attack, media=media, party="clerk")
    assert finding.outcome is outcome
    if outcome is Outcome.INCONCLUSIVE:
        assert "covered only 30 of 31 bit positions" in finding.sentence.en


@pytest.mark.parametrize(("check", "attack"), [("C04", "tag"), ("C06", "replay"), ("C07", "plain")])
def test_page_that_opens_no_real_frames_either_proves_nothing(check: str, attack: str) -> None:
    finding = recorded(check, FramesAttacked, {"genuine_opened": 0}, attack=attack, media="audio", party="clerk")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.endswith("none was opened either: audio on the clerk's page, call winterbach-7.")


@pytest.mark.parametrize(("check", "attack"), [("C04", "tag"), ("C06", "replay"), ("C07", "unknown-key")])
def test_attack_that_did_not_take_place_proves_nothing(check: str, attack: str) -> None:
    finding = recorded(check, FramesAttacked, {"delivered": 0}, attack=attack, media="video", party="citizen")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "were delivered: video on the citizen's page" in finding.sentence.en


def test_changed_frame_that_is_passed_on_as_it_is_counts_as_plain_and_not_as_tampered() -> None:
    change = accepting(tag=(0, 5, 0))
    assert planned("C04", change).outcome is Outcome.PASS
    finding = planned("C07", change)
    assert finding.outcome is Outcome.FAIL
    assert "played 5 of 1000 audio frames with a changed tag" in finding.sentence.en


def test_keys_that_could_not_be_seen_at_work_leave_c07_open() -> None:
    finding = recorded("C07", FramesAttacked, {"tried": None}, attack="unknown-key", media="audio", party="citizen")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "it could not be seen whether keys are tried" in finding.sentence.en


def test_medium_that_is_not_encrypted_at_all_is_left_to_e01() -> None:
    finding = planned("C04", FLAWS["plain-audio"].change)
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en.endswith("(audio: E01 judges that).")


@pytest.mark.parametrize("swapped", [False, True])
def test_nineteen_agreements_are_too_few(swapped: bool) -> None:
    enough = [{"swapped": not swapped, "alike": swapped}] * 20
    finding = by_id("K05").judge(agreements(*enough, *[{"swapped": swapped, "alike": not swapped}] * 19))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "only 19 of the 20 key agreements" in finding.sentence.en


def test_call_that_a_page_ends_is_a_stranger_who_did_not_get_in() -> None:
    tries: list[dict[str, Any]] = [{"swapped": False}] * 20 + [{"swapped": True, "alike": False}] * 17
    tries += [{"swapped": True, "shown": 1, "alike": True, "ended": True}] * 3
    finding = by_id("K05").judge(agreements(*tries))
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en.endswith("they never did, 3 of them by ending the call.")


def test_page_that_shows_no_code_for_long_is_not_counted() -> None:
    tries: list[dict[str, Any]] = [{"swapped": False}] * 20 + [{"swapped": True, "shown": 1}] * 20
    assert by_id("K05").judge(agreements(*tries)).outcome is Outcome.INCONCLUSIVE


def test_codes_that_differ_without_a_stranger_fail() -> None:
    finding = by_id("K05").judge(agreements(*[{"swapped": False}] * 19, {"swapped": False, "alike": False}))
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "In 1 of 20 key agreements without a stranger the pages showed different safety codes."
    )


def test_page_that_was_told_nothing_was_not_tempted() -> None:
    finding = recorded("K10", DowngradeTried, {"told": 0}, way="announced", party="clerk")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == "Not judged: the clerk's page was told nothing of it, call winterbach-8."


def test_connected_page_of_which_the_server_held_nothing_proves_nothing() -> None:
    finding = recorded("K10", DowngradeTried, {"state": "connected"}, way="old-client", party="clerk")
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the media server's frames are missing: the clerk's audio in call winterbach-9" in finding.sentence.en


def test_blocked_call_is_as_good_as_an_encrypted_one() -> None:
    def block(run: RunPlan) -> None:
        for stream in run.streams():
            if stream.call == "winterbach-8":
                stream.ways = [Way.SWALLOWED] * len(stream.ways)

    clean = clean_evidence()
    assert by_id("K10").judge(clean).outcome is Outcome.PASS
    assert planned("K10", block).outcome is Outcome.INCONCLUSIVE  # the pages still say that they are connected


def test_what_goes_out_while_keys_are_withheld_is_left_to_k12() -> None:
    assert planned("K10", FLAWS["forward-without-key"].change).outcome is Outcome.PASS
