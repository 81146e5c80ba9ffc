"""Demand of a municipality over its week: arrivals and calls at once, minute by minute, with the busiest hour."""

from dataclasses import dataclass

import numpy as np

from load.models.simulation import Floats
from load.municipality.calendar import WEEKDAYS, Municipality, Weekday
from load.municipality.days import DAY, bookings, concurrent, play, waiting

HOUR = 60
QUANTILES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class DayDemand:
    """A weekday of the busiest week. Arrays are per minute, shape (1440,); ``chances`` (1440, clerks + 1)."""

    day: Weekday
    appointments: float  # talks held in the mean
    arrivals: Floats  # people who come in that minute, in the mean
    mean: Floats  # calls at once
    quantiles: dict[float, Floats]
    waiting: Floats  # people in the waiting room, in the mean
    chances: Floats  # of each number of calls at once
    mean_wait: float  # minutes beyond their time
    busy_minute: int  # at which the busiest hour begins
    busy_load: float  # erlangs in it: the mean number of calls at once


@dataclass(frozen=True, slots=True)
class WeekDemand:
    """The busiest week of a municipality; ``unmet`` are the wanted appointments that find no slot in it."""

    municipality: Municipality
    days: tuple[DayDemand, ...]
    wanted: float
    unmet: float

    @property
    def peak(self) -> DayDemand:
        """The day with the busiest hour."""
        return max(self.days, key=lambda each: each.busy_load)

    @property
    def appointments(self) -> float:
        """Talks held in the week, in the mean."""
        return sum(each.appointments for each in self.days)


def week_demand(municipality: Municipality, seed: int, days: int = 400) -> WeekDemand:
    """The busiest week, each weekday played ``days`` times. The same seed gives the same week."""
    booked = bookings(municipality)
    taken = municipality.clerks * float(sum(each.sum() for each in booked.values()))
    wanted = municipality.wanted_a_week
    played = tuple(day_demand(municipality, day, seed, days) for day in WEEKDAYS)
    return WeekDemand(municipality, played, wanted, max(0.0, wanted - taken))


def day_demand(municipality: Municipality, day: Weekday, seed: int, days: int = 400) -> DayDemand:
    """One weekday of the busiest week."""
    played = play(municipality, day, days, seed)
    calls = concurrent(played)
    chances = np.stack([(calls == number).mean(axis=0) for number in range(municipality.clerks + 1)], axis=1)
    mean = calls.mean(axis=0)
    minutes = np.clip(played.arrivals[played.came], 0, DAY - 1).astype(np.int64)
    begin, busy = busy_hour(mean)
    quantiles = np.quantile(calls, QUANTILES, axis=0, method="higher")
    return DayDemand(
        day=day,
        appointments=float(played.came.sum()) / days,
        arrivals=np.bincount(minutes, minlength=DAY) / days,
        mean=mean,
        quantiles=dict(zip(QUANTILES, quantiles, strict=True)),
        waiting=waiting(played).mean(axis=0),
        chances=chances,
        mean_wait=float(played.waits.mean()) if played.came.any() else 0.0,
        busy_minute=begin,
        busy_load=busy,
    )


def busy_hour(mean: Floats) -> tuple[int, float]:
    """The 60 minutes in a row with the most traffic (ITU-T E.500's busy hour): their first minute and their mean."""
    sums = np.concatenate([[0.0], np.cumsum(mean)])
    hours = (sums[HOUR:] - sums[:-HOUR]) / HOUR
    begin = int(np.argmax(hours))
    return begin, float(hours[begin])
