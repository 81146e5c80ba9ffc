"""What happens when the encryption itself fails: the call must fall silent, never go on in the clear."""

import time

import pytest

from harness.bench import Bench
from scenarios import steps

BEFORE = 2.5  # seconds of a call in good order, so that every stream has been seen before it is disturbed
REACTION = 10.0  # seconds in which a page must have noticed that its worker is dead
AFTERMATH = 2.5  # seconds in which a page that fails open goes on sending


@pytest.mark.needed_for("K12")
@pytest.mark.story(
    de="Die Verschlüsselung stürzt mitten im Gespräch ab", en="The encryption crashes in the middle of the call"
)
def test_worker_is_killed(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach", fault="worker-killed") as call:
        steps.both_join(bench, call)
        steps.both_are_connected(bench, call)
        call.watch(BEFORE)
        call.kill_worker("citizen")
        steps.the_page_notices(bench, call.citizen, REACTION)
        call.watch(AFTERMATH)


@pytest.mark.needed_for("K12")
@pytest.mark.story(de="Die Verschlüsselung wird nicht geladen", en="The encryption script does not load")
def test_worker_script_is_blocked(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach", fault="script-blocked") as call:
        call.fault_at = time.time()
        call.citizen.blocks_workers = True
        steps.both_join_as_far_as_it_goes(bench, call)
        call.watch(AFTERMATH)


@pytest.mark.needed_for("K12")
@pytest.mark.story(de="Die Schlüssel kommen nicht an", en="The keys never arrive")
def test_key_agreement_is_withheld(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach", fault="key-withheld") as call:
        call.fault_at = time.time()
        call.withhold_keys()
        steps.both_join_as_far_as_it_goes(bench, call)
        call.watch(AFTERMATH)
