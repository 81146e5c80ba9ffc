"""A state's busiest week by simulation: every clerk of every municipality, district by district, minute by minute.

Each municipality keeps the calendar of one of the built-in ones, drawn by the seed, with clerks and bookings for its
own population. All have their busiest week in the same week: careful, and said so where the figure is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from load.errors import LoadError
from load.models.simulation import Floats
from load.municipality.calendar import WEEKDAYS, Municipality, Weekday
from load.municipality.days import DAY, bookings, concurrent, play_clerks
from load.municipality.state import Place


@dataclass(frozen=True, slots=True)
class GroupDemand:
    """The calls at once of a group of municipalities: mean and sd per weekday and minute, both of shape (5, 1440)."""

    municipalities: int
    population: int
    clerks: int
    appointments: float  # held in the week, in the mean
    mean: Floats
    deviation: Floats

    def calls(self, target: float) -> Floats:
        """How many calls at once are exceeded with the chance ``target``, shape (5, 1440).

        A sum over hundreds of clerks who know nothing of each other is normally distributed.
        """
        if not 0 < target < 1:
            raise LoadError(f"A share of {target} is no target: give one between 0 and 1.")
        return self.mean + NormalDist().inv_cdf(1 - target) * self.deviation

    @property
    def busiest(self) -> tuple[Weekday, int]:
        """The weekday and minute of the day with the most calls."""
        day, minute = np.unravel_index(int(np.argmax(self.mean)), self.mean.shape)
        return WEEKDAYS[int(day)], int(minute)


def group_demand(places: Sequence[Place], calendars: Sequence[Municipality], seed: int, days: int = 30) -> GroupDemand:
    """The demand of these places, each weekday played ``days`` times."""
    chance = np.random.default_rng([seed, 4])
    scaled = [_scaled(calendars[int(chance.integers(len(calendars)))], place) for place in places]
    calls = np.zeros((len(WEEKDAYS), days, DAY))
    held = 0.0
    for calendar in calendars:
        alike = [each for each in scaled if each.id == calendar.id]
        likely = [bookings(each) for each in alike]
        for index, day in enumerate(WEEKDAYS):
            rows = [np.tile(each[day], (one.clerks, 1)) for one, each in zip(alike, likely, strict=True)]
            if not rows or not rows[0].size:
                continue
            played = play_clerks(calendar, day, np.concatenate(rows), days, chance)
            calls[index] += concurrent(played)
            held += float(played.came.sum()) / days
    return GroupDemand(
        municipalities=len(places),
        population=sum(place.population for place in places),
        clerks=sum(each.clerks for each in scaled),
        appointments=held,
        mean=calls.mean(axis=1),
        deviation=calls.std(axis=1, ddof=1) if days > 1 else np.sqrt(calls.mean(axis=1)),
    )


def joined(groups: Sequence[GroupDemand]) -> GroupDemand:
    """All groups together; they know nothing of each other, so their variances add up."""
    return GroupDemand(
        municipalities=sum(each.municipalities for each in groups),
        population=sum(each.population for each in groups),
        clerks=sum(each.clerks for each in groups),
        appointments=sum(each.appointments for each in groups),
        mean=np.sum([each.mean for each in groups], axis=0),
        deviation=np.sqrt(np.sum([each.deviation**2 for each in groups], axis=0)),
    )


def _scaled(calendar: Municipality, place: Place) -> Municipality:
    """A place with that calendar, and as many inhabitants a clerk as its model has."""
    clerks = max(1, round(place.population * calendar.clerks / calendar.population))
    return calendar.model_copy(update={"population": place.population, "clerks": clerks})
