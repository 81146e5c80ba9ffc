"""The pages for citizens: choosing a town hall, what video appointments are, and the invitation's link."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from townhall.callpage import call_page
from townhall.hall import Hall
from townhall.opening import WEEKDAYS
from townhall.timetable import opening_of


def routes(hall: Hall) -> APIRouter:
    """Return the routes of the public pages."""
    router = APIRouter()

    @router.get("/healthz")
    def health() -> Response:
        return PlainTextResponse("ok\n")

    @router.get("/")
    def home(request: Request) -> Response:
        return hall.views.page(request, "home.html", words={"tenants": list(hall.tenants.values())})

    @router.get("/t/{token}")
    def invitation(request: Request, token: str) -> Response:
        appointment = hall.store.appointment_by_token(token)
        if appointment is None:
            return hall.views.page(request, "unknown.html", status=404)
        lang = hall.views.language(request, appointment.lang)
        return call_page(hall, request, appointment, "citizen", lang)

    @router.get("/{tenant_id}/")
    def town_hall(request: Request, tenant_id: str) -> Response:
        if tenant_id not in hall.tenants:
            raise HTTPException(404)
        tenant = hall.tenants[tenant_id]
        words: dict[str, object] = {"weekdays": WEEKDAYS, "weekly": opening_of(hall.store, tenant).weekly}
        return hall.views.page(request, "hall.html", tenant=tenant, words=words)

    return router
