"""Opening hours as rules: hours of the week, closed days, and hours taken from one day and given to another."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_LAST_MINUTE = 24 * 60 - 1

# Dates far away would overflow when weeks are added.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
# Minutes after midnight, local time: [opens, closes).
_Stretch = tuple[int, int]


class Part(BaseModel):
    """What is common to all that stands in a municipality's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(Part):
    """One stretch of opening hours of a day, local time, to the minute."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _is_a_stretch_of_minutes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opening hours end before they begin")
        if self.opens != _time(_minute(self.opens)) or self.closes != _time(_minute(self.closes)):
            raise ValueError("opening hours are local times to the minute")
        return self


class Closed(Part):
    """A day on which the town hall is closed, whatever weekday it is."""

    day: Day
    reason: str = Field(default="", max_length=100)


class Move(Part):
    """Hours taken from one day and given to another (or to another time of that day), once or for some weeks.

    As much is given as is taken: ``to_opens`` says when it begins, its length is that of ``opens`` to ``closes``.
    """

    day: Day
    opens: time
    closes: time
    to_day: Day
    to_opens: time
    weeks: int = Field(default=1, ge=1, le=52)

    @model_validator(mode="after")
    def _fits_a_day(self) -> Self:
        Hours(opens=self.opens, closes=self.closes)
        if _minute(self.to_opens) + _minute(self.closes) - _minute(self.opens) > _LAST_MINUTE:
            raise ValueError("moved hours end after midnight")
        if abs(self.to_day - self.day) > timedelta(days=60):
            raise ValueError("hours are moved by at most 60 days")
        return self

    @property
    def to_closes(self) -> time:
        """When the given hours end."""
        return _time(_minute(self.to_opens) + _minute(self.closes) - _minute(self.opens))

    def times(self) -> Iterator[tuple[date, date]]:
        """Yield the days it takes from and gives to, week by week."""
        for week in range(self.weeks):
            yield self.day + timedelta(weeks=week), self.to_day + timedelta(weeks=week)


class Opening(Part):
    """The opening hours of a municipality."""

    weekly: Mapping[Weekday, list[Hours]]
    closed: list[Closed] = Field(default=[], max_length=200)
    moved: list[Move] = Field(default=[], max_length=200)

    @model_validator(mode="after")
    def _hours_of_a_day_do_not_overlap(self) -> Self:
        for hours in self.weekly.values():
            stretches = sorted((_minute(one.opens), _minute(one.closes)) for one in hours)
            if any(after[0] < before[1] for before, after in pairwise(stretches)):
                raise ValueError("opening hours of a day overlap")
        return self

    def between(self, first: date, last: date) -> dict[date, list[Hours]]:
        """Return the hours of every day from ``first`` to ``last``, both included."""
        book = _Book(self)
        book.move_all()
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return {day: [Hours(opens=_time(a), closes=_time(b)) for a, b in book.stretches(day)] for day in days}

    def moves_applied(self, move: Move) -> bool:
        """Say whether a move of the list finds its hours, and room for them, in each of its weeks."""
        book = _Book(self)
        return all(applied for one, applied in book.move_all() if one is move)


class _Book:
    """The stretches of the days as they become while the rules are applied one after the other."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._closed = {one.day for one in opening.closed}
        self._days: dict[date, list[_Stretch]] = {}

    def stretches(self, day: date) -> list[_Stretch]:
        if day in self._days:
            return self._days[day]
        hours = [] if day in self._closed else self._opening.weekly.get(WEEKDAYS[day.weekday()], [])
        return sorted((_minute(one.opens), _minute(one.closes)) for one in hours)

    def move_all(self) -> list[tuple[Move, bool]]:
        return [(move, self._apply(move, *days)) for move in self._opening.moved for days in move.times()]

    def _apply(self, move: Move, day: date, to_day: date) -> bool:
        """Move both or none: a rule that finds nothing to take, or no room to give, leaves both days as they are."""
        taken = _minute(move.opens), _minute(move.closes)
        given = _minute(move.to_opens), _minute(move.to_closes)
        before = self.stretches(day)
        left = _without(before, taken)
        if left is None or to_day in self._closed:
            return False
        target = left if to_day == day else self.stretches(to_day)
        if any(a < given[1] and given[0] < b for a, b in target):
            return False
        self._days[day] = left
        self._days[to_day] = _joined([*target, given])
        return True


def _without(stretches: list[_Stretch], taken: _Stretch) -> list[_Stretch] | None:
    """Return the stretches without what is taken, None if none of them holds all of it."""
    for stretch in stretches:
        if stretch[0] <= taken[0] and taken[1] <= stretch[1]:
            rest = [(stretch[0], taken[0]), (taken[1], stretch[1])]
            return sorted([*(one for one in stretches if one != stretch), *(one for one in rest if one[0] < one[1])])
    return None


def _joined(stretches: list[_Stretch]) -> list[_Stretch]:
    joined: list[_Stretch] = []
    for begin, end in sorted(stretches):
        if joined and joined[-1][1] == begin:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((begin, end))
    return joined


def _minute(when: time) -> int:
    return when.hour * 60 + when.minute


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
