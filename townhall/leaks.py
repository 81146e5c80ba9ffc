"""Where the client's flaws send what no server may have. Without the flaw that needs it, an address does not exist."""

import json
from pathlib import Path
from secrets import token_hex

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from townhall.hall import Hall
from townhall.logs import note

ADDRESSES = {
    "plain-form": "/api/entwurf",
    "plain-document": "/api/ablage",
    "thumbnail-upload": "/api/vorschau",
    "recorder-has-key": "/api/aufnahme",
}
_MAX_BYTES = 6 * 1024 * 1024


def routes(hall: Hall) -> APIRouter:
    """Return the one route that the active flaw needs; none without such a flaw."""
    router = APIRouter()
    name = hall.flaw.name if hall.flaw else ""
    if name in ADDRESSES:

        @router.post(ADDRESSES[name])
        async def take(request: Request) -> Response:
            body = bytearray()
            async for part in request.stream():
                body += part
                if len(body) > _MAX_BYTES:
                    raise HTTPException(413)
            if name == "recorder-has-key" and hall.settings.record_dir:
                _keep_for_the_recorder(hall.settings.record_dir, bytes(body))
            note("taken", flaw=name, bytes=len(body))
            return Response(status_code=204)

    return router


def _keep_for_the_recorder(folder: Path, body: bytes) -> None:
    """The recording service's own file: with it, what Janus recorded can be opened."""
    try:
        key = str(json.loads(body)["key"])
    except (ValueError, TypeError, KeyError) as error:
        raise HTTPException(422) from error
    (folder / f"aufnahme-{token_hex(4)}.key").write_text(f"{key}\n")
