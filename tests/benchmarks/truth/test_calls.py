"""Which calls the truth table is made of: each once, each with what it needs beside it."""

import pytest

from benchmarks.truth.calls import FILES, GROUPS, NAMES, plays, without_links
from benchmarks.truth.checks import DEFECTS
from harness.model.errors import BenchError
from harness.quality.networks import network_profile
from quality_checks.catalogue import CHECKS


def test_every_call_has_a_label_of_its_own_and_can_be_played() -> None:
    order = plays((), repeat=2)
    labels = [each.label for each in order]
    assert len(labels) == len(set(labels))
    for each in order:
        network_profile(each.trial.profile)
    assert {"delay-400-2", "loss-0-1", "clear-sound-steps-1", "clear-rate-25-2", "rate-500-1"} <= set(labels)


def test_a_delay_has_a_clear_call_before_and_behind_it() -> None:
    order = [each.trial.profile for each in plays(["delay"])]
    assert order == [
        "clear", "delay-0", "delay-50", "clear", "delay-100", "delay-200", "clear", "delay-400", "clear",
    ]  # fmt: skip


def test_one_clear_scored_call_serves_all_parts_that_want_one() -> None:
    assert [each.trial.label for each in plays(["bitrate", "blur", "page"])].count("clear-1") == 1
    assert "clear-2" not in {each.trial.label for each in plays(["bitrate", "blur", "page"])}


def test_a_label_means_the_same_call_whatever_part_of_the_table_is_held() -> None:
    whole = {each.label: each for each in plays((), repeat=2)}
    for name in GROUPS:
        part = plays([name], repeat=2)
        assert part
        assert {each.label: each for each in part}.items() <= whole.items()
    assert sum(each.scored and each.trial.profile == "clear" and not each.trial.planted for each in whole.values()) == 2


def test_calls_that_nothing_looks_at_stand_between_measured_ones() -> None:
    order = plays(["cost"])
    assert [each.label for each in order] == ["clear-6", "clear-1-unmeasured", "clear-2-unmeasured", "clear-7"]
    assert [each.measured for each in order] == [True, False, False, True]


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(BenchError, match="There is no part 'moss' of the table; there are clear, delay, "):
        plays(["moss"])
    assert plays([FILES]) == []
    assert set(NAMES) == {*GROUPS, FILES}


def test_without_links_the_clear_calls_are_left() -> None:
    assert {each.trial.profile for each in without_links(plays(()))} == {"clear"}


def test_every_defect_that_must_fail_a_check_is_played_and_the_check_is_there() -> None:
    played = {(each.trial.profile, each.trial.planted) for each in plays(())}
    assert {(profile, planted) for profile, planted, _ in DEFECTS} <= played
    assert {check for *_, check in DEFECTS} <= {each.id for each in CHECKS}
    scored = {(each.trial.profile, each.trial.planted) for each in plays(()) if each.scored}
    assert {(profile, planted) for profile, planted, check in DEFECTS if check in ("Q14", "Q15", "Q16")} <= scored
