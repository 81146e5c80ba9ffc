"""Booking an appointment for a caller: the form, the search for free times, and services that need presence."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from townhall.appointing import Counter, ascii_address, date_in, good_name
from townhall.desk import Desk
from townhall.hall import Hall
from townhall.language import LANGUAGES
from townhall.logs import note
from townhall.slots import immediate_slot
from townhall.store import Appointment
from townhall.tenants import Clerk, Tenant

__all__ = ["ascii_address", "routes"]


@dataclass
class Wish:
    """The form as it was filled in; ``problems`` are keys of sentences."""

    name: str = ""
    email: str = ""
    service: str = ""
    clerk: str = ""
    first: str = ""
    slot: str = ""
    lang: str = "de"
    kind: str = "video"
    problems: list[str] = field(default_factory=list)


def routes(hall: Hall) -> APIRouter:
    """Return the routes of the booking form."""
    router = APIRouter(prefix="/{tenant_id}/amt/termine/neu")
    desk = Desk(hall)
    counter = Counter(hall)

    def show(request: Request, tenant: Tenant, clerk: Clerk, wish: Wish, status: int = 200) -> Response:
        service = tenant.service(wish.service)
        refused = service is not None and not service.video and wish.kind == "video"
        return desk.form(
            request,
            "book.html",
            tenant,
            status=status,
            clerk=clerk,
            wish=wish,
            immediate=immediate_slot(hall.clock.now()),
            slots=counter.free(tenant, service, wish.clerk, date_in(wish.first)),
            presence=service if refused and status == 422 else None,
        )

    @router.get("")
    def form(request: Request, tenant_id: str, slot: str = "") -> Response:
        tenant = desk.tenant(tenant_id)
        clerk = desk.clerk(request, tenant)
        return show(request, tenant, clerk, Wish(slot=slot, lang=hall.views.language(request)))

    @router.post("")
    def book(
        request: Request,
        tenant_id: str,
        name: Annotated[str, Form()] = "",
        email: Annotated[str, Form()] = "",
        service: Annotated[str, Form()] = "",
        clerk: Annotated[str, Form()] = "",
        first: Annotated[str, Form()] = "",
        slot: Annotated[str, Form()] = "",
        lang: Annotated[str, Form()] = "",
        kind: Annotated[str, Form()] = "video",
        do: Annotated[Literal["book", "counter", "search"], Form()] = "book",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        who = desk.clerk(request, tenant)
        desk.check_csrf(request, csrf)
        wish = Wish(name.strip(), email.strip(), service, clerk, first, slot, lang, kind)
        if do == "search":  # a POST, so that name and address stay out of the page's address
            request.state.only_looked = True
            return show(request, tenant, who, wish)
        if do == "counter":
            wish.kind = "counter"
        appointment = _book(counter, tenant, who, wish)
        if appointment is None:
            return show(request, tenant, who, wish, 422)
        request.state.appointment = appointment.id
        note("booked", tenant=tenant.id, appointment=appointment.id, service=service, kind=appointment.kind)
        return RedirectResponse(f"/{tenant.id}/amt/termine", 303)

    return router


def _book(counter: Counter, tenant: Tenant, who: Clerk, wish: Wish) -> Appointment | None:
    """Book the appointment; None if the service needs presence or ``wish.problems`` says what is wrong."""
    service = tenant.service(wish.service)
    if service is not None and not service.video and wish.kind == "video":
        return None
    address = ascii_address(wish.email)
    if not good_name(wish.name):
        wish.problems.append("bad_name")
    if address is None:
        wish.problems.append("bad_email")
    if service is None:
        wish.problems.append("bad_service")
    if wish.lang not in LANGUAGES:
        wish.problems.append("bad_lang")
    if wish.kind not in ("video", "counter"):
        wish.problems.append("bad_kind")
    with counter.alone():
        place = counter.place(tenant, service, wish.clerk, wish.slot, wish.kind, prefers=who.user)
        if place is None:
            wish.problems.append("bad_counter_slot" if wish.kind == "counter" else "bad_slot")
        if wish.problems or service is None or address is None or place is None:
            return None
        appointment = Appointment(
            tenant=tenant.id,
            clerk=place.clerk,
            service=service.id,
            name=wish.name,
            email=address,
            lang=wish.lang,
            kind=wish.kind,
            start=place.start,
            end=place.start + counter.length(service),
        )
        counter.keep(appointment, tenant)
    return appointment
