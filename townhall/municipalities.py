"""How a municipality looks (colours, arms), and the operator's page on which a new one is made."""

import hmac
import secrets
import time
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from townhall import tenant_file
from townhall.arms import placeholder
from townhall.colours import stylesheet
from townhall.desk import Desk
from townhall.hall import Hall
from townhall.logs import note
from townhall.operation.guard import client_key, too_often
from townhall.operation.limits import GrowingDelay
from townhall.tenants import Tenant

_STATIC = Path(__file__).parent / "static"
_OPERATOR = "betrieb"
_WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
# How many clerks and services the form has room for; more of them go into the file.
_ROWS = 3


def routes(hall: Hall) -> APIRouter:
    """Return the routes of a municipality's looks and of /verwaltung."""
    router = APIRouter()
    desk, delay = Desk(hall), GrowingDelay(hall.settings.limit_logins)

    @router.get("/{tenant_id}/farben.css")
    def colours(tenant_id: str) -> Response:
        return Response(stylesheet(desk.tenant(tenant_id).colours.main), media_type="text/css")

    @router.get("/{tenant_id}/wappen.svg")
    def arms(tenant_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        own = _STATIC / f"{tenant.id}.svg"
        if own.is_file():
            return FileResponse(own)
        return Response(placeholder(tenant), media_type="image/svg+xml")

    def operator(request: Request) -> None:
        """Let nobody on but the operator: 404 where there is none, to the login where nobody is logged in."""
        if not hall.settings.operator_password:
            raise HTTPException(404)
        session = hall.gate.session(request)
        if session is None or (session.tenant, session.user) != ("", _OPERATOR):
            raise HTTPException(303, headers={"location": "/verwaltung/anmelden"})

    def show(
        request: Request, typed: dict[str, str], problem: str = "", made: Tenant | None = None, **words: object
    ) -> Response:
        return desk.form(
            request,
            "municipalities.html",
            None,
            status=422 if problem else 200,
            tenants=list(hall.tenants.values()),
            typed=typed,
            problem=problem,
            made=made,
            writable=hall.settings.tenants_dir is not None,
            **words,
        )

    @router.get("/verwaltung/anmelden")
    def login_form(request: Request) -> Response:
        if not hall.settings.operator_password:
            raise HTTPException(404)
        return desk.form(request, "operator_login.html", None, wrong=False)

    @router.post("/verwaltung/anmelden")
    def login(request: Request, password: Annotated[str, Form()] = "", csrf: Annotated[str, Form()] = "") -> Response:
        right = hall.settings.operator_password
        if not right:
            raise HTTPException(404)
        desk.check_csrf(request, csrf)
        key, now = client_key(request.scope), time.monotonic()
        if wait := delay.wait(key, now):
            return too_often(hall, request, wait, "login")
        if not hmac.compare_digest(right.encode(), password.encode()):
            delay.failed(key, now)
            note("operator login refused")
            return desk.form(request, "operator_login.html", None, status=401, wrong=True)
        delay.succeeded(key)
        response = RedirectResponse("/verwaltung", 303)
        hall.gate.start_session(response, "", _OPERATOR)
        note("operator login")
        return response

    @router.get("/verwaltung")
    def overview(request: Request) -> Response:
        operator(request)
        return show(request, {"main": "#14406b", "second": "#f2d680"})

    @router.post("/verwaltung")
    def make(request: Request, form: Annotated[dict[str, str], Depends(_form)]) -> Response:
        operator(request)
        desk.check_csrf(request, form.get("csrf", ""))
        folder = hall.settings.tenants_dir
        if folder is None:
            return show(request, form, "no_folder")
        try:
            tenant = _tenant(form)
        except ValidationError as error:
            return show(request, form, _problem(error))
        if tenant.id in hall.tenants:
            return show(request, form, "bad_id")
        try:
            tenant_file.write(tenant, folder)
        except OSError:
            return show(request, form, "no_folder")
        passwords = {clerk.user: secrets.token_urlsafe(9) for clerk in tenant.clerks}
        for user, password in passwords.items():
            hall.store.set_clerk(tenant.id, user, hall.gate.hash_password(password))
        hall.tenants[tenant.id] = tenant  # live at once: every page looks here
        note("municipality made", tenant=tenant.id)
        return show(request, {"main": "#14406b", "second": "#f2d680"}, made=tenant, passwords=passwords)

    return router


async def _form(request: Request) -> dict[str, str]:
    return {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}


def _tenant(form: dict[str, str]) -> Tenant:
    """Return the municipality that the form describes; raise ValidationError."""

    def both(name: str, number: object = "") -> dict[str, str]:
        return {"de": form.get(f"{name}{number}", ""), "en": form.get(f"{name}_en{number}", "")}

    numbers = range(1, _ROWS + 1)
    clerks = [
        {"user": form[f"user{number}"], "display_name": form.get(f"display{number}", "")}
        for number in numbers
        if form.get(f"user{number}")
    ]
    services = [
        {
            "id": f"leistung-{number}",
            "name": both("service", number),
            "minutes": _number(form.get(f"minutes{number}", "")),
            "video": form.get(f"where{number}") != "counter",
            "reason": both("reason", number) if form.get(f"where{number}") == "counter" else None,
        }
        for number in numbers
        if form.get(f"service{number}")
    ]
    return Tenant.model_validate(
        {
            **{name: form.get(name, "") for name in ("id", "phone", "mail", "initials")},
            "name": both("name"),
            "hall": both("hall"),
            "address": [form.get("street", ""), form.get("town", "")],
            "colours": {"main": form.get("main", ""), "second": form.get("second", "")},
            "timezone": "Europe/Berlin",
            "slot_minutes": 30,
            "clerks": clerks,
            "services": services,
            "hours": {day: [{"opens": "08:00", "closes": "12:00"}] for day in _WORKDAYS},
        }
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _problem(error: ValidationError) -> str:
    """Return the key of the sentence for the first thing that is wrong."""
    first = error.errors()[0]
    if "too light" in first["msg"]:
        return "bad_contrast"
    place = [str(part) for part in first["loc"]] or ["services"]
    if place[0] in ("clerks", "services") and len(place) > 1:
        return f"bad_{place[0][:-1]}"  # one of them, not their number
    return f"bad_{place[0]}"
