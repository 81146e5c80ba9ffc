"""The clerks' way in and out: password, where set up a code, and waiting longer after each wrong one."""

import time
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from townhall.desk import Desk
from townhall.hall import Hall
from townhall.logs import complain, note
from townhall.operation.guard import client_key, too_often
from townhall.operation.limits import GrowingDelay
from townhall.operation.second_factor import FactorUnreadable, SecondFactors
from townhall.tenants import Tenant


class _Door:
    """Lets clerks in: the session, the audit trail, and where they go next."""

    def __init__(self, hall: Hall, factors: SecondFactors) -> None:
        self._hall = hall
        self._factors = factors

    def password_was_right(self, tenant: Tenant, user: str) -> Response:
        if self._factors.is_set_up(tenant.id, user):
            response = RedirectResponse(f"/{tenant.id}/amt/anmelden/code", 303)
            self._hall.gate.await_code(response, tenant.id, user)
            return response
        if self._hall.settings.require_totp:
            response = RedirectResponse(f"/{tenant.id}/amt/sicherheit", 303)
            self._hall.gate.start_session(response, tenant.id, user, enrolling=True)
            return response
        return self.open(tenant, user)

    def open(self, tenant: Tenant, user: str) -> Response:
        response = RedirectResponse(f"/{tenant.id}/amt/termine", 303)
        self._hall.gate.code_given(response, tenant.id)
        self._hall.gate.start_session(response, tenant.id, user)
        self._note(tenant, user, "login")
        note("login", tenant=tenant.id)
        return response

    def refused(self, tenant: Tenant, user: str, step: str) -> None:
        if tenant.clerk(user) is not None:  # anything else that was typed in is nobody's business
            self._note(tenant, user, f"refused-{step}")
        note("login refused", tenant=tenant.id, step=step)

    def _note(self, tenant: Tenant, user: str, what: str) -> None:
        self._hall.store.audit(self._hall.clock.now(), tenant.id, user, what)


def routes(hall: Hall, factors: SecondFactors) -> APIRouter:
    """Return the routes of logging in and out."""
    router = APIRouter(prefix="/{tenant_id}/amt")
    desk, door = Desk(hall), _Door(hall, factors)
    passwords = GrowingDelay(hall.settings.limit_logins)

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
        # By account and address: nobody can lock a clerk out from elsewhere.
        key, now = f"{client_key(request.scope)} {tenant.id} {user[:40]}", time.monotonic()
        if wait := passwords.wait(key, now):
            return too_often(hall, request, wait, "login")
        if not hall.gate.password_is_right(tenant.id, user, password):
            passwords.failed(key, now)
            door.refused(tenant, user, "password")
            return desk.form(request, "login.html", tenant, status=401, user=user, wrong=True)
        passwords.succeeded(key)
        return door.password_was_right(tenant, user)

    @router.get("/anmelden/code")
    def code_form(request: Request, tenant_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        _awaited(hall, request, tenant)
        return desk.form(request, "operation/code.html", tenant, problem="")

    @router.post("/anmelden/code")
    def check_code(
        request: Request, tenant_id: str, code: Annotated[str, Form()] = "", csrf: Annotated[str, Form()] = ""
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        desk.check_csrf(request, csrf)
        user = _awaited(hall, request, tenant)
        if wait := factors.wait(tenant.id, user):
            return too_often(hall, request, wait, "code")
        problem = "wrong"
        try:
            if factors.check(tenant.id, user, code):
                return door.open(tenant, user)
        except FactorUnreadable as error:
            complain("second factor", error, tenant=tenant.id)
            problem = "unreadable"
        door.refused(tenant, user, "code")
        return desk.form(request, "operation/code.html", tenant, status=401, problem=problem)

    @router.post("/abmelden")
    def logout(request: Request, tenant_id: str, csrf: Annotated[str, Form()] = "") -> Response:
        tenant = desk.tenant(tenant_id)
        desk.check_csrf(request, csrf)
        response = RedirectResponse(f"/{tenant.id}/", 303)
        hall.gate.end_session(response, hall.gate.session(request))
        return response

    return router


def _awaited(hall: Hall, request: Request, tenant: Tenant) -> str:
    """Return the clerk whose code is awaited; back to the password if there is none (any more)."""
    user = hall.gate.awaiting_code(request, tenant.id)
    if not user:
        raise HTTPException(303, headers={"location": f"/{tenant.id}/amt/anmelden"})
    return user
