"""Each flaw through a real call: exactly its checks fail.

Here a flaw meets every check that its call gives evidence for; K04 (a second appointment) and K12 (three disturbed
calls) are played where the flaw names them. The whole matrix, every flaw by every check, is docs/flaw-matrix.md.
"""

import pytest

from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from harness.targets.registry import find_target
from tests.live.conftest import ALL_CHECKS, Verify

pytestmark = pytest.mark.live

FLAWS = find_target("townhall").flaws
COSTLY = {"K04", "K12"}  # need more calls than one


@pytest.mark.parametrize("name", [name for name in FLAWS if name != "tap-silent"])
def test_flaw_fails_exactly_its_checks(name: str, verify: Verify) -> None:
    expected = set(FLAWS[name].expects) & set(ALL_CHECKS)
    checks = tuple(check for check in ALL_CHECKS if check in expected or check not in COSTLY)
    concluded = verify(flaw=name, checks=checks)
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
    rests_on_the_tap = {"E01", "E02", "E03", "E12", "C02"}
    concluded = verify(flaw="tap-silent", checks=tuple(check for check in ALL_CHECKS if check not in COSTLY))
    seen = {verdict.check: verdict.outcome for verdict in concluded.verdicts}
    assert {check for check, outcome in seen.items() if outcome is Outcome.INCONCLUSIVE} == rests_on_the_tap
    assert concluded.exit is ExitCode.INCONCLUSIVE
