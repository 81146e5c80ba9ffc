"""Two people send to each other directly; a third comes, and everybody goes over to the media server."""

import pytest

from harness.bench import Bench
from harness.paths import Paths
from scenarios import beside_steps, steps


@pytest.mark.needed_for("E11", alone=True)
@pytest.mark.asks_for("direct")
@pytest.mark.story(
    de="Zu zweit auf direktem Weg, zu dritt über den Medienserver",
    en="Two on a direct path, three by the media server",
)
def test_two_go_direct_until_a_third_comes(bench: Bench) -> None:
    service = bench.deployment.direct
    assert service is not None
    with (
        steps.call_between(bench, service.tenant, service=service.id, focus="direct") as call,
        beside_steps.beside(bench, call) as beside,
    ):
        paths = Paths(call)
        steps.both_join(bench, call)
        steps.both_are_connected(bench, call)
        paths.wait_until_direct()
        steps.both_see_and_hear_each_other(bench, call)
        paths.wait_until_direct()
        guest = beside_steps.interpreter_comes(bench, call, beside)
        paths.wait_until_relayed()
        call.watch(2.0)
        bench.deployment.journey.hangs_up(guest.page)
        steps.both_hang_up(bench, call)
