"""How many municipalities a server carries, and the servers that a whole state needs, with spare ones, by district."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from load.capacity.cost import MONTHS, WEEKS, CallHour, Prices, euros_an_appointment
from load.errors import LoadError
from load.models.erlang import load_carried
from load.models.simulation import Floats
from load.municipality.calendar import Municipality, Weekday, load_municipality
from load.municipality.demand import DayDemand
from load.municipality.state import State, load_state, places
from load.municipality.state_demand import GroupDemand, group_demand, joined
from load.reading import Part

TARGET = 0.001  # the chance that a call finds no room at the busiest minute of the busiest week
SPARE = 1  # servers a district beyond those it needs: one may fail, or be updated, at the busiest minute
CALENDARS = ("winterbach", "kernen")


class Carried(Part):
    """How many municipalities like one share a server, by convolution of the simulated day and by formula B."""

    municipality: str
    municipalities: int
    by_erlang: int
    peak_calls: float  # of one of them at its busiest minute, in the mean


class DistrictPlan(Part):
    """A district's share of the plan. ``calls`` is what must be held at once, ``spare`` stands beside ``servers``."""

    id: str
    name: str
    municipalities: int
    population: int
    clerks: int
    appointments_a_week: float
    calls: int
    servers: int
    spare: int


class StatePlan(Part):
    """Servers for a state. ``drawn`` of its municipalities have no name: their populations come from size classes."""

    state: str
    seed: int
    drawn: int
    calls_a_server: int
    target: float
    busiest_day: Weekday
    busiest_minute: int
    districts: tuple[DistrictPlan, ...]
    calls_together: int  # what the state must hold at once if every server could help every district
    euros_an_appointment: float | None = None
    euros_a_month: float | None = None

    @property
    def servers(self) -> int:
        """All servers, spare ones included."""
        return sum(each.servers + each.spare for each in self.districts)

    @property
    def municipalities(self) -> int:
        """All municipalities."""
        return sum(each.municipalities for each in self.districts)


class Rates(Part):
    """What turns servers into euros: the list of prices and what a call hour uses."""

    prices: Prices
    used: CallHour


def carried(day: DayDemand, municipality: Municipality, capacity: int, target: float = TARGET) -> Carried:
    """How many such municipalities share a server of that capacity at the busiest minute.

    All of them keep the same hours, so all have their busiest minute together: the careful case.
    """
    if capacity < 0:
        raise LoadError(f"A capacity of {capacity} calls is none: give one that is not negative.")
    minute = int(np.argmax(day.mean))
    chances, peak = day.chances[minute], float(day.mean[minute])
    return Carried(
        municipality=municipality.name,
        municipalities=_sharing(chances, capacity, target),
        by_erlang=int(load_carried(capacity, target) / peak) if peak else 0,
        peak_calls=peak,
    )


def together(chances: Floats, times: int) -> Floats:
    """The chances of each sum of ``times`` independent numbers, each with the ``chances`` of 0, 1, 2 …"""
    length = times * (len(chances) - 1) + 1
    if times == 0:
        return np.ones(1)
    summed: Floats = np.fft.irfft(np.fft.rfft(chances, length) ** times, length) if length > 1 else np.ones(1)
    return np.clip(summed, 0.0, 1.0)


def exceeded(chances: Floats, times: int, target: float) -> int:
    """The number that the sum of ``times`` independent numbers exceeds with at most the chance ``target``."""
    above = 1 - np.cumsum(together(chances, times))
    return int(np.argmax(above <= target + 1e-12))


def _sharing(chances: Floats, capacity: int, target: float) -> int:
    """The most that may share: above it the sum passes the capacity with more than the chance ``target``."""

    def fits(times: int) -> bool:
        return float(together(chances, times)[capacity + 1 :].sum()) <= target

    most = ceil(20 * (capacity + 1) / max(float(chances @ np.arange(len(chances))), 1e-3))
    low, high = 0, 1
    while high < most and fits(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def plan_state(
    capacity: int, seed: int, target: float = TARGET, rates: Rates | None = None, days: int = 30,
    state: State | None = None,
) -> StatePlan:  # fmt: skip
    """The servers of a state when each holds ``capacity`` calls. Raises ``LoadError`` for a server that holds none."""
    if capacity < 1:
        raise LoadError("A server that holds no call cannot be planned with: measure one that holds at least one.")
    state = state or load_state()
    calendars = [load_municipality(name) for name in CALENDARS]
    everyone = places(state, seed)
    groups = []
    for index, district in enumerate(state.districts):
        members = [place for place in everyone if place.district == district.id]
        groups.append(group_demand(members, calendars, seed + index, days))
    whole = joined(groups)
    day, minute = whole.busiest
    plan = StatePlan(
        state=state.name,
        seed=seed,
        drawn=sum(not place.name for place in everyone),
        calls_a_server=capacity,
        target=target,
        busiest_day=day,
        busiest_minute=minute,
        districts=tuple(
            _district(each.id, each.name, group, capacity, target)
            for each, group in zip(state.districts, groups, strict=True)
        ),
        calls_together=_needed(whole, target),
    )
    return plan if rates is None else _priced(plan, rates, talk_hours(calendars))


def _district(identity: str, name: str, group: GroupDemand, capacity: int, target: float) -> DistrictPlan:
    calls = _needed(group, target)
    return DistrictPlan(
        id=identity,
        name=name,
        municipalities=group.municipalities,
        population=group.population,
        clerks=group.clerks,
        appointments_a_week=group.appointments,
        calls=calls,
        servers=max(1, ceil(calls / capacity)),
        spare=SPARE,
    )


def _needed(group: GroupDemand, target: float) -> int:
    return ceil(float(group.calls(target).max()))


def _priced(plan: StatePlan, rates: Rates, hours: float) -> StatePlan:
    a_year = sum(each.appointments_a_week for each in plan.districts) * WEEKS
    each = euros_an_appointment(rates.prices, rates.used, plan.servers, a_year, hours)
    return plan.model_copy(update={"euros_an_appointment": each, "euros_a_month": each * a_year / MONTHS})


def talk_hours(municipalities: Sequence[Municipality]) -> float:
    """How long a talk lasts in the mean, overruns included, in hours."""
    lengths = [
        sum(service.share * service.minutes for service in each.services)
        + each.behaviour.overrun * each.behaviour.overrun_minutes
        for each in municipalities
    ]
    return sum(lengths) / len(lengths) / 60
