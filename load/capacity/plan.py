"""The servers that a whole state needs, with spare ones, district by district."""

from collections.abc import Sequence
from math import ceil

from pydantic import Field

from load.capacity.cost import CallHour, Prices, euros_an_appointment
from load.capacity.room import TARGET
from load.errors import LoadError
from load.municipality.calendar import Municipality, Weekday, load_municipality
from load.municipality.state import State, load_state, places
from load.municipality.state_demand import GroupDemand, group_demand, joined
from load.reading import Part

SPARE = 1  # servers a district beyond those it needs: one may fail, or be updated, at the busiest minute
CALENDARS = ("winterbach", "kernen")


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
    hours: float = Field(gt=0)  # that a talk lasts in the mean
    appointments_a_year: float = Field(gt=0)


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
    return plan if rates is None else _priced(plan, rates)


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


def _priced(plan: StatePlan, rates: Rates) -> StatePlan:
    monthly = rates.appointments_a_year / 12
    each = euros_an_appointment(rates.prices, rates.used, plan.servers, rates.appointments_a_year, rates.hours)
    return plan.model_copy(update={"euros_an_appointment": each, "euros_a_month": each * monthly})


def talk_hours(municipalities: Sequence[Municipality]) -> float:
    """How long a talk lasts in the mean, overruns included, in hours."""
    lengths = [
        sum(service.share * service.minutes for service in each.services)
        + each.behaviour.overrun * each.behaviour.overrun_minutes
        for each in municipalities
    ]
    return sum(lengths) / len(lengths) / 60
