"""Booking an appointment for a caller: the form, what is wrong with it, and services that need presence."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from townhall.desk import Desk
from townhall.hall import Hall
from townhall.language import LANGUAGES
from townhall.logs import note
from townhall.slots import free_slots, immediate_slot, is_immediate
from townhall.store import Appointment
from townhall.tenants import Clerk, Tenant

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{{2,}}")


@dataclass
class Wish:
    """The form as it was filled in; ``problems`` are keys of sentences."""

    name: str = ""
    email: str = ""
    service: str = ""
    slot: str = ""
    lang: str = "de"
    problems: list[str] = field(default_factory=list)


def ascii_address(text: str) -> str | None:
    """Return an e-mail address as mail servers take it (RFC 5321 dot-string, IDNA domain), None if it is none."""
    local, _, domain = text.strip().rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return None
    return address if len(address) <= 254 and _ADDRESS.fullmatch(address) else None


def routes(hall: Hall) -> APIRouter:
    """Return the routes of the booking form."""
    router = APIRouter(prefix="/{tenant_id}/amt/termine/neu")
    desk = Desk(hall)
    counter = _Counter(hall)

    def show(request: Request, tenant: Tenant, wish: Wish, status: int = 200) -> Response:
        now = hall.clock.now()
        refused = tenant.service(wish.service) if status == 422 else None
        return desk.form(
            request,
            "book.html",
            tenant,
            status=status,
            wish=wish,
            immediate=immediate_slot(now),
            slots=counter.free(tenant, now),
            presence=refused if refused and not refused.video else None,
        )

    @router.get("")
    def form(request: Request, tenant_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        return show(request, tenant, Wish(lang=hall.views.language(request)))

    @router.post("")
    def book(
        request: Request,
        tenant_id: str,
        name: Annotated[str, Form()] = "",
        email: Annotated[str, Form()] = "",
        service: Annotated[str, Form()] = "",
        slot: Annotated[str, Form()] = "",
        lang: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        clerk = desk.clerk(request, tenant)
        desk.check_csrf(request, csrf)
        wish = Wish(name.strip(), email.strip(), service, slot, lang)
        appointment = counter.book(tenant, clerk, wish)
        if appointment is None:
            return show(request, tenant, wish, 422)
        note("booked", tenant=tenant.id, appointment=appointment.id, service=service)
        return RedirectResponse(f"/{tenant.id}/amt/termine", 303)

    return router


class _Counter:
    """Turns a wish into an appointment, or says what is wrong with it."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def free(self, tenant: Tenant, now: datetime) -> list[datetime]:
        """Return the starts that can be booked in the coming days."""
        booked = self._hall.store.appointments(tenant.id, now)
        return free_slots(tenant, now, [(one.start, one.end) for one in booked])

    def book(self, tenant: Tenant, clerk: Clerk, wish: Wish) -> Appointment | None:
        """Book the appointment; None if the service needs presence or ``wish.problems`` says what is wrong."""
        service = tenant.service(wish.service)
        if service is not None and not service.video:
            return None
        address, start = ascii_address(wish.email), self._start(tenant, wish.slot)
        if not 0 < len(wish.name) <= 100 or not wish.name.isprintable():
            wish.problems.append("bad_name")
        if address is None:
            wish.problems.append("bad_email")
        if service is None:
            wish.problems.append("bad_service")
        if start is None:
            wish.problems.append("bad_slot")
        if wish.lang not in LANGUAGES:
            wish.problems.append("bad_lang")
        if wish.problems or service is None or address is None or start is None:
            return None
        appointment = Appointment(
            tenant=tenant.id,
            clerk=clerk.user,
            service=service.id,
            name=wish.name,
            email=address,
            lang=wish.lang,
            start=start,
            end=start + timedelta(minutes=service.minutes),
        )
        self._hall.store.add(appointment)
        return appointment

    def _start(self, tenant: Tenant, text: str) -> datetime | None:
        """Return the start if it is free, else None."""
        now = self._hall.clock.now()
        try:
            start = datetime.fromisoformat(text)
        except ValueError:
            return None
        if start.tzinfo is None:
            return None
        return start if is_immediate(start, now) or start in self.free(tenant, now) else None
