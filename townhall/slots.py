"""Which starts of an appointment are free: opening hours cut into slots, minus what is taken, plus "right now"."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from townhall.tenants import WEEKDAYS, Tenant

DAYS_AHEAD = 14
# A clerk may take a while between seeing the form and sending it; the running slot stays bookable that long.
_IMMEDIATE_GRACE = timedelta(minutes=10)


def free_slots(tenant: Tenant, now: datetime, taken: Iterable[tuple[datetime, datetime]]) -> list[datetime]:
    """Return the starts (aware, UTC) within the coming days at which fewer appointments are held than clerks work.

    ``taken`` holds (start, end) of the appointments booked so far. Starts that have passed are left out.
    """
    booked = list(taken)
    length = timedelta(minutes=tenant.slot_minutes)
    today = now.astimezone(tenant.zone).date()
    slots: list[datetime] = []
    for offset in range(DAYS_AHEAD + 1):
        for start in _starts(tenant, today + timedelta(days=offset)):
            parallel = sum(1 for begin, end in booked if begin < start + length and start < end)
            if start > now and parallel < len(tenant.clerks):
                slots.append(start)
    return slots


def immediate_slot(now: datetime) -> datetime:
    """Return the running slot, five-minute grid: for a caller whom the clerk wants to see right away."""
    return now.astimezone(UTC).replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)


def is_immediate(start: datetime, now: datetime) -> bool:
    """Say whether ``start`` was the running slot a moment ago (or still is)."""
    on_grid = start.minute % 5 == 0 and start.second == 0 and start.microsecond == 0
    return on_grid and now - _IMMEDIATE_GRACE < start <= now


def _starts(tenant: Tenant, day: date) -> Iterator[datetime]:
    length = timedelta(minutes=tenant.slot_minutes)
    for hours in tenant.hours.get(WEEKDAYS[day.weekday()], []):
        start = datetime.combine(day, hours.opens, tenant.zone).astimezone(UTC)
        closes = datetime.combine(day, hours.closes, tenant.zone).astimezone(UTC)
        while start + length <= closes:
            yield start
            start += length
