"""The call page, the same for all sides, and what stands in its place before and after the appointment."""

from fastapi import Request, Response

from townhall import window
from townhall.forms.words import paper_words
from townhall.hall import Hall
from townhall.language import client_sentences
from townhall.participants import Role
from townhall.store import Appointment


def call_page(hall: Hall, request: Request, appointment: Appointment, role: Role, lang: str) -> Response:
    """Return the page that ``/static/call.js`` makes a call of, or the notice that it is too early or over.

    A citizen who gets the call page is admitted to the call's door by a cookie; a guest gets one of ``guests``.
    """
    tenant = hall.tenants[appointment.tenant]
    state = window.state(appointment, hall.clock.now())
    if hall.has_flaw("link-forever") and state == "over":
        state = "ready"
    words: dict[str, object] = {"state": state, "role": role, "appointment": appointment}
    if state != "ready":
        words["opens"] = window.opening(appointment)
        return hall.views.page(request, "notice.html", tenant=tenant, lang=lang, words=words)
    service = tenant.service(appointment.service)
    session = hall.gate.session(request) if role == "clerk" else None
    words |= {
        "service": service.name.in_language(lang) if service else appointment.service,
        "websocket": f"/api/call/{appointment.id}/ws?role={role}",
        "texts": client_sentences(lang),
        "csrf": hall.gate.csrf_token(session) if session else "",
        "feedback_path": f"{request.url.path}/rueckmeldung" if role == "citizen" else "",
    }
    words |= paper_words(tenant, appointment.service, role, lang)
    response = hall.views.page(request, "call.html", tenant=tenant, lang=lang, words=words)
    if role == "citizen":
        hall.gate.admit_citizen(response, appointment.id)
    return response
