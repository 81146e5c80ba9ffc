"""ASGI middleware that holds back who asks too often: forms, unknown invitations, and joining calls, by address."""

import math
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from townhall.hall import Hall
from townhall.logs import note
from townhall.operation.limits import Bucket, GrowingDelay, address_key

_FORM_SECONDS = 60.0
_LINK_SECONDS = 600.0
_OPERATOR_LOGIN = "/verwaltung/anmelden"


class Guard:
    """Answers 429 with a sentence and ``Retry-After`` in place of the application."""

    def __init__(self, app: ASGIApp, hall: Hall) -> None:
        self._app = app
        self._hall = hall
        settings = hall.settings
        self._forms = Bucket(settings.limit_forms, _FORM_SECONDS)
        self._joins = Bucket(settings.limit_joins, _FORM_SECONDS)
        self._links = Bucket(settings.limit_links, _LINK_SECONDS)
        self._operators = GrowingDelay(settings.limit_logins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or hold it back."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        key, now, path = client_key(scope), time.monotonic(), scope["path"]
        if scope["type"] == "websocket":
            if wait := self._joins.take(key, now):
                await self._refuse_socket(wait, send)
                return
        elif scope["method"] == "POST" and (wait := self._forms.take(key, now)):
            await too_often(self._hall, Request(scope), wait, "forms")(scope, receive, send)
            return
        if path == _OPERATOR_LOGIN and scope["type"] == "http":
            await self._operator(key, now, scope, receive, send)
            return
        if not path.startswith("/t/"):
            await self._app(scope, receive, send)
            return
        if wait := self._links.wait(key, now):
            await too_often(self._hall, Request(scope), wait, "links")(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            # Only links that are unknown count: a whole office behind one address may open as many as it likes.
            if message["type"] == "http.response.start" and message["status"] == 404:
                self._links.take(key, now)
            await send(message)

        await self._app(scope, receive, counted)

    async def _operator(self, key: str, now: float, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the operator's password be guessed ever more slowly; clerks have accounts, and are held back by them."""
        if wait := self._operators.wait(key, now):
            await too_often(self._hall, Request(scope), wait, "login")(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 401:
                self._operators.failed(key, now)
            await send(message)

        await self._app(scope, receive, counted)

    async def _refuse_socket(self, wait: float, send: Send) -> None:
        note("rate limited", kind="joins")
        headers = [(b"retry-after", str(math.ceil(wait)).encode())]
        await send({"type": "websocket.http.response.start", "status": 429, "headers": headers})
        await send({"type": "websocket.http.response.body", "body": b""})


def client_key(scope: Scope) -> str:
    """Return the key that the sender of a request is counted under."""
    client = scope.get("client")
    return address_key(client[0]) if client else ""


def too_often(hall: Hall, request: Request, wait: float, kind: str) -> Response:
    """Return the page that says how long to wait."""
    note("rate limited", kind=kind)
    seconds = math.ceil(wait)
    words: dict[str, object] = {"seconds": seconds, "minutes": math.ceil(seconds / 60)}
    response = hall.views.page(request, "operation/too_often.html", status=429, words=words)
    response.headers["retry-after"] = str(seconds)
    return response
