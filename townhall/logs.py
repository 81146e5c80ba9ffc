"""The service's log: one JSON object a line, with no name, no token and no e-mail address in it."""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOGGER = logging.getLogger("townhall")
Listener = Callable[[str, dict[str, object]], None]
_listeners: list[Listener] = []
_INVITATION_PATH = re.compile(r"^/t/[^/]+")


class _JsonLines(logging.Formatter):
    """Formats a record as one JSON object; of an exception only its type and its places, never its message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line.update(fields)
        if record.exc_info and record.exc_info[0] is not None:
            # The message of an exception may quote what a person typed in; where it happened never does.
            line["exception"] = record.exc_info[0].__name__
            line["where"] = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)


def configure(log_file: Path | None) -> None:
    """Send this service's log, and its libraries' warnings, to the file (or to standard error) as JSON lines."""
    handler = logging.StreamHandler() if log_file is None else logging.FileHandler(log_file, encoding="utf-8")
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _LOGGER.setLevel(logging.INFO)


def silence() -> None:
    """Close the log; for who starts and stops several services in one process."""
    for handler in logging.getLogger().handlers[:]:
        logging.getLogger().removeHandler(handler)
        handler.close()


def note(event: str, **fields: object) -> None:
    """Write one event with its fields; callers pass ids, counts and times, never what a person typed in."""
    _LOGGER.info(event, extra={"fields": fields})
    for listener in _listeners.copy():
        listener(event, fields)


def complain(event: str, error: BaseException, **fields: object) -> None:
    """Write one event that went wrong: the error's type and the places it came through."""
    _LOGGER.error(event, exc_info=error, extra={"fields": fields})
    for listener in _listeners.copy():
        listener(event, fields | {"error": type(error).__name__})


def listen(listener: Listener) -> Callable[[], None]:
    """Tell each event to ``listener``, from whatever thread; what is counted is what is logged. Returns the end."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def safe_path(path: str) -> str:
    """Return the path as the log may hold it: without an invitation's token."""
    return _INVITATION_PATH.sub("/t/…", path)


def safe_query(path: str, query: str) -> str:
    """Return the query as the log may hold it: of the office's pages, where it may name a clerk, without values."""
    if "/amt/" not in path:
        return query
    return "&".join(f"{part.partition('=')[0][:20]}=…" for part in query.split("&")[:8])


class AccessLog:
    """ASGI middleware: a line for every request, with its query string, as web servers write it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line as it is answered."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        started = time.monotonic()

        async def watch(message: Message) -> None:
            # Written before the answer goes out: who has the answer can rely on the line being there.
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                _note_request(scope, message["status"], started)
            elif message["type"] in ("websocket.accept", "websocket.close") and "townhall.noted" not in scope:
                scope["townhall.noted"] = True
                _note_request(scope, 101 if message["type"] == "websocket.accept" else 403, started)
            await send(message)

        await self._app(scope, receive, watch)


def _note_request(scope: Scope, status: int, started: float) -> None:
    query = scope["query_string"].decode("latin-1")
    note(
        "request",
        method=scope.get("method", "WEBSOCKET"),
        url=safe_path(scope["path"]) + (f"?{safe_query(scope['path'], query)}" if query else ""),
        status=status,
        ms=round((time.monotonic() - started) * 1000, 1),
    )
