"""Who shares a server, and the servers of a state whose municipalities are partly drawn."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.capacity.cost import CallHour, load_prices
from load.capacity.plan import Rates, StatePlan, plan_state, talk_hours
from load.capacity.room import carried, needed, together
from load.errors import LoadError
from load.municipality.calendar import load_municipality
from load.municipality.demand import WeekDemand, week_demand
from load.municipality.sharing import refused
from load.municipality.state import load_state, places

WINTERBACH = load_municipality("winterbach")
USED = CallHour(cpu_seconds=90.0, memory_mib=2.5, sent_bytes=0.5e9, received_bytes=0.5e9)


@cache
def week() -> WeekDemand:
    return week_demand(WINTERBACH, 1)


@cache
def plan() -> StatePlan:
    rates = Rates(prices=load_prices(), used=USED, hours=talk_hours([WINTERBACH]), appointments_a_year=3_500_000)
    return plan_state(150, seed=1, rates=rates, days=3)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=4), st.integers(0, 60))
def test_sums_of_independent_numbers_have_their_mean(weights: list[float], times: int) -> None:
    chances = np.array(weights) / sum(weights)
    summed = together(chances, times)
    assert float(summed.sum()) == pytest.approx(1)
    mean = float(chances @ np.arange(len(chances)))
    assert float(summed @ np.arange(len(summed))) == pytest.approx(times * mean, abs=1e-6)


def test_more_capacity_carries_more_winterbachs_and_few_clerks_more_than_formula_b_says() -> None:
    peak = week().peak
    counts = [carried(peak, WINTERBACH, capacity) for capacity in (0, 1, 2, 3, 10, 40, 150, 600)]
    assert [each.municipalities for each in counts] == sorted(each.municipalities for each in counts)
    assert [each.municipalities for each in counts[:3]] == [0, 0, 1]  # two clerks need two calls
    assert all(each.by_erlang <= each.municipalities for each in counts)
    assert all(each.staggered >= each.municipalities for each in counts)
    large = counts[-1]
    assert large.staggered > 1.25 * large.municipalities  # not all talks begin at the same minutes
    assert 0.9 * 600 <= large.municipalities * large.peak_calls <= 600


def test_formulae_ask_too_much_of_a_town_hall_and_too_little_of_a_shared_server() -> None:
    peak = week().peak
    alone, many = needed(peak, 0.001), needed(peak, 0.001, municipalities=79)
    assert alone.simulation == alone.engset == WINTERBACH.clerks < alone.erlang_b <= alone.erlang_c
    assert many.engset < many.erlang_b
    # Talks begin together at the slots: the busiest hour's load says nothing of the minutes after the full hour.
    assert many.simulation > 1.2 * many.erlang_b


@pytest.mark.parametrize("capacity", [10, 40, 150])
def test_what_share_a_server_find_room_call_by_call(capacity: int) -> None:
    peak, target, evening = week().peak, 0.01, (16 * 60, 20 * 60)
    count = carried(peak, WINTERBACH, capacity, target).municipalities
    assert refused(WINTERBACH, peak.day, count, capacity, seed=2, days=20, busy=evening).low <= target
    assert refused(WINTERBACH, peak.day, count + 1 + count // 4, capacity, 2, days=20, busy=evening).low > target
    with pytest.raises(LoadError, match="give at least one"):
        refused(WINTERBACH, peak.day, 0, capacity, seed=2)


def test_the_drawn_state_is_the_published_one() -> None:
    state = load_state()
    everyone = places(state, seed=8)
    populations = sorted(place.population for place in everyone)
    assert len(everyone) == 1101
    assert sum(populations) == pytest.approx(state.population, rel=0.01)
    assert populations[550] == pytest.approx(4870, rel=0.02)  # the published median
    assert sum(each for each in populations if each < 5000) / sum(populations) == pytest.approx(1 / 7, abs=0.01)
    assert populations[-1] == 613_000
    for district in state.districts:
        members = [place.population for place in everyone if place.district == district.id]
        assert len(members) == district.municipalities
        assert sum(members) == pytest.approx(district.population, rel=0.06)
    assert places(state, seed=8) == everyone


def test_a_plan_for_the_state_has_spare_servers_in_each_region() -> None:
    made = plan()
    assert made.municipalities == 1101
    assert [each.id for each in made.districts] == ["stuttgart", "karlsruhe", "freiburg", "tuebingen"]
    assert all((each.servers - 1) * 150 < each.calls <= each.servers * 150 for each in made.districts)
    assert all(each.spare == 1 for each in made.districts)
    assert made.servers == sum(each.servers for each in made.districts) + 4
    assert made.calls_together <= sum(each.calls for each in made.districts)
    assert made.euros_an_appointment is not None
    assert made.euros_a_month == pytest.approx(made.euros_an_appointment * 3_500_000 / 12)


def test_a_plan_needs_a_server_that_holds_a_call() -> None:
    with pytest.raises(LoadError, match="measure one that holds at least one"):
        plan_state(0, seed=1)
