"""The pages for citizens: choosing a town hall, what video appointments are, and the invitation's link."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from townhall import window
from townhall.callpage import call_page
from townhall.hall import Hall
from townhall.tenants import WEEKDAYS


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
        tenant = hall.tenants[appointment.tenant]
        lang = hall.views.language(request, appointment.lang)
        state = window.state(appointment, hall.clock.now())
        if state != "ready":
            opens = window.opening(appointment)
            words: dict[str, object] = {"state": state, "start": appointment.start, "opens": opens}
            return hall.views.page(request, "notice.html", tenant=tenant, lang=lang, words=words)
        response = call_page(hall, request, appointment, "citizen", lang)
        hall.gate.admit_citizen(response, appointment.id)
        return response

    @router.get("/{tenant_id}/")
    def town_hall(request: Request, tenant_id: str) -> Response:
        if tenant_id not in hall.tenants:
            raise HTTPException(404)
        return hall.views.page(request, "hall.html", tenant=hall.tenants[tenant_id], words={"weekdays": WEEKDAYS})

    return router
