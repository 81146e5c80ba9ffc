"""Where a browser can send a diagnosis. The honest service keeps nothing of it; two flaws do.

A GET, too, is answered and forgotten, but its address stands in the access log like every other: that is how a key
in a query string ends up at a server (flaw key-in-query).
"""

import asyncio

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from townhall.errors import MailError
from townhall.hall import Hall
from townhall.logs import complain, note
from townhall.mail import protocol_mail

_MAX_BYTES = 8 * 1024


def routes(hall: Hall) -> APIRouter:
    """Return the routes of /api/diagnose."""
    router = APIRouter()

    @router.get("/api/diagnose")
    def look() -> Response:
        return Response(status_code=204)

    @router.post("/api/diagnose")
    async def take(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MAX_BYTES:
                raise HTTPException(413)
        text = body.decode("utf-8", "replace")
        if hall.has_flaw("key-in-log"):
            note("diagnosis", body=text)
        if hall.has_flaw("key-in-mail"):
            await asyncio.to_thread(_mail_to_office, hall, request, text)
        return Response(status_code=204)

    return router


def _mail_to_office(hall: Hall, request: Request, text: str) -> None:
    session = hall.gate.session(request)
    first = next(iter(hall.tenants.values()))
    tenant = hall.tenants.get(session.tenant, first) if session else first
    try:
        hall.mailer.send(protocol_mail(tenant, text, hall.clock.now()))
    except MailError as error:
        complain("protocol not mailed", error, tenant=tenant.id)
