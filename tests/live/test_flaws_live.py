"""Each flaw through a real call: exactly its checks fail.

Here a flaw meets every check that its call gives evidence for; K04 (a second appointment) and K12 (three disturbed
calls) are played where the flaw names them, and of the stories about pages those that the flaw's checks need.
By default one flaw a check is played, so that every check is seen to fail; ``-m "live and long"`` plays the others.
"""

import pytest

from harness.cli.conclude import Concluded
from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from harness.targets.registry import find_target
from tests.live.conftest import ALL_CHECKS, EXTRAS, Verify, one_flaw_a_check

pytestmark = pytest.mark.live

FLAWS = find_target("townhall").flaws
PAGES = ("P03", "P04", "P05", "P06", "P07", "P08", "P09", "A01")  # need pages, and no call in front of the taps
SAME_STORIES = (("P04", "P05", "P08", "P09"),)  # what one of them needs is played for all of them
SEEN_EARLY = {"low-contrast": "notices"}  # it is on every page: looking at all of them would show nothing more
COSTLY = {"K04", "K12", "P02", "A02", "E11", *PAGES, *EXTRAS}  # need more than one regular call
OF_EXTRAS = [name for name, flaw in FLAWS.items() if set(flaw.expects) & set(EXTRAS)]  # test_flaws_extras_live.py
OF_PAGES = [name for name, flaw in FLAWS.items() if flaw.expects and set(flaw.expects) <= set(PAGES)]
# Picture and sound are not judged on a machine as busy as this one is in its tests: A02's flaws fail on evidence only.
OF_GLASS = [name for name, flaw in FLAWS.items() if flaw.expects == ("A02",)]
ELSEWHERE = {"tap-silent", *OF_PAGES, *OF_EXTRAS, *OF_GLASS}
REGULAR = [name for name in FLAWS if name not in ELSEWHERE]


@pytest.mark.parametrize("name", one_flaw_a_check(REGULAR))
def test_flaw_fails_exactly_its_checks(name: str, verify: Verify) -> None:
    expected = set(FLAWS[name].expects) & set(ALL_CHECKS)
    checks = tuple(check for check in ALL_CHECKS if check in expected or check not in COSTLY)
    _fails_exactly(verify(flaw=name, checks=checks), expected)


@pytest.mark.parametrize(
    "name", one_flaw_a_check(OF_PAGES, without={"unlabelled-button"})
)  # it takes four times as long
def test_flaw_of_pages_fails_exactly_its_checks(name: str, verify: Verify) -> None:
    expected = set(FLAWS[name].expects)
    together = [checks for checks in SAME_STORIES if expected & set(checks)]
    checks = together[0] if together else tuple(expected)
    _fails_exactly(verify(flaw=name, checks=checks, match=SEEN_EARLY.get(name, "")), expected)


def _fails_exactly(concluded: Concluded, expected: set[str]) -> None:
    seen = {verdict.check: verdict.outcome for verdict in concluded.verdicts}
    said = "\n".join(
        f"{verdict.check} {verdict.outcome} {verdict.finding.sentence.en}" for verdict in concluded.verdicts
    )
    failed = {check for check, outcome in seen.items() if outcome is Outcome.FAIL}
    assert failed == expected, f"failed: {sorted(failed)}, expected: {sorted(expected)}\n{said}"
    others = {outcome for check, outcome in seen.items() if check not in expected | {"T03"}}
    assert others <= {Outcome.PASS, Outcome.NOT_APPLICABLE}, said
    assert concluded.exit is ExitCode.FAILED


def test_silent_tap_is_never_a_pass(verify: Verify) -> None:
    rests_on_the_tap = {"E01", "E02", "E03", "E12", "C02", "K07"}  # K07 looks through the recordings: there are none
    concluded = verify(flaw="tap-silent", checks=tuple(check for check in ALL_CHECKS if check not in COSTLY))
    seen = {verdict.check: verdict.outcome for verdict in concluded.verdicts}
    assert {check for check, outcome in seen.items() if outcome is Outcome.INCONCLUSIVE} == rests_on_the_tap
    assert concluded.exit is ExitCode.INCONCLUSIVE
