"""The call page, the same for both sides."""

from fastapi import Request, Response

from townhall.hall import Hall
from townhall.language import client_sentences
from townhall.participants import Role
from townhall.store import Appointment


def call_page(hall: Hall, request: Request, appointment: Appointment, role: Role, lang: str) -> Response:
    """Return the page that ``/static/call.js`` makes a call of."""
    tenant = hall.tenants[appointment.tenant]
    service = tenant.service(appointment.service)
    return hall.views.page(
        request,
        "call.html",
        tenant=tenant,
        lang=lang,
        words={
            "role": role,
            "appointment": appointment,
            "service": service.name.in_language(lang) if service else appointment.service,
            "websocket": f"/api/call/{appointment.id}/ws?role={role}",
            "texts": client_sentences(lang),
        },
    )
