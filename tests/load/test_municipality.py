"""The calendar model: its files, its errors, and days in which nobody is in two talks at once."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from load.errors import LoadError
from load.models.erlang import engset, erlang_b
from load.models.simulation import Floats, lost, share
from load.municipality.calendar import FOLDER, WEEKDAYS, Municipality, load_municipality
from load.municipality.days import bookings, concurrent, hold, play, waiting
from load.municipality.demand import WeekDemand, busy_hour, week_demand

TENANTS = Path(__file__).resolve().parents[2] / "townhall" / "tenants"
WINTERBACH = (FOLDER / "winterbach.toml").read_text("utf-8")


@cache
def winterbach() -> WeekDemand:
    return week_demand(load_municipality("winterbach"), 3)


def with_change(folder: Path, old: str, new: str) -> Path:
    assert old in WINTERBACH
    path = folder / "changed.toml"
    path.write_text(WINTERBACH.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize("name", ["winterbach", "kernen"])
def test_hours_and_slots_are_those_of_the_reference_town_hall(name: str) -> None:
    tenant = tomllib.loads((TENANTS / f"{name}.toml").read_text("utf-8"))
    municipality = load_municipality(name)
    hours = {
        day: [{"opens": each.opens, "closes": each.closes} for each in hours]
        for day, hours in municipality.hours.items()
    }
    assert hours == tenant["hours"]
    assert municipality.slot_minutes == tenant["slot_minutes"]
    assert {service.id for service in municipality.services} <= {each["id"] for each in tenant["services"]}


def test_a_week_of_winterbach() -> None:
    municipality = load_municipality("winterbach")
    assert municipality.slots("wednesday")[-1] == 19 * 60 + 30
    assert municipality.slots_a_week == 57
    assert municipality.wanted_a_week == pytest.approx(86.1, abs=0.1)
    assert municipality.appointments_a_year == pytest.approx(7686 * 0.35)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share = 0.35", "share = 0.4", "correct the file: the shares of the services make 1.05; let them make 1."),
        ("early = 0.5", "early = 0.9", "correct behaviour: the shares of early and late people are more than 1"),
        (
            '"Europe/Berlin"',
            '"Europe/Winterbach"',
            "no time zone called Europe/Winterbach; Europe/Berlin is one.",
        ),
        ("closes = 12:00:00", "closes = 07:00:00", "it closes at 07:00, not after it opens at 08:00."),
        ("population = 7686", "people = 7686", "correct population: Field required."),
        ("14:00:00, closes = 16", "11:00:00, closes = 16", "the hours of tuesday overlap; join them."),
        ("slot_minutes = 30", "slot_minutes = 30 30", "make it readable as TOML"),
        ("no_show = 0.12", "no_show = 1.2", "correct behaviour.no_show: Input should be less than or equal to 1."),
    ],
)
def test_a_file_that_makes_no_sense_says_its_mend(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(LoadError) as caught:
        load_municipality(str(with_change(tmp_path, old, new)))
    assert str(caught.value).startswith("changed.toml describes no municipality: ")
    assert said in str(caught.value)


def test_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(LoadError, match="called schorndorf: take one of kernen, winterbach, or the path"):
        load_municipality("schorndorf")


def test_the_same_seed_plays_the_same_week() -> None:
    municipality = load_municipality("winterbach")
    one, same, other = (week_demand(municipality, seed, days=30) for seed in (1, 1, 2))
    assert [day.busy_load for day in one.days] == [day.busy_load for day in same.days]
    assert one.appointments != other.appointments


def test_the_evening_is_the_busiest_and_appointments_are_those_booked_less_no_shows() -> None:
    week = winterbach()
    assert week.peak.day == "wednesday"
    assert week.peak.busy_minute >= 15 * 60
    assert week.unmet == 0
    assert week.appointments == pytest.approx(0.88 * week.wanted, rel=0.03)
    assert week.peak.chances.sum(axis=1) == pytest.approx(np.ones(1440))
    assert float(week.peak.mean.max()) <= 2
    assert float(week.peak.quantiles[0.99].max()) <= 2
    assert float(week.peak.arrivals.sum()) == pytest.approx(week.peak.appointments)


def test_a_full_calendar_leaves_wishes_unmet(tmp_path: Path) -> None:
    week = week_demand(load_municipality(str(with_change(tmp_path, "by_video = 0.35", "by_video = 1.0"))), 1, days=20)
    assert week.unmet == pytest.approx(week.wanted - 2 * 57)


def test_more_people_book_more_but_no_slot_twice() -> None:
    municipality = load_municipality("winterbach")
    sums = []
    for population in (100, 1_000, 7_686, 12_000, 100_000):
        each = bookings(municipality.model_copy(update={"population": population}))
        assert max(float(slots.max()) for slots in each.values()) <= 1
        sums.append(sum(float(slots.sum()) for slots in each.values()))
        assert sums[-1] == pytest.approx(min(57.0, population * 0.35 * 1.6 / 50 / 2))
    assert sums == sorted(sums)
    assert sums[-1] == 57


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(WEEKDAYS), st.integers(1, 5), st.floats(0, 1))
def test_nobody_is_in_two_talks_and_no_talk_begins_early(seed: int, day: str, clerks: int, no_show: float) -> None:
    usual = load_municipality("winterbach")
    behaviour = usual.behaviour.model_copy(update={"no_show": no_show, "overrun": 0.5})
    played = play(_with(usual, clerks, behaviour), WEEKDAYS[WEEKDAYS.index(day)], 20, seed)
    assert not (played.came & ~played.booked).any()
    assert (played.begins >= played.due)[played.came].all()
    assert (played.begins >= played.arrivals)[played.came].all()
    assert (played.waits >= 0).all()
    assert concurrent(played).max(initial=0) <= clerks
    assert waiting(played).min(initial=0) >= 0
    for begins, ends, came in _rows(played.begins, played.ends, played.came):
        assert (begins[came][1:] >= ends[came][:-1]).all()


def _with(municipality: Municipality, clerks: int, behaviour: object) -> Municipality:
    return municipality.model_copy(update={"clerks": clerks, "behaviour": behaviour})


def _rows(begins: Floats, ends: Floats, came: NDArray[np.bool_]) -> Iterator[tuple[Floats, Floats, NDArray[np.bool_]]]:
    slots = came.shape[-1]
    yield from zip(begins.reshape(-1, slots), ends.reshape(-1, slots), came.reshape(-1, slots), strict=True)


def test_people_are_as_punctual_and_talks_as_long_as_the_file_says() -> None:
    municipality = load_municipality("winterbach")
    played = play(municipality, "wednesday", 400, seed=9)
    offsets = (played.arrivals - played.due)[played.came]
    early, late = offsets[offsets < 0], offsets[offsets > 0]
    assert len(early) / len(offsets) == pytest.approx(0.5, abs=0.02)
    assert float(-early.mean()) == pytest.approx(4.0, rel=0.05)  # cut at 15 minutes, which takes little
    assert float(offsets.min()) >= -15
    assert len(late) / len(offsets) == pytest.approx(0.15, abs=0.02)
    assert float(late.mean()) == pytest.approx(3.0, rel=0.1)
    lengths = (played.ends - played.begins)[played.came]
    assert float(lengths.mean()) == pytest.approx(0.35 * 22 + 0.65 * 14 + 0.1 * 8, rel=0.03)
    assert played.came.sum() / played.booked.sum() == pytest.approx(0.88, abs=0.015)


def test_who_overruns_makes_the_next_one_wait_and_a_no_show_makes_up_for_it() -> None:
    due = np.array([480.0, 510.0, 540.0])
    arrivals = np.array([[475.0, 509.0, 541.0]])
    lengths = np.array([[40.0, 25.0, 10.0]])
    begins, ends = hold(np.array([[True, True, True]]), due, arrivals, lengths)
    assert begins.tolist() == [[480.0, 520.0, 545.0]]
    assert ends.tolist() == [[520.0, 545.0, 555.0]]
    begins, _ = hold(np.array([[True, False, True]]), due, arrivals, lengths)
    assert begins[0, 2] == 541.0


def test_the_busiest_hour_is_found() -> None:
    mean = np.zeros(1440)
    mean[600:660] = 2.0
    mean[660:700] = 1.0
    assert busy_hour(mean) == (600, 2.0)


def test_clerks_are_few_so_formula_b_is_too_careful() -> None:
    """Two clerks can never hold three calls: a formula of endless sources says otherwise, Engset's does not."""
    week = winterbach()
    assert erlang_b(2, week.peak.busy_load) > 0.1
    assert engset(2, 2, 1.0) == 0.0


def test_a_simulated_loss_needs_order_and_enough_calls() -> None:
    with pytest.raises(LoadError, match="the arrivals in order"):
        lost(1, np.array([2.0, 1.0]), np.array([1.0, 1.0]))
    with pytest.raises(LoadError, match="play at least 20"):
        share(np.zeros(19, dtype=np.bool_))
    nothing = share(np.zeros(300, dtype=np.bool_))
    assert (nothing.value, nothing.low, nothing.high) == (0.0, 0.0, 0.01)
