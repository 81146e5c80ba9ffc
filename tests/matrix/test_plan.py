"""What a flaw is played with: all that its stories serve, and nothing for which more would have to be played."""

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.matrix.cover import cover, sights_of
from harness.matrix.plan import (
    SEEN_EARLY,
    SILENCES,
    UNSETTLES,
    FlawPlan,
    clean_plans,
    only,
    plan_of,
    steps_for,
    whole_plan_of,
)
from harness.run import SCENARIOS
from harness.stories import read_stories
from harness.targets.protocol import SeededFlaw
from harness.targets.registry import find_target

STORIES = read_stories(SCENARIOS)
FLAWS = find_target("townhall").flaws
EVERY = tuple(check.id for check in CATALOGUE)
PLANS = [plan for flaw in FLAWS.values() if (plan := plan_of(flaw, CATALOGUE, STORIES))]


def planned(*expects: str) -> FlawPlan:
    plan = plan_of(SeededFlaw("a-flaw", "A flaw.", expects), CATALOGUE, STORIES)
    assert plan
    return plan


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.flaw)
def test_plan_judges_its_flaws_checks_and_plays_nothing_for_others(plan: FlawPlan) -> None:
    assert set(plan.expects) <= set(plan.checks)
    assert plan.silences or set(plan.expects) == set(FLAWS[plan.flaw].expects) & set(EVERY)
    if len(plan.checks) > len(plan.expects) + 1 and not plan.silences:
        assert steps_for(plan.checks, STORIES) == steps_for(plan.expects, STORIES)


def test_regular_call_is_judged_by_every_check_that_needs_no_more() -> None:
    checks = set(planned("K07").checks)
    assert {"E01", "E02", "E03", "E12", "C02", "K07", "K08", "T01", "T02", "T03", "P01"} <= checks
    assert not checks & {"K04", "K12", "P02", "E05", "A01", "A02", "P03"}


def test_what_a_flaw_needs_more_is_played() -> None:
    assert set(planned("K12").checks) == {*planned("K07").checks, "K12"}
    assert planned("P09").checks == ("P04", "P09")
    assert planned("E08").checks == ("E08", "A03"), "the part in which people write serves both"


def test_check_whose_part_serves_no_other_gets_a_witness() -> None:
    assert len(planned("E05").checks) == 2
    assert planned("P03").checks == ("P03",), "another story for a witness would cost as much again"


def test_flaw_without_a_check_that_exists_is_not_played() -> None:
    assert plan_of(SeededFlaw("later", "Later.", ("X01",)), CATALOGUE, STORIES) is None


def test_pictures_are_measured_at_their_full_size() -> None:
    assert (planned("A02").shrink, planned("K07").shrink) == (1, 2)


def test_silent_tap_expects_those_that_need_it() -> None:
    [plan] = [plan for plan in PLANS if plan.flaw == "tap-silent"]
    assert plan.silences == "sfu"
    assert {"E01", "E02", "E03", "E12", "C02"} <= set(plan.expects)
    assert set(plan.checks) >= {"T01", "K08"}


def test_tables_name_flaws_that_exist() -> None:
    assert {*SEEN_EARLY, *SILENCES, *UNSETTLES} <= set(FLAWS)
    assert {check for checks in UNSETTLES.values() for check in checks} <= set(EVERY)
    assert all(any(word in story.name for story in STORIES) for word in SEEN_EARLY.values())


def test_whole_matrix_plays_everything() -> None:
    plan = whole_plan_of(FLAWS["low-contrast"], CATALOGUE, STORIES)
    assert plan
    assert (plan.checks, plan.stories, plan.match, plan.shrink) == (EVERY, True, "", 1)


def test_chosen_checks_leave_out_flaws_of_others() -> None:
    plan = planned("E09", "K07")
    assert only(plan, ["X01"]) is None
    assert only(plan, []) is plan
    chosen = only(plan, ["K07", "E01"])
    assert chosen
    assert (chosen.expects, chosen.checks) == (("K07",), ("E01", "K07"))


def test_clean_runs_play_by_turns_what_each_kind_of_row_plays() -> None:
    rows = [planned("E09", "K07"), planned("C04"), planned("C06"), planned("E09", "K07")]
    first, second, third = clean_plans(3, rows)
    assert [plan.name for plan in (first, second, third)] == ["clean-01", "clean-02", "clean-03"]
    assert (first.flaw, first.expects, first.checks) == ("", (), rows[0].checks)
    assert second.checks == rows[1].checks == rows[2].checks
    assert third.checks == first.checks
    assert clean_plans(3, []) == []


def test_as_many_clean_runs_as_there_are_kinds_of_rows_judge_every_check() -> None:
    judged = {check for plan in clean_plans(30, PLANS) for check in plan.checks}
    assert judged == set(EVERY)


def plan_for(flaw: str, cost: int, *expects: str, silences: str = "") -> FlawPlan:
    return FlawPlan(flaw, expects, expects, cost=cost, silences=silences)


def test_cover_takes_the_cheapest_for_each_check() -> None:
    dear, both, one = plan_for("dear", 5, "E01"), plan_for("both", 3, "E01", "E02"), plan_for("one", 1, "E01")
    two = plan_for("two", 3, "E02")
    assert cover([dear, both, one, two]) == [both], "one came first, and both made it needless"
    assert cover([dear, both, one, two], leave_out=["E02"]) == [one]
    assert cover([dear, both]) == [both]


def test_cover_keeps_flaws_that_silence() -> None:
    plans = [plan_for("quiet", 1, "E01", silences="sfu"), plan_for("a", 1, "E01")]
    assert cover(plans) == plans


def test_cover_of_the_town_hall_kills_every_check_that_a_flaw_can() -> None:
    chosen = cover(PLANS)
    killed = {check for plan in chosen if not plan.silences for check in plan.expects}
    assert killed == {check for plan in PLANS if not plan.silences for check in plan.expects}
    assert len(chosen) <= len(killed) + len(SILENCES)


def test_cover_of_the_sights_catches_something_at_every_vantage_point() -> None:
    shown = sights_of(CATALOGUE)
    chosen = cover(PLANS, shown=shown)
    seen = frozenset[str]().union(*(shown(plan) for plan in chosen if not plan.silences))
    assert seen == frozenset[str]().union(*(shown(plan) for plan in PLANS if not plan.silences))
    assert {"sfu", "keys", "wire", "paths", "pages"} <= seen
    assert len(chosen) < len(cover(PLANS)), "else it would be no shorter than one flaw a check"
