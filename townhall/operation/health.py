"""/health: whether the service lives, and whether all that it needs answers. Says which part, never where it is."""

import asyncio
import json
import smtplib
import time
from secrets import token_hex

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, InvalidURI, WebSocketException
from websockets.typing import Subprotocol

from townhall.hall import Hall
from townhall.logs import complain

_PATIENCE_SECONDS = 2.0
_FRESH_SECONDS = 2.0


class Health:
    """Asks the parts; what was found is kept for two seconds, so that asking often costs the parts nothing."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._lock = asyncio.Lock()
        self._found: dict[str, str] = {}
        self._until = 0.0

    async def look(self) -> dict[str, str]:
        """Return "ok" or "unreachable" for the database, the media server and the mail server."""
        async with self._lock:
            if time.monotonic() >= self._until:
                checks = asyncio.to_thread(self._database), self._media(), asyncio.to_thread(self._mail)
                answers = await asyncio.gather(*checks)
                names = ("database", "media", "mail")
                self._found = {name: "ok" if well else "unreachable" for name, well in zip(names, answers, strict=True)}
                self._until = time.monotonic() + _FRESH_SECONDS
            return self._found

    def _database(self) -> bool:
        try:
            with self._hall.store.session() as session:
                session.execute(text("SELECT 1 FROM clerk WHERE tenant = ''"))
        except SQLAlchemyError as error:
            complain("health: database", error)
            return False
        return True

    async def _media(self) -> bool:
        """Ask Janus as a client does: a port that is open is not yet a server that answers."""
        settings = self._hall.settings
        question = {"janus": "ping", "transaction": token_hex(8), "apisecret": settings.janus_api_secret}
        try:
            async with (
                asyncio.timeout(_PATIENCE_SECONDS),
                connect(settings.janus_url, subprotocols=[Subprotocol("janus-protocol")], proxy=None) as socket,
            ):
                await socket.send(json.dumps(question))
                return bool(json.loads(await socket.recv()).get("janus") == "pong")
        except (OSError, WebSocketException, InvalidHandshake, InvalidURI, ValueError) as error:
            complain("health: media server", error)
            return False

    def _mail(self) -> bool:
        settings = self._hall.settings
        try:
            with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_PATIENCE_SECONDS) as server:
                return server.noop()[0] == 250
        except (OSError, smtplib.SMTPException) as error:
            complain("health: mail server", error)
            return False


def routes(hall: Hall) -> APIRouter:
    """Return the routes of /health: readiness, and /health/live, which only says that the service itself answers."""
    router = APIRouter()
    health = Health(hall)

    @router.get("/health/live")
    async def live() -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/health")
    async def ready() -> Response:
        parts = await health.look()
        well = all(state == "ok" for state in parts.values())
        return JSONResponse({"status": "ok" if well else "degraded", **parts}, 200 if well else 503)

    return router
