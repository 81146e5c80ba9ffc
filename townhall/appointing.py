"""Finds a time and a clerk for an appointment, keeps it, moves it, cancels it; with the mails that follow."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from townhall.hall import Hall
from townhall.schedule import cancellation, mails_after
from townhall.slots import Slot, free_slots, is_immediate
from townhall.store import Appointment
from townhall.tenants import Service, Tenant
from townhall.timetable import busy, opening_of

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{{2,}}")

_BOOKED_AHEAD = timedelta(days=366)
_YEARS = range(2000, 2200)


def ascii_address(text: str) -> str | None:
    """Return an e-mail address as mail servers take it (RFC 5321 dot-string, IDNA domain), None if it is none."""
    local, _, domain = text.strip().rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
    return address if len(address) <= 254 and _ADDRESS.fullmatch(address) else None


def good_name(text: str) -> bool:
    """Say whether this can be a person's name: one line of at most 100 characters."""
    return 0 < len(text) <= 100 and text.isprintable()


def date_in(text: str) -> date | None:
    """Return the date of a form's date field, None if it is empty or none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Place:
    """A start (aware) with a clerk who is free then."""

    start: datetime
    clerk: str


class Counter:
    """The appointments of one running service."""

    # Between seeing that a time is free and taking it nobody else may take it; there is one process.
    _lock = threading.Lock()

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep others from booking while the block runs."""
        with self._lock:
            yield

    def length(self, service: Service | None) -> timedelta:
        """Return how long a service takes; half an hour for one that the municipality no longer offers."""
        return timedelta(minutes=service.minutes if service else 30)

    def free(
        self, tenant: Tenant, service: Service | None, clerk: str = "", first: date | None = None, but: str = ""
    ) -> list[Slot]:
        """Return the free slots of two weeks from ``first`` on, for a service and a clerk (empty: any).

        The appointment ``but`` is taken as not booked: it is the one to be moved.
        """
        now = self._hall.clock.now()
        able = [
            one.user for one in tenant.clerks if service is None or not service.clerks or one.user in service.clerks
        ]
        wanted = [user for user in able if clerk in ("", user)]
        if not wanted:
            return []
        held = busy(self._hall.store, tenant, now)
        held.pop(but, None)
        if first is not None:
            first = min(first, now.astimezone(tenant.zone).date() + _BOOKED_AHEAD)
        return free_slots(tenant, opening_of(self._hall.store, tenant), now, held.values(), wanted, first)

    def place(
        self, tenant: Tenant, service: Service | None, clerk: str, slot: str, kind: str, prefers: str, but: str = ""
    ) -> Place | None:
        """Return the place that a form asks for if it is free, else None.

        Right now is always free, by video: the clerk ``prefers`` wants to see the caller right away. Where any clerk
        will do, the one with the fewest appointments that day gets it.
        """
        now = self._hall.clock.now()
        try:
            start = datetime.fromisoformat(slot)
        except ValueError:
            return None
        if start.tzinfo is None or start.year not in _YEARS or (clerk and tenant.clerk(clerk) is None):
            return None
        if kind == "video" and is_immediate(start, now):
            return Place(start, clerk or prefers)
        day = start.astimezone(tenant.zone).date()
        free = next((one for one in self.free(tenant, service, clerk, day, but) if one.start == start), None)
        if free is None:
            return None
        held = busy(self._hall.store, tenant, now).values()
        that_day = [one.clerk for one in held if one.start.astimezone(tenant.zone).date() == day]
        return Place(start, min(free.clerks, key=that_day.count))

    def keep(self, appointment: Appointment, tenant: Tenant) -> None:
        """Keep a new appointment; a confirmation, a reminder and the invitation will follow."""
        now = self._hall.clock.now()
        self._hall.store.add(appointment, mails_after("confirmation", appointment, tenant.zone, now))

    def move(self, appointment: Appointment, tenant: Tenant, place: Place) -> None:
        """Move an appointment: its link stays the same and opens at the new time, and the citizen gets a mail."""
        length = appointment.end - appointment.start
        appointment.start, appointment.end, appointment.clerk = place.start, place.start + length, place.clerk
        appointment.sequence += 1
        mails = mails_after("rebooking", appointment, tenant.zone, self._hall.clock.now())
        self._hall.store.change(appointment, mails, "start", "end", "clerk", "sequence")

    def readdress(self, appointment: Appointment, tenant: Tenant, address: str) -> None:
        """Send everything again, to the right address. The link is made anew: a stranger may have the first one."""
        appointment.email = address
        appointment.link_version += 1
        appointment.token_hash = None
        mails = mails_after("confirmation", appointment, tenant.zone, self._hall.clock.now())
        self._hall.store.change(appointment, mails, "email", "link_version", "token_hash")

    def cancel(self, appointment: Appointment) -> None:
        """Cancel an appointment: its time is free again, its link says so, and the citizen gets a mail."""
        appointment.cancelled = True
        appointment.sequence += 1
        mails = [cancellation(appointment, self._hall.clock.now())]
        self._hall.store.change(appointment, mails, "cancelled", "sequence")
