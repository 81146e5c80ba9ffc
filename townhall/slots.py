"""Which starts of an appointment are free, and with whom: opening hours cut into slots, minus what is taken."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from townhall.opening import Hours, Opening
from townhall.tenants import Tenant

DAYS_AHEAD = 14
# A clerk may take a while between seeing the form and sending it; the running slot stays bookable that long.
_IMMEDIATE_GRACE = timedelta(minutes=10)


@dataclass(frozen=True)
class Busy:
    """A clerk is taken from ``start`` to ``end``."""

    clerk: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Slot:
    """A start (aware, UTC) and the clerks who are free then, never none."""

    start: datetime
    clerks: tuple[str, ...]


def free_slots(
    tenant: Tenant,
    opening: Opening,
    now: datetime,
    busy: Iterable[Busy],
    clerks: Collection[str] = (),
    first: date | None = None,
) -> list[Slot]:
    """Return the free slots of two weeks from ``first`` (default: today) on; starts that have passed are left out.

    ``clerks`` are those who may hold the appointment, by user name; empty means all of the municipality.
    """
    wanted = [clerk.user for clerk in tenant.clerks if not clerks or clerk.user in clerks]
    taken, length = list(busy), timedelta(minutes=tenant.slot_minutes)
    day = max(first or date.min, now.astimezone(tenant.zone).date())
    slots: list[Slot] = []
    for start in _starts(tenant, opening, day, day + timedelta(days=DAYS_AHEAD)):
        held = {one.clerk for one in taken if one.start < start + length and start < one.end}
        free = tuple(user for user in wanted if user not in held)
        if start > now and free:
            slots.append(Slot(start, free))
    return slots


@dataclass(frozen=True)
class Week:
    """A week's capacity: ``slots`` that opening hours and clerks give, ``booked`` appointments among them."""

    monday: date
    hours: timedelta
    slots: int
    booked: int


def week(tenant: Tenant, opening: Opening, monday: date, busy: Iterable[Busy]) -> Week:
    """Return the capacity of the week that begins on ``monday``, passed days included."""
    sunday = monday + timedelta(days=6)
    stretches = [one for day in opening.between(monday, sunday).values() for one in day]
    starts = sum(1 for _ in _starts(tenant, opening, monday, sunday))
    booked = sum(1 for one in busy if monday <= one.start.astimezone(tenant.zone).date() <= sunday)
    return Week(monday, sum((_length(one) for one in stretches), timedelta()), starts * len(tenant.clerks), booked)


def is_open(tenant: Tenant, opening: Opening, start: datetime, end: datetime) -> bool:
    """Say whether the town hall is open from ``start`` to ``end``."""
    day = start.astimezone(tenant.zone).date()
    return any(opens <= start and end <= closes for opens, closes in _stretches(tenant, opening.between(day, day)))


def immediate_slot(now: datetime) -> datetime:
    """Return the running slot, five-minute grid: for a caller whom the clerk wants to see right away."""
    return now.astimezone(UTC).replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)


def is_immediate(start: datetime, now: datetime) -> bool:
    """Say whether ``start`` was the running slot a moment ago (or still is)."""
    on_grid = start.minute % 5 == 0 and start.second == 0 and start.microsecond == 0
    return on_grid and now - _IMMEDIATE_GRACE < start <= now


def _starts(tenant: Tenant, opening: Opening, first: date, last: date) -> Iterator[datetime]:
    length = timedelta(minutes=tenant.slot_minutes)
    for opens, closes in _stretches(tenant, opening.between(first, last)):
        start = opens
        while start + length <= closes:
            yield start
            start += length


def _stretches(tenant: Tenant, days: dict[date, list[Hours]]) -> Iterator[tuple[datetime, datetime]]:
    """Yield the stretches as points in time, because on a day when the clocks change hours are longer or shorter."""
    for day, hours in days.items():
        for one in hours:
            begin, end = (datetime.combine(day, when, tenant.zone) for when in (one.opens, one.closes))
            yield begin.astimezone(UTC), end.astimezone(UTC)


def _length(hours: Hours) -> timedelta:
    midnight = date.min
    return datetime.combine(midnight, hours.closes) - datetime.combine(midnight, hours.opens)
