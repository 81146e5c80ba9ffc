"""Flaws through real calls: exactly their checks fail.

Played by default: the fewest flaws with which every vantage point is seen to catch something. The others are ``long``;
`pruefstand flaws --live` plays them all and writes docs/flaw-matrix.md.
"""

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.events import EventBus
from harness.matrix.cover import cover, sights_of
from harness.matrix.plan import FlawPlan, plan_of
from harness.matrix.play import Player
from harness.model.matrix import Judged, Matrix
from harness.run import SCENARIOS
from harness.stories import read_stories
from harness.targets.registry import find_target

pytestmark = pytest.mark.live

STORIES = read_stories(SCENARIOS)
PLANS = [plan for flaw in find_target("townhall").flaws.values() if (plan := plan_of(flaw, CATALOGUE, STORIES))]
# Picture and sound are not judged on a machine as busy as this one is in its tests: A02's flaws fail on evidence only.
SHORT = cover([plan for plan in PLANS if "A02" not in plan.expects], shown=sights_of(CATALOGUE))
WEAK = ("T03",)  # browser and media server settle on an 80-bit tag


@pytest.mark.parametrize(
    "plan",
    [pytest.param(plan, id=plan.flaw, marks=() if plan in SHORT else pytest.mark.long) for plan in PLANS],
)
def test_flaw_moves_exactly_its_checks(plan: FlawPlan, player: Player) -> None:
    [(row, _)] = player.play_all([plan], EventBus())
    said = "\n".join(f"{check} {seen.outcome} {seen.sentence.en}" for check, seen in row.seen.items())
    assert row.error == ""
    assert Matrix([row], weak=WEAK).judge(row) == Judged(), said
