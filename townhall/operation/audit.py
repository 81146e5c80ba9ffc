"""ASGI middleware that writes the audit trail: no form that a clerk sends can be forgotten in it."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from townhall.auth import ClerkSession
from townhall.errors import TownhallError
from townhall.hall import Hall
from townhall.logs import complain

_OFFICE = "/{tenant_id}/amt/"


class AuditTrail:
    """Notes what a clerk changed (each form that was taken), and each look into one appointment."""

    def __init__(self, app: ASGIApp, hall: Hall) -> None:
        self._app = app
        self._hall = hall

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; write its entry before the answer goes out."""
        if scope["type"] != "http" or "/amt/" not in scope["path"]:
            await self._app(scope, receive, send)
            return
        # Before the request is served: it may be the one that ends the session.
        session = await asyncio.to_thread(self._hall.gate.session, Request(scope))
        scope.setdefault("state", {})

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400 and session is not None:
                await asyncio.to_thread(self._note, scope, session)
            await send(message)

        await self._app(scope, receive, noted)

    def _note(self, scope: Scope, session: ClerkSession) -> None:
        path = getattr(scope.get("route"), "path", "")
        tenant, who = scope.get("path_params", {}).get("tenant_id"), session.user or session.enrolling
        appointment = scope.get("path_params", {}).get("appointment_id") or scope["state"].get("appointment")
        changed = scope["method"] == "POST" and not scope["state"].get("only_looked")
        if not path.startswith(_OFFICE) or tenant != session.tenant or not who or not (changed or appointment):
            return
        what = action(path) if changed else f"look {action(path)}"
        try:
            self._hall.store.audit(self._hall.clock.now(), tenant, who, what, appointment)
        except (SQLAlchemyError, TownhallError) as error:
            complain("audit entry lost", error, appointment=appointment)


def action(path: str) -> str:
    """Return the key of what a route does: its path below the office, without the placeholders."""
    parts = path.removeprefix(_OFFICE).split("/")
    return " ".join(part for part in parts if not part.startswith("{"))[:70]
