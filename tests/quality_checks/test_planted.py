"""Each planted defect fails its check, with its sentence; a clean call passes all; nothing else is moved."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.outcome import Outcome
from quality_checks.catalogue import CHECKS, catalogue
from quality_checks.freezes import freezes
from quality_checks.pictures import Shown, composed
from tests.quality_checks.calls import Defects, call, evidence, run
from tests.quality_checks.planted import PLANTED

CLEAN = run()
CHECK = {check.id: check for check in catalogue()}
ALSO = {  # what a defect of this size moves besides: the same thing seen by another figure
    "Q01": {"Q02", "Q13"},
    "Q02": {"Q12", "Q13"},
    "Q05": {"Q13"},
    "Q08": {"Q09", "Q11"},
    "Q09": {"Q11"},
    "Q11": {"Q09"},
    "Q12": {"Q01", "Q02"},
    "Q13": {"Q05"},
}


@pytest.mark.parametrize("check", [check.id for check in CHECKS if check.id != "Q20"])
def test_a_clean_call_passes(check: str) -> None:
    finding = CHECK[check].judge(CLEAN)
    assert finding.outcome is Outcome.PASS, finding.sentence.en
    assert " was good throughout: at worst " in finding.sentence.en
    assert " war durchweg gut: im schlechtesten Fall " in finding.sentence.de
    assert finding.figures["worst"] >= 0


@pytest.mark.parametrize(("check", "defects", "english", "german"), PLANTED)
def test_a_planted_defect_fails_its_check(check: str, defects: dict[str, Any], english: str, german: str) -> None:
    finding = CHECK[check].judge(run(**defects))
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en.startswith(english), finding.sentence.en
    assert german in finding.sentence.de, finding.sentence.de


@pytest.mark.parametrize(("check", "defects"), [(check, defects) for check, defects, _, _ in PLANTED])
def test_a_planted_defect_moves_nothing_else(check: str, defects: dict[str, Any]) -> None:
    planted = run(**defects)
    moved = {name for name, each in CHECK.items() if each.judge(planted).outcome in (Outcome.FAIL, Outcome.WEAK)}
    assert moved - ALSO.get(check, set()) == {check}


def test_every_check_but_the_informing_ones_has_a_planted_defect() -> None:
    assert {check for check, _, _, _ in PLANTED} == {check.id for check in CHECKS} - {"Q19", "Q20"}


def test_between_good_and_bad_a_call_is_weak() -> None:
    finding = CHECK["Q01"].judge(run(delay=200.0))
    assert finding.outcome is Outcome.WEAK
    assert " was only acceptable: at worst 200 ms" in finding.sentence.en
    assert "so in 8 of 8 measured windows" in finding.sentence.en
    assert "so in 8 von 8 gemessenen Abschnitten" in finding.sentence.de


def test_one_bad_window_is_named_with_its_second_though_the_call_was_good() -> None:
    late = dict.fromkeys(range(23, 33), 600.0)
    finding = CHECK["Q02"].judge(run(late=late))
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en == (
        "The delay from mouth to ear was bad: at worst 690 ms in the 10 seconds from second 23 on (the clerk's sound "
        "at the citizen, call quality-1), over the whole call 90 ms; so in 2 of 8 measured windows. Good is at most "
        "150 ms, acceptable at most 400 ms."
    )
    assert finding.figures["second"] == 23
    assert finding.figures["whole"] == 90


def test_the_network_and_the_worst_call_are_named() -> None:
    calls = [call(f"call-{number}", Defects(delay=80.0 * number, profile="lift")) for number in (1, 2, 3)]
    finding = CHECK["Q01"].judge(evidence(*calls))
    assert "(the clerk's picture at the citizen, call call-3, network lift)" in finding.sentence.en
    assert "Gespräch call-3, Netz lift)" in finding.sentence.de


def test_marks_that_are_read_too_rarely_say_nothing_of_the_call() -> None:
    little = run(unread=0.3)
    for check in ("Q08", "Q09", "Q11", "Q19"):
        assert CHECK[check].judge(little).outcome is Outcome.INCONCLUSIVE
    assert CHECK["Q09"].judge(little).sentence.en == (
        "Not judged: too few pictures with a readable mark were shown from second 3 on (the clerk's picture at the "
        "citizen, call quality-1); and 1 more gap."
    )


def test_marks_that_are_lost_are_reported_before_they_matter() -> None:
    finding = CHECK["Q19"].judge(run(unread=0.05))
    assert finding.outcome is Outcome.WEAK
    assert finding.sentence.en.startswith("The share of marks read in pictures was only acceptable: at worst 95 %")


def test_pictures_that_nobody_could_look_at_are_counted_only_where_numbers_are_missing() -> None:
    assert CHECK["Q09"].judge(run(untold=3)).figures["whole"] == pytest.approx(30, abs=0.1)
    assert CHECK["Q19"].judge(run(untold=3)).figures["untold"] == pytest.approx(0.23, abs=0.01)
    told = [Shown(33.0 * number, number, 640, 480) for number in (1, 2, 5, 6)]
    busy = [replace(picture, untold=2 * (picture.number == 5)) for picture in told]
    assert (composed(told), composed(busy)) == (4, 6)
    assert composed([replace(picture, untold=9) for picture in told]) == 6


def test_a_time_in_which_pictures_came_unseen_is_no_freeze() -> None:
    times = [33.0 * number for number in range(20)]
    assert freezes([*times, times[-1] + 400]) == [(times[-1], times[-1] + 400)]
    assert freezes([*times, times[-1] + 400], doubt=[0.0] * 20 + [300.0]) == []
    assert freezes([*times, times[-1] + 900], doubt=[0.0] * 20 + [450.0]) == [(times[-1], times[-1] + 450)]


def test_a_picture_that_freezes_to_the_end_is_told_as_a_freeze() -> None:
    finding = CHECK["Q08"].judge(run(freezes=((28.0, 99.0),)))
    assert finding.outcome is Outcome.FAIL
    assert finding.figures["longest_ms"] == pytest.approx(12_000, abs=150)


@pytest.mark.parametrize("offset", [-200.0, -60.0, 0.0, 45.0, 200.0])
def test_a_lip_sync_offset_is_measured_as_large_as_it_was(offset: float) -> None:
    finding = CHECK["Q12"].judge(run(delay=300.0, sound=300.0 + offset))
    assert finding.figures["offset_ms"] == pytest.approx(offset, abs=1)


@settings(max_examples=15, deadline=None)
@given(st.floats(min_value=0, max_value=0.3))
def test_loss_is_measured_as_large_as_it_was(loss: float) -> None:
    assert CHECK["Q05"].judge(run(loss=loss, seconds=15.0)).figures["worst"] == pytest.approx(loss, abs=1e-3)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from([10.0, 15.0, 25.0]))
def test_a_frame_rate_is_measured_as_high_as_it_was(rate: float) -> None:
    assert CHECK["Q09"].judge(run(fps=rate, seconds=20.0)).figures["whole"] == pytest.approx(rate, abs=0.5)


def test_what_encryption_costs_is_told_beside_the_plain_call() -> None:
    both = evidence(call("sealed"), call("plain", Defects(encrypted=False, cpu=0.5, delay=75.0)))
    finding = CHECK["Q20"].judge(both)
    assert finding.outcome is Outcome.PASS
    assert finding.sentence.en == (
        "With end-to-end encryption, compared with calls without it: the page's processor time 60 % instead of 50 %, "
        "sent 1024 kbit/s instead of 1024 kbit/s, picture delay 80 ms instead of 75 ms, sound delay 90 ms "
        "instead of 90 ms, first picture after 1.2 s instead of 1.2 s, speech score 4.40 of 5 instead of 4.40 "
        "of 5, video score (VMAF) 96.0 instead of 96.0 (medians; for information)."
    )
    assert finding.figures["page_encrypted"] == 0.6


def test_calls_under_different_networks_are_not_compared() -> None:
    apart = evidence(call("sealed", Defects(profile="lift")), call("plain", Defects(encrypted=False)))
    assert CHECK["Q20"].judge(apart).outcome is Outcome.NOT_APPLICABLE
