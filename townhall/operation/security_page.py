"""The page where a clerk sets the second factor up or takes it off, and reads who did what."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from townhall.desk import Desk
from townhall.hall import Hall
from townhall.language import sentences, translator
from townhall.operation import second_factor
from townhall.operation.guard import too_often
from townhall.operation.second_factor import FactorUnreadable, SecondFactors
from townhall.tenants import Clerk, Tenant

_ENTRIES = 100


def routes(hall: Hall, factors: SecondFactors) -> APIRouter:
    """Return the routes of the security page and the audit trail."""
    router = APIRouter(prefix="/{tenant_id}/amt")
    desk = Desk(hall)

    def who(request: Request, tenant: Tenant) -> Clerk:
        """Return the clerk, also one who may do nothing else yet than set up the second factor."""
        session = hall.gate.session(request)
        if session is not None and session.enrolling and session.tenant == tenant.id:
            clerk = tenant.clerk(session.enrolling)
            if clerk is not None:
                return clerk
        return desk.clerk(request, tenant)

    def show(
        request: Request,
        tenant: Tenant,
        clerk: Clerk,
        status: int = 200,
        problem: str = "",
        codes: list[str] | None = None,
    ) -> Response:
        words: dict[str, Any] = {
            "clerk": clerk,
            "problem": problem,
            "codes": codes or [],
            "on": factors.is_set_up(tenant.id, clerk.user),
            "required": hall.settings.require_totp,
            # A key that is made up at each start could read nothing after the next one.
            "possible": "secret_key" in hall.settings.model_fields_set,
            "left": hall.store.recovery_codes_left(tenant.id, clerk.user),
            "secret": "",
            "qr": "",
        }
        if not words["on"] and words["possible"]:
            secret = factors.begin(tenant.id, clerk.user)
            title = translator(hall.views.language(request))("operation.qr")
            words["secret"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
            words["qr"] = second_factor.picture(
                second_factor.address(secret, tenant.name.de, f"{clerk.user}@{tenant.id}"), title
            )
        return desk.form(request, "operation/security.html", tenant, status=status, **words)

    @router.get("/sicherheit")
    def security(request: Request, tenant_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        return show(request, tenant, who(request, tenant))

    @router.post("/sicherheit/ein")
    def turn_on(
        request: Request, tenant_id: str, code: Annotated[str, Form()] = "", csrf: Annotated[str, Form()] = ""
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        clerk = who(request, tenant)
        desk.check_csrf(request, csrf)
        codes = factors.confirm(tenant.id, clerk.user, code)
        if codes is None:
            return show(request, tenant, clerk, 422, "wrong")
        # Whoever was logged in with the password alone, on whatever device, has to come again with a code.
        hall.store.end_sessions(tenant.id, clerk.user)
        carrier = Response()
        hall.gate.start_session(carrier, tenant.id, clerk.user)
        page = hall.views.page(
            request, "operation/recovery.html", tenant=tenant, words={"clerk": clerk, "codes": codes}
        )
        for cookie in carrier.headers.getlist("set-cookie"):
            page.headers.append("set-cookie", cookie)
        return page

    @router.post("/sicherheit/aus")
    def turn_off(
        request: Request, tenant_id: str, code: Annotated[str, Form()] = "", csrf: Annotated[str, Form()] = ""
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        clerk = desk.clerk(request, tenant)
        desk.check_csrf(request, csrf)
        if hall.settings.require_totp:
            raise HTTPException(403)
        if wait := factors.wait(tenant.id, clerk.user):
            return too_often(hall, request, wait, "code")
        try:
            right = factors.check(tenant.id, clerk.user, code)
        except FactorUnreadable:
            right = False
        if not right:
            return show(request, tenant, clerk, 422, "wrong")
        hall.store.drop_factor(tenant.id, clerk.user)
        return RedirectResponse(f"/{tenant.id}/amt/sicherheit", 303)

    @router.get("/protokoll")
    def audit_trail(
        request: Request, tenant_id: str, before: Annotated[int | None, Query(alias="vor")] = None
    ) -> Response:
        tenant = desk.tenant(tenant_id)
        clerk = desk.clerk(request, tenant)
        if before is not None and not 0 < before < 2**31:
            raise HTTPException(404)
        entries = hall.store.audit_trail(tenant.id, _ENTRIES + 1, before)
        shown = entries[:_ENTRIES]
        words: dict[str, Any] = {
            "clerk": clerk,
            "entries": shown,
            "days": hall.settings.audit_days,
            "known": sentences(hall.views.language(request)),
            "older": shown[-1].id if len(entries) > _ENTRIES else 0,
        }
        return desk.form(request, "operation/audit.html", tenant, **words)

    return router
