"""Which mails an appointment brings about, and when each of them is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from townhall.store import Appointment, Mail
from townhall.window import INVITES_BEFORE

# A reminder that comes later than this is none; one that would follow the booking within the hour is noise.
_REMINDS_AT_LEAST_BEFORE = timedelta(hours=12)
_REMINDS_AFTER_BOOKING = timedelta(hours=1)


def mails_after(news: str, appointment: Appointment, zone: ZoneInfo, now: datetime) -> list[Mail]:
    """Return the mails that follow from a booking (``news`` = "confirmation") or a move ("rebooking").

    The news goes out now, a reminder the day before at the same time of day, the invitation with the link to a video
    appointment five minutes before the start. When that is now, the invitation is all the news.
    """
    invites = appointment.start - INVITES_BEFORE
    mails = []
    if appointment.kind != "video" or now < invites:
        mails.append(Mail(kind=news, due=now, until=invites))
    reminds = day_before(appointment.start, zone)
    if now + _REMINDS_AFTER_BOOKING < reminds:
        mails.append(Mail(kind="reminder", due=reminds, until=appointment.start - _REMINDS_AT_LEAST_BEFORE))
    if appointment.kind == "video":
        mails.append(Mail(kind="invitation", due=invites, until=appointment.end))
    return mails


def cancellation(appointment: Appointment, now: datetime) -> Mail:
    """Return the mail that tells of a cancelled appointment."""
    return Mail(kind="cancellation", due=now, until=appointment.end)


def day_before(start: datetime, zone: ZoneInfo) -> datetime:
    """Return the same local time one day earlier, also when the clocks change in between."""
    return (start.astimezone(zone) - timedelta(days=1)).astimezone(UTC)
