"""A municipality as data: its people, its services, its hours, and how punctual everybody is.

A file is TOML; those of Winterbach and Kernen stand beside this one and say where each figure is from. Times of day are
the municipality's own; a day is modelled in minutes since midnight of its clocks, so the two days of the year on which
Europe/Berlin changes them are not.
"""

from datetime import time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from load.reading import Part, named, read

FOLDER = Path(__file__).parent
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")
Share = Annotated[float, Field(ge=0, le=1)]
Minutes = Annotated[float, Field(ge=0, le=240)]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError) as error:
        raise ValueError(f"there is no time zone called {name}; Europe/Berlin is one") from error
    return name


class Service(Part):
    """What people book: its ``share`` of the bookings, and how long it takes (lognormal, ``spread`` = sd / mean)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    share: Share
    minutes: float = Field(gt=0, le=120)
    spread: float = Field(default=0.4, ge=0, le=2)


class Hours(Part):
    """From when to when the town hall holds appointments, on its own clocks."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _ends_after_begin(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(f"it closes at {self.closes:%H:%M}, not after it opens at {self.opens:%H:%M}")
        return self


class Behaviour(Part):
    """How people keep appointments. Means in minutes, of exponential distributions."""

    no_show: Share = 0.12
    early: Share = 0.5  # who opens the link before the time; the waiting room opens ``opens_before`` it
    early_minutes: Minutes = 4.0
    opens_before: Minutes = 15.0
    late: Share = 0.15
    late_minutes: Minutes = 3.0
    overrun: Share = 0.1  # talks in which something unexpected comes up
    overrun_minutes: Minutes = 8.0

    @model_validator(mode="after")
    def _early_or_late(self) -> Self:
        if self.early + self.late > 1:
            raise ValueError("the shares of early and late people are more than 1 together; lower one")
        return self


class Demand(Part):
    """How much is booked: visits of an inhabitant in a year, the share of them by video, and the busiest week."""

    visits_a_year: float = Field(gt=0, le=20)
    by_video: Share
    weeks: float = Field(default=50, gt=0, le=53)  # in which the town hall is open
    busiest_week: float = Field(default=1.0, ge=1, le=10)  # times the mean week
    evening_weight: float = Field(default=1.5, gt=0, le=10)  # how much rather a slot from ``evening`` on is taken
    evening: time = time(16)


class Municipality(Part):
    """A municipality with its calendar."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: str = Field(min_length=1, max_length=80)
    population: int = Field(gt=0, le=5_000_000)
    clerks: int = Field(gt=0, le=1_000)
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Berlin"
    slot_minutes: int = Field(ge=5, le=120)
    demand: Demand
    behaviour: Behaviour = Behaviour()
    services: tuple[Service, ...] = Field(min_length=1)
    hours: dict[Weekday, tuple[Hours, ...]]

    @model_validator(mode="after")
    def _shares_are_whole(self) -> Self:
        if abs((total := sum(service.share for service in self.services)) - 1) > 1e-6:
            raise ValueError(f"the shares of the services make {total:g}; let them make 1")
        return self

    @model_validator(mode="after")
    def _has_a_slot(self) -> Self:
        for day, hours in self.hours.items():
            ordered = sorted(hours, key=lambda each: each.opens)
            if any(later.opens < earlier.closes for earlier, later in pairwise(ordered)):
                raise ValueError(f"the hours of {day} overlap; join them")
        if not self.slots_a_week:
            raise ValueError("no slot fits into the hours; open longer or make the slots shorter")
        return self

    def slots(self, day: Weekday) -> tuple[int, ...]:
        """When the slots of a clerk begin on that day, in minutes since midnight."""
        begins: list[int] = []
        for hours in sorted(self.hours.get(day, ()), key=lambda each: each.opens):
            begins.extend(range(_minute(hours.opens), _minute(hours.closes) - self.slot_minutes + 1, self.slot_minutes))
        return tuple(begins)

    @property
    def slots_a_week(self) -> int:
        """How many appointments one clerk can hold in a week."""
        return sum(len(self.slots(day)) for day in WEEKDAYS)

    @property
    def wanted_a_week(self) -> float:
        """How many video appointments are wanted in the busiest week."""
        demand = self.demand
        return self.population * demand.visits_a_year * demand.by_video / demand.weeks * demand.busiest_week

    @property
    def appointments_a_year(self) -> float:
        """How many of the wanted video appointments find a slot in a year of mean weeks."""
        mean_week = self.wanted_a_week / self.demand.busiest_week
        return min(mean_week, self.clerks * self.slots_a_week) * self.demand.weeks


def load_municipality(name: str) -> Municipality:
    """The built-in municipality of this name, or that of a TOML file. Raises ``LoadError`` with its mend."""
    return read(named(name, FOLDER, "municipality"), Municipality, "municipality")


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
