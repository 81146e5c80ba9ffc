"""Cost, plan and result: what is said at the end of a capacity run, and what is stored."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from load.capacity.cost import CallHour, call_hour, difference, euros_an_appointment, load_prices, memory_holds
from load.capacity.objectives import load_objectives
from load.capacity.plan import Rates, StatePlan, carried, plan_state, talk_hours, together
from load.capacity.result import CapacityResult, Cost, make_result, read_result
from load.capacity.search import Found, search
from load.capacity.summary import headline, sentences, summary
from load.capacity.trial import GeneratorHealth, Trial, Usage
from load.capacity.words import LANGUAGES
from load.errors import LoadError
from load.municipality.calendar import load_municipality
from load.municipality.demand import WeekDemand, week_demand
from load.municipality.state import load_state, places
from tests.load.servers import SimulatedServer, as_measure

OBJECTIVES = load_objectives()
WINTERBACH = load_municipality("winterbach")
USED = CallHour(cpu_seconds=90.0, memory_mib=2.5, sent_bytes=0.5e9, received_bytes=0.5e9)


@cache
def week() -> WeekDemand:
    return week_demand(WINTERBACH, 1)


@cache
def plan() -> StatePlan:
    rates = Rates(prices=load_prices(), used=USED, hours=talk_hours([WINTERBACH]), appointments_a_year=3_500_000)
    return plan_state(150, seed=1, rates=rates, days=5)


def of(server: SimulatedServer) -> Found:
    return search(as_measure(server), OBJECTIVES)


@cache
def result() -> CapacityResult:
    cost = Cost(prices=load_prices(), used=USED, euros_an_appointment=0.36)
    return make_result(of(SimulatedServer(131, 0.05, 3)), OBJECTIVES, week(), cost=cost, plan=plan())


def test_the_headline_says_number_interval_bottleneck_and_winterbachs() -> None:
    said = headline(result())
    capacity = result().capacity
    assert said.en == (
        f"This server holds {capacity.calls} calls at once (with 95\u00a0% confidence {capacity.low} to"
        f" {capacity.high}); then the server's processor gives out. That is enough for"
        f" {result().carried.municipalities} municipalities like Winterbach, carefully reckoned."
    )
    assert said.de.startswith(f"Dieser Server hält {capacity.calls} Gespräche zugleich (mit 95\u00a0% Sicherheit ")
    assert said.de.endswith(f"vorsichtig gerechnet für {result().carried.municipalities} Gemeinden wie Winterbach.")


def test_the_generators_end_is_never_a_number_of_the_servers() -> None:
    short = make_result(of(SimulatedServer(400, generator=100)), OBJECTIVES, week())
    assert short.capacity.high is None
    assert headline(short).en.startswith(f"This server holds at least {short.capacity.calls} calls at once; more could")
    assert headline(short).de.startswith(f"Dieser Server hält mindestens {short.capacity.calls} Gespräche zugleich; ")
    assert "95" not in headline(short).en


def test_a_server_that_holds_nothing_says_so() -> None:
    none = make_result(of(SimulatedServer(0.2)), OBJECTIVES, week())
    assert headline(none).en == "This server does not hold a single call within the objectives."
    one = make_result(of(SimulatedServer(1.0)), OBJECTIVES, week())
    assert "holds 1 call at once" in headline(one).en


def test_a_worker_that_died_is_said() -> None:
    class Loses(SimulatedServer):
        def __call__(self, calls: int, /) -> Trial:
            trial = super().__call__(calls)
            if len(self.asked) != 4:
                return trial
            health = trial.generator.model_copy(update={"lost_workers": 1})
            return trial.model_copy(update={"generator": health, "calls": calls - 3})

    said = make_result(of(Loses(90)), OBJECTIVES, week())
    assert said.lost_workers == 1
    assert said.capacity.calls == pytest.approx(90, rel=0.1)
    assert "1 worker of the load generator died in the run: only the calls that were really held" in summary(said, "en")
    assert "1 Helfer des Lastgenerators fiel im Lauf aus" in summary(said, "de")


def test_the_summary_has_the_same_subjects_in_both_languages() -> None:
    german, english = (summary(result(), lang).splitlines() for lang in LANGUAGES)
    assert len(german) == len(english) == len(sentences(result())) == 5
    assert "Winterbach mit 7\u202f686 Einwohnern" in german[2]
    assert "the busiest hour begins on Wednesday at 1" in english[2]
    assert english[3].endswith("On a server of its own an appointment costs €0.36 (at assumed prices).")
    assert "Alle 1\u202f101 Gemeinden in Baden-Württemberg brauchen" in german[4]
    assert "(1\u202f091 municipalities are drawn by lot" in english[4]


def test_a_result_is_stored_and_read_again(tmp_path: Path) -> None:
    path = result().write(tmp_path)
    assert path.name == "capacity.json"
    assert read_result(path) == result()
    stored = json.loads(path.read_text("utf-8"))
    assert (stored["format"], stored["version"]) == ("pruefstand-capacity", 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 2}, "capacity.json is of version 2, this bench reads 1: use the bench that wrote it."),
        ({"target": "often"}, "capacity.json is no result of a capacity run (target: Input should be a valid number"),
    ],
)
def test_a_result_of_another_kind_is_refused_with_its_mend(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = result().write(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change))
    with pytest.raises(LoadError) as caught:
        read_result(path)
    assert said in str(caught.value)


def trial_with(usage: Usage | None, calls: int = 10) -> Trial:
    return Trial(
        asked=calls, calls=calls, figures={}, usage=usage,
        generator=GeneratorHealth(lateness_p95_ms=1, cpu=0.1, drops=0),
    )  # fmt: skip


def usage(**changes: float) -> Usage:
    usual = Usage(seconds=36, cpu_seconds=9, memory_mib=125, idle_memory_mib=100, sent_bytes=5e7, received_bytes=5e7)
    return usual.model_copy(update=changes)


def test_a_call_hour_is_the_median_of_the_trials() -> None:
    # 10 calls for 36 s are a tenth of a call hour.
    used = call_hour([trial_with(usage()), trial_with(usage(cpu_seconds=500.0)), trial_with(usage()), trial_with(None)])
    assert used == CallHour(cpu_seconds=90, memory_mib=2.5, sent_bytes=5e8, received_bytes=5e8)
    with pytest.raises(LoadError, match="No trial says what the server used"):
        call_hour([trial_with(None)])


def test_an_appointment_costs_the_servers_over_the_appointments() -> None:
    prices = load_prices()
    assert prices.assumed
    # 1,200 a year are 100 a month: 92 euros of one server, its traffic included.
    assert euros_an_appointment(prices, USED, 1, 1200, 0.25) == pytest.approx(0.92)
    # Beyond 20 TB a month each costs: 1,000,000 appointments of half an hour send 250 TB.
    assert euros_an_appointment(prices, USED, 1, 12_000_000, 0.5) == pytest.approx((92 + 230 * 1.2) / 1e6)
    with pytest.raises(LoadError, match="Without appointments none has a price"):
        euros_an_appointment(prices, USED, 1, 0, 0.25)
    assert memory_holds(prices, USED, 500, 3000)
    assert not memory_holds(prices, USED, 500, 3100)


def test_what_encryption_costs_is_said_with_its_sign() -> None:
    plain = CallHour(cpu_seconds=88.0, memory_mib=2.5, sent_bytes=0.49e9, received_bytes=0.49e9)
    compared = difference(USED, plain)
    assert compared.cpu == pytest.approx(0.0227, abs=1e-4)
    assert compared.sentence.en == (
        "Encrypted end to end, a call hour takes the server +2.3\u00a0% processor time, +0.0\u00a0% memory and"
        " +2.0\u00a0% data sent."
    )
    assert "-2,2\u00a0% Prozessorzeit" in difference(plain, USED).sentence.de


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
    large = counts[-1]
    assert 0.9 * 600 <= large.municipalities * large.peak_calls <= 600


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
    assert made.calls_together <= sum(each.calls for each in made.districts)
    assert made.euros_an_appointment is not None
    assert made.euros_a_month == pytest.approx(made.euros_an_appointment * 3_500_000 / 12)


def test_a_plan_needs_a_server_that_holds_a_call() -> None:
    with pytest.raises(LoadError, match="measure one that holds at least one"):
        plan_state(0, seed=1)
