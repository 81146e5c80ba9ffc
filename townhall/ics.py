"""The appointment as an iCalendar object (RFC 5545, RFC 5546) that a mail carries.

It never holds the link, not even when that is due: calendars are shared with colleagues and families and are kept at
other people's servers, and whoever has the link can join. The link stands in the mail alone.
"""

from datetime import datetime
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText

from townhall.language import translator
from townhall.store import Appointment
from townhall.tenants import Tenant

Method = Literal["REQUEST", "CANCEL"]


def calendar_entry(appointment: Appointment, tenant: Tenant, method: Method, now: datetime) -> str:
    """Return the whole VCALENDAR; its UID stays the same for the appointment's life, SEQUENCE counts its changes."""
    lang = appointment.lang
    t = translator(lang)
    service = tenant.service(appointment.service)
    name = service.name.in_language(lang) if service else appointment.service
    event = Event()
    event.add("uid", f"{appointment.id}@{tenant.mail.partition('@')[2]}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", appointment.start)
    event.add("dtend", appointment.end)
    event.add("summary", t(f"mail.ics_{appointment.kind}", service=name, hall=tenant.hall.in_language(lang)))
    event.add("description", t(f"mail.ics_{appointment.kind}_how", phone=tenant.phone))
    place = [tenant.hall.in_language(lang), *tenant.address]
    event.add("location", ", ".join(place) if appointment.kind == "counter" else t("mail.ics_video_place"))
    event.add("status", "CONFIRMED" if method == "REQUEST" else "CANCELLED")
    event.add("class", "PRIVATE")
    organizer = vCalAddress(f"mailto:{tenant.mail}")
    organizer.params["CN"] = vText(tenant.hall.in_language(lang))
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{appointment.email}")
    attendee.params["CN"] = vText(appointment.name)
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", "-//Pruefstand//Videotermine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text
