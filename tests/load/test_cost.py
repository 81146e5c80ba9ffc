"""What a call hour uses and an appointment costs, with and without encryption."""

import pytest

from load.capacity.cost import CallHour, call_hour, difference, euros_an_appointment, load_prices, memory_holds
from load.capacity.reckoning import reckon_cost, state_rates
from load.capacity.trial import GeneratorHealth, Trial, Usage
from load.errors import LoadError
from load.municipality.calendar import load_municipality
from load.municipality.state import load_state

WINTERBACH = load_municipality("winterbach")
USED = CallHour(cpu_seconds=90.0, memory_mib=2.5, sent_bytes=0.5e9, received_bytes=0.5e9)


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
    assert memory_holds(prices, USED, 8192 - 2.5 * 1000, 1000)
    assert not memory_holds(prices, USED, 8192 - 2.5 * 1000, 1001)
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


def test_the_cost_is_reckoned_from_the_trials() -> None:
    plain = [trial_with(usage(cpu_seconds=8.0))]
    cost = reckon_cost([trial_with(usage())], load_prices(), WINTERBACH, plain)
    assert cost.used.cpu_seconds == 90
    assert cost.comparison is not None
    assert "+12.5\u00a0% processor time" in cost.comparison.en
    assert cost.euros_an_appointment == pytest.approx(92 / (7686 * 0.35 / 12))
    assert reckon_cost([trial_with(usage())], load_prices(), WINTERBACH).comparison is None
    rates = state_rates(cost, WINTERBACH, load_state())
    assert rates.appointments_a_year == pytest.approx(0.35 * 11_240_000)
    assert rates.hours == pytest.approx((0.35 * 22 + 0.65 * 14 + 0.1 * 8) / 60)
