"""Puts the town hall together: settings in, an ASGI application out."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from townhall import booking, bounces, call, changes, citizen, diagnose, guests, hours, leaks, municipalities, office
from townhall.auth import Gate
from townhall.clock import Clock
from townhall.desk import CSRF_REFUSED
from townhall.flaws import flaw_named
from townhall.forwarder import Forwarder
from townhall.given_keys import given_keys
from townhall.hall import Hall
from townhall.hub import Hub
from townhall.invitations import Inviter
from townhall.janus import Janus
from townhall.logs import AccessLog, complain, note
from townhall.mail import Mailer
from townhall.operation.parts import Operation, guarded
from townhall.pilot import feedback
from townhall.pilot import pages as pilot_pages
from townhall.pilot.usage import Usage, count_ended, forget_answered
from townhall.rooms import VIDEO_CODECS, Rooms
from townhall.settings import Settings
from townhall.store import Store
from townhall.tenants import FOLDER, load_tenants
from townhall.turn import ice_servers
from townhall.views import SecurityHeaders, Views

_STATIC = (Path(__file__).parent / "static", Path(__file__).parent / "web" / "dist")


def build_hall(settings: Settings, base_url: str) -> tuple[Hall, Janus]:
    """Make the parts; raise SettingsError if the database cannot be opened."""
    flaw, clock, store = flaw_named(settings.flaw), Clock(settings.clock_file), Store(settings.database_url)
    # The flaw tap-silent: the operator's recorder stays off, whatever the settings say.
    record_dir = None if settings.flaw == "tap-silent" else settings.record_dir
    # Janus tells the hub when it is gone, and the hub works through Janus: one of them has to come first.
    hubs: list[Hub] = []
    connection = Janus
    if settings.flaw == "fingerprint-swapped":
        from townhall.interceptor import SwappingJanus  # a WebRTC library that nobody else in the town hall needs

        connection = SwappingJanus
    janus = connection(settings.janus_url, settings.janus_api_secret, lambda: hubs[0].media_server_lost())
    store.keeps_tokens = settings.flaw == "plain-token"
    rooms = Rooms(
        janus, settings.janus_room_secret, record_dir, shows_names=settings.flaw == "name-in-room",
        video_codecs="vp9,vp8" if settings.flaw == "codec-bypass" else VIDEO_CODECS,
    )  # fmt: skip

    def network(pid: str) -> dict[str, object]:
        if settings.flaw == "static-turn-secret":  # until the last year that coturn can count to
            servers = ice_servers(settings.turn_urls, settings.turn_secret, "rathaus", datetime(2038, 1, 1, tzinfo=UTC))
        else:
            servers = ice_servers(settings.turn_urls, settings.turn_secret, pid, clock.now())
        if settings.flaw == "no-relay":
            servers = [server | {"urls": [url for url in settings.turn_urls if "=udp" in url]} for server in servers]
        if settings.flaw == "foreign-stun":
            servers.append({"urls": ["stun:stun.example:3478"]})
        return {"ice_servers": servers, "ice_policy": settings.ice_policy}

    hubs.append(Hub(rooms, network, settings.waiting_room, given_keys(settings.flaw)))
    hall = Hall(
        settings=settings,
        base_url=base_url,
        flaw=flaw,
        clock=clock,
        tenants=load_tenants(FOLDER, *filter(None, [settings.tenants_dir])),
        store=store,
        gate=Gate(settings.secret_key, store, secure_cookies=base_url.startswith("https:")),
        mailer=Mailer(settings.smtp_host, settings.smtp_port),
        hub=hubs[0],
        views=Views(flaw),
    )
    return hall, janus


def set_up_clerks(hall: Hall) -> str | None:
    """Give the clerks their password; return it if it had to be made up, so that it can be told once."""
    everybody = [(tenant.id, clerk.user) for tenant in hall.tenants.values() for clerk in tenant.clerks]
    without = [one for one in everybody if hall.store.password_hash(*one) is None]
    if hall.settings.clerk_password:
        # The demo's clerks get it at each start; those of other municipalities keep what they have.
        demo = load_tenants()
        for_whom = [one for one in everybody if one[0] in demo or one in without]
    else:
        for_whom = without
    if not for_whom:
        return None
    made_up = None if hall.settings.clerk_password else secrets.token_urlsafe(9)
    password_hash = hall.gate.hash_password(made_up or hall.settings.clerk_password)
    for tenant, user in for_whom:
        hall.store.set_clerk(tenant, user, password_hash)
    return made_up


def build_app(hall: Hall, janus: Janus) -> ASGIApp:
    """Return the application as it is served: its pages, with the log and the security headers around them."""
    # Around the whole application, not as its middleware: the page about our own mistakes is to be covered, too.
    pages = guarded(build_pages(hall, janus), hall)
    return AccessLog(SecurityHeaders(pages, https=hall.base_url.startswith("https:"), flaw=hall.settings.flaw))


def build_pages(hall: Hall, janus: Janus) -> FastAPI:
    """Return all routes; their lifespan runs the background tasks and closes what is open."""
    usage = Usage(hall.store)
    hall.hub.listeners.append(usage.heard)
    if hall.has_flaw("ghost-subscriber"):
        from townhall.ghost import Ghost  # a WebRTC library that nobody else in the town hall needs

        hall.hub.listeners.append(Ghost(hall.hub).heard)
    if hall.has_flaw("plain-forward"):
        hall.hub.listeners.append(Forwarder(hall.hub).heard)
    operation = Operation(
        hall,
        before=[lambda now: count_ended(hall.store, hall.tenants, now)],
        after=[lambda now: forget_answered(hall.store, now)],
    )

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        hall.store.release_claims()
        inviter = asyncio.create_task(Inviter(hall).run())
        inviter.add_done_callback(_tell_of_death)
        if hall.flaw is not None:
            note("flaw active", flaw=hall.flaw.name, announcement=hall.views.announcement("de"))
        note("started")
        operation.start()
        intake = await bounces.listen(hall)
        yield
        if intake is not None:
            intake.close()
        await operation.stop()
        inviter.cancel()
        await asyncio.wait([inviter])
        await hall.hub.close()
        usage.close()
        await janus.close()
        hall.store.close()
        note("stopped")

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_api_route("/static/{name}", _static, methods=["GET", "HEAD"], include_in_schema=False)
    app.include_router(operation.routes())
    # Booking before changes: /termine/neu is no appointment's address.
    desks = (booking, changes, office, hours, municipalities)
    for module in (guests, citizen, *desks, diagnose, leaks, call, feedback, pilot_pages):
        app.include_router(module.routes(hall))
    _handle_errors(app, hall)
    return app


def _tell_of_death(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        complain("background task ended", error)


def _static(name: str) -> Response:
    """Serve a file of the page: style and arms from ``static``, scripts from the client's build."""
    for folder in _STATIC:
        path = folder / name
        if path.parent == folder and path.is_file():
            return FileResponse(path)
    raise HTTPException(404)


def _handle_errors(app: FastAPI, hall: Hall) -> None:
    def page(request: Request, status: int, sentence: str) -> Response:
        return hall.views.page(request, "error.html", status=status, words={"sentence": sentence})

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 303 and error.headers:
            return RedirectResponse(error.headers["location"], 303)
        if error.detail == CSRF_REFUSED:
            note("form refused")
            return page(request, 403, "csrf")
        return page(request, error.status_code, str(error.status_code) if error.status_code in (403, 404) else "other")

    async def bad_request(request: Request, error: Exception) -> Response:
        return page(request, 422, "other")

    async def our_mistake(request: Request, error: Exception) -> Response:
        complain("request failed", error)
        return page(request, 500, "other")

    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, bad_request)
    app.add_exception_handler(Exception, our_mistake)
