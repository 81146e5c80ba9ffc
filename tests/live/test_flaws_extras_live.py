"""Each flaw of what is beside picture and sound, through a real call of which only what its checks need is played.

A check whose part is not played is inconclusive; none may fail that the flaw does not name.
"""

import pytest

from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from harness.targets.registry import find_target
from tests.live.conftest import EXTRAS, Verify, one_flaw_a_check

pytestmark = pytest.mark.live

FLAWS = find_target("townhall").flaws
# With each flaw's own checks one more that its part of the call can pass: a judge that fails everything would be seen.
PLAYED = {
    "plain-screen": ("E05", "E09"),
    "clear-after-unmute": ("E05", "E09"),
    "plain-form": ("E08", "A03"),
    "plain-document": ("E08", "A03"),
    "thumbnail-upload": ("E08", "A03"),
    "recorder-has-key": ("E09", "K07"),
    "ghost-subscriber": ("K09", "E09"),
    "silent-chat": ("A03", "E08"),
}


def test_every_flaw_of_the_extras_is_here() -> None:
    assert set(PLAYED) <= {name for name, flaw in FLAWS.items() if set(flaw.expects) & set(EXTRAS)}


@pytest.mark.parametrize("name", one_flaw_a_check(PLAYED))
def test_flaw_fails_exactly_its_checks(name: str, verify: Verify) -> None:
    expected = set(FLAWS[name].expects)
    concluded = verify(flaw=name, checks=PLAYED[name])
    outcomes = {verdict.check: verdict.outcome for verdict in concluded.verdicts}
    said = "\n".join(
        f"{verdict.check} {verdict.outcome} {verdict.finding.sentence.en}" for verdict in concluded.verdicts
    )
    assert {check for check, outcome in outcomes.items() if outcome is Outcome.FAIL} == expected, said
    assert {outcomes[check] for check in PLAYED[name] if check not in expected} <= {Outcome.PASS}, said
    assert concluded.exit is ExitCode.FAILED
