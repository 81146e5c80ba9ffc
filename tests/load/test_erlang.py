"""The formulae of traffic: known tables, limits, monotonicity, and a simulation that knows none of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.errors import LoadError
from load.models.erlang import (
    engset,
    erlang_b,
    erlang_c,
    load_carried,
    servers_for_blocking,
    servers_for_few,
    servers_for_waiting,
    waits_longer,
)
from load.models.simulation import Lengths, poisson_loss

SERVERS = st.integers(1, 400)
LOADS = st.floats(0.01, 400)
TARGETS = st.floats(0.0005, 0.2)
QUICK = settings(max_examples=40, deadline=None)


# Published tables of formula B: the load in erlangs that so many circuits carry at a loss.
@pytest.mark.parametrize(
    ("servers", "target", "load"),
    [(1, 0.01, 0.0101), (5, 0.01, 1.361), (10, 0.01, 4.461), (20, 0.01, 12.03), (50, 0.01, 37.90), (100, 0.01, 84.06)],
)
def test_the_printed_tables_of_formula_b(servers: int, target: float, load: float) -> None:
    assert load_carried(servers, target) == pytest.approx(load, rel=1e-3)


def test_formula_b_and_c_of_small_systems_by_hand() -> None:
    assert erlang_b(2, 1.0) == pytest.approx(0.2)  # (1/2) / (1 + 1 + 1/2)
    assert erlang_c(2, 1.0) == pytest.approx(1 / 3)
    assert erlang_c(1, 0.7) == pytest.approx(0.7)  # M/M/1: the share of time that it is busy
    assert waits_longer(1, 0.5, 0.0, 1.0) == pytest.approx(0.5)


def test_engset_of_a_small_system_by_hand() -> None:
    # Three people, one server, each 1 erlang while free: an arriving one sees the two others; 2 / (1 + 2).
    assert engset(1, 3, 1.0) == pytest.approx(2 / 3)
    assert engset(3, 3, 5.0) == 0.0  # nobody is left who could be refused


@QUICK
@given(SERVERS, LOADS)
def test_more_servers_lose_less_and_more_load_loses_more(servers: int, load: float) -> None:
    assert erlang_b(servers + 1, load) <= erlang_b(servers, load)
    assert erlang_b(servers, load * 1.1) >= erlang_b(servers, load)
    assert erlang_c(servers + 1, load) <= erlang_c(servers, load)
    assert 0 <= erlang_b(servers, load) <= erlang_c(servers, load) <= 1


@QUICK
@given(st.integers(1, 40), st.integers(41, 400), st.floats(0.01, 2))
def test_few_sources_lose_less_than_many_of_the_same_load(servers: int, sources: int, load: float) -> None:
    # Against formula B with the intensity with which free sources would call if none were ever busy.
    assert engset(servers, sources, load) <= erlang_b(servers, sources * load)
    assert engset(servers, sources, load) <= engset(servers, sources + 1, load) + 1e-12


@QUICK
@given(LOADS, TARGETS)
def test_the_inverse_is_the_fewest_servers(load: float, target: float) -> None:
    servers = servers_for_blocking(load, target)
    assert erlang_b(servers, load) <= target < erlang_b(servers - 1, load)
    waiting = servers_for_waiting(load, target)
    assert erlang_c(waiting, load) <= target
    assert waiting == int(load) + 1 or erlang_c(waiting - 1, load) > target


@QUICK
@given(SERVERS, TARGETS)
def test_the_load_carried_is_the_largest(servers: int, target: float) -> None:
    load = load_carried(servers, target)
    assert erlang_b(servers, load) <= target < erlang_b(servers, load * 1.001 + 1e-9)


@QUICK
@given(st.integers(1, 200), st.floats(0.01, 0.99), TARGETS)
def test_few_people_need_no_more_servers_than_there_are_people(sources: int, busy: float, target: float) -> None:
    servers = servers_for_few(sources, sources * busy, target)
    free = busy / (1 - busy)
    assert servers <= sources
    assert engset(servers, sources, free) <= target
    assert servers == 0 or engset(servers - 1, sources, free) > target


def test_limits() -> None:
    assert erlang_b(0, 5.0) == 1.0
    assert erlang_b(5, 0.0) == 0.0
    assert erlang_b(100_000, 99_000.0) < 0.01  # no overflow
    assert erlang_c(3, 3.0) == 1.0
    assert load_carried(0, 0.01) == 0.0
    assert servers_for_blocking(0.0, 0.01) == 0
    assert engset(0, 4, 0.0) == 0.0  # nobody calls, nobody is lost
    assert servers_for_few(5, 5.0, 0.01) == 5


@pytest.mark.parametrize(("servers", "load"), [(-1, 1.0), (1, -1.0), (1, float("nan")), (1, float("inf"))])
def test_nonsense_is_refused_with_its_mend(servers: int, load: float) -> None:
    with pytest.raises(LoadError, match="give finite numbers"):
        erlang_b(servers, load)
    with pytest.raises(LoadError, match="give one between 0 and 1"):
        servers_for_blocking(1.0, 1.0)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(1, 12), st.floats(0.3, 1.2), st.sampled_from(["exponential", "fixed", "lognormal"]))
def test_formula_b_lies_in_the_interval_of_the_simulation(servers: int, occupancy: float, lengths: Lengths) -> None:
    """Whatever the lengths are distributed like: formula B knows only their mean."""
    load = servers * occupancy
    seen = poisson_loss(servers, load, 12_000, seed=servers, lengths=lengths)
    half = (seen.high - seen.low) / 2
    # An interval of 95 % misses one time in 20; twice its width, one time in 1,000.
    assert seen.value - 2 * half <= erlang_b(servers, load) <= seen.value + 2 * half
    assert half < 0.03
