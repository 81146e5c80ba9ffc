"""When an invitation's link opens and closes, and when the invitation goes out."""

from datetime import datetime, timedelta
from typing import Literal

from townhall.store import Appointment

OPENS_BEFORE = timedelta(minutes=15)
CLOSES_AFTER = timedelta(minutes=30)
INVITES_BEFORE = timedelta(minutes=5)


def opening(appointment: Appointment) -> datetime:
    """Return the time from which the call can be joined."""
    return appointment.start - OPENS_BEFORE


def closing(appointment: Appointment) -> datetime:
    """Return the time at which the link and the call end."""
    return appointment.end + CLOSES_AFTER


def state(appointment: Appointment, now: datetime) -> Literal["too-early", "ready", "over", "cancelled"]:
    """Say how the appointment stands for who wants to join now."""
    if appointment.cancelled:
        return "cancelled"
    if now < opening(appointment):
        return "too-early"
    return "ready" if now < closing(appointment) else "over"
