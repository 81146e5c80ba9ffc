"""The page of one appointment: what became of its mails; moving it, cancelling it, mending the address."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from townhall.appointing import Counter, ascii_address, date_in
from townhall.desk import Desk
from townhall.hall import Hall
from townhall.logs import note
from townhall.store import Appointment
from townhall.tenants import Tenant

# What a form does: it returns the key of the sentence that says why not, empty when it is done.
_Change = Callable[[Tenant, Appointment, str], str]


def routes(hall: Hall) -> APIRouter:
    """Return the routes of /{tenant}/amt/termine/{appointment}."""
    router = APIRouter(prefix="/{tenant_id}/amt/termine/{appointment_id}")
    desk = Desk(hall)
    counter = Counter(hall)

    def show(
        request: Request, tenant: Tenant, one: Appointment, problem: str = "", clerk: str = "", first: str = ""
    ) -> Response:
        return desk.form(
            request,
            "appointment.html",
            tenant,
            status=422 if problem else 200,
            clerk=desk.clerk(request, tenant),
            one=one,
            mails=hall.store.mails([one.id]),
            now=hall.clock.now(),
            changeable=_changeable(hall, one),
            slots=counter.free(tenant, tenant.service(one.service), clerk, date_in(first), but=one.id),
            chosen=clerk,
            first=first,
            problem=problem,
        )

    def change(request: Request, tenant_id: str, appointment_id: str, csrf: str, name: str, how: _Change) -> Response:
        tenant = desk.tenant(tenant_id)
        who = desk.clerk(request, tenant)
        desk.check_csrf(request, csrf)
        with counter.alone():
            one = desk.appointment(tenant, appointment_id)
            problem = how(tenant, one, who.user) if _changeable(hall, one) else "bad_state"
        if problem:
            return show(request, tenant, desk.appointment(tenant, appointment_id), problem)
        note(name, tenant=tenant.id, appointment=one.id)
        return RedirectResponse(f"/{tenant.id}/amt/termine/{one.id}", 303)

    @router.get("")
    def page(request: Request, tenant_id: str, appointment_id: str, clerk: str = "", first: str = "") -> Response:
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        return show(request, tenant, desk.appointment(tenant, appointment_id), "", clerk, first)

    @router.post("/verlegen")
    def move(
        request: Request,
        tenant_id: str,
        appointment_id: str,
        clerk: Annotated[str, Form()] = "",
        slot: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        def how(tenant: Tenant, one: Appointment, user: str) -> str:
            service = tenant.service(one.service)
            # Never to "right now": for that a new appointment is booked.
            place = counter.place(tenant, service, clerk, slot, "counter", prefers=user, but=one.id)
            if place is None:
                return "bad_slot"
            counter.move(one, tenant, place)
            return ""

        return change(request, tenant_id, appointment_id, csrf, "rebooked", how)

    @router.post("/absagen")
    def cancel(
        request: Request,
        tenant_id: str,
        appointment_id: str,
        sure: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        def how(tenant: Tenant, one: Appointment, user: str) -> str:
            if not sure:
                return "bad_confirm"
            counter.cancel(one)
            return ""

        return change(request, tenant_id, appointment_id, csrf, "cancelled", how)

    @router.post("/adresse")
    def readdress(
        request: Request,
        tenant_id: str,
        appointment_id: str,
        email: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        def how(tenant: Tenant, one: Appointment, user: str) -> str:
            address = ascii_address(email)
            if address is None:
                return "bad_email"
            counter.readdress(one, tenant, address)
            return ""

        return change(request, tenant_id, appointment_id, csrf, "readdressed", how)

    return router


def _changeable(hall: Hall, one: Appointment) -> bool:
    """Say whether anything can still be changed: not what is cancelled or over."""
    return not one.cancelled and hall.clock.now() < one.end
