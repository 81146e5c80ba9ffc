"""A citizen telephones; three clicks after the mail she sees an official."""

import pytest

from harness.bench import Bench
from scenarios import steps


@pytest.mark.needed_for("*")
@pytest.mark.story(
    de="Vom Anruf im Rathaus Winterbach zum Videogespräch", en="From a telephone call at Winterbach to the video call"
)
def test_phone_booking_to_connected_call(bench: Bench) -> None:
    with steps.call_between(bench, "winterbach") as call:
        steps.both_join(bench, call)
        steps.both_are_connected(bench, call)
        steps.both_see_and_hear_each_other(bench, call)
        steps.both_read_the_same_code(bench, call)
        steps.memory_is_searched(bench, call)
        steps.the_connection_is_lost_and_comes_back(bench, call)
        steps.both_hang_up(bench, call)
        assert call.clicks == 3, f"the citizen needed {call.clicks} clicks"


@pytest.mark.needed_for("K04")
@pytest.mark.story(de="Ein zweites Rathaus: Kernen", en="A second town hall: Kernen")
def test_second_town_hall(bench: Bench) -> None:
    with steps.call_between(bench, "kernen") as call:
        steps.both_join(bench, call)
        steps.both_are_connected(bench, call)
        steps.both_see_and_hear_each_other(bench, call)
        steps.both_read_the_same_code(bench, call)
        steps.memory_is_searched(bench, call)
        steps.both_hang_up(bench, call)
        assert call.clicks == 3, f"the citizen needed {call.clicks} clicks"
