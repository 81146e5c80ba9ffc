"""The pages for clerks: login, the list of appointments, and the way into a call."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from townhall.callpage import call_page
from townhall.desk import Desk
from townhall.hall import Hall
from townhall.logs import note
from townhall.window import CLOSES_AFTER


def routes(hall: Hall) -> APIRouter:
    """Return the routes under /{tenant}/amt, except booking."""
    router = APIRouter(prefix="/{tenant_id}/amt")
    desk = Desk(hall)

    @router.get("/anmelden")
    def login_form(request: Request, tenant_id: str) -> Response:
        return desk.form(request, "login.html", desk.tenant(tenant_id), user="", wrong=False)

    @router.post("/anmelden")
    def login(
        request: Request,
        tenant_id: str,
        user: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        desk.check_csrf(request, csrf)
        if not hall.gate.password_is_right(tenant.id, user, password):
            note("login refused", tenant=tenant.id)
            return desk.form(request, "login.html", tenant, status=401, user=user, wrong=True)
        response = RedirectResponse(f"/{tenant.id}/amt/termine", 303)
        hall.gate.start_session(response, tenant.id, user)
        note("login", tenant=tenant.id)
        return response

    @router.post("/abmelden")
    def logout(request: Request, tenant_id: str, csrf: Annotated[str, Form()] = "") -> Response:
        tenant = desk.tenant(tenant_id)
        desk.check_csrf(request, csrf)
        response = RedirectResponse(f"/{tenant.id}/", 303)
        hall.gate.end_session(response)
        return response

    @router.get("/termine")
    def appointments(request: Request, tenant_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        clerk = desk.clerk(request, tenant)
        current = hall.store.appointments(tenant.id, hall.clock.now() - CLOSES_AFTER)
        return desk.form(request, "appointments.html", tenant, clerk=clerk, appointments=current)

    @router.get("/termine/{appointment_id}/anruf")
    def call(request: Request, tenant_id: str, appointment_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        appointment = hall.store.appointment(appointment_id)
        if appointment is None or appointment.tenant != tenant.id:
            raise HTTPException(404)
        return call_page(hall, request, appointment, "clerk", hall.views.language(request))

    return router
