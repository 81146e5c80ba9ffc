"""Wires the operation's pages, middleware and background work into the application."""

import asyncio
import time
from collections.abc import Callable, Sequence

from fastapi import APIRouter
from starlette.types import ASGIApp

from townhall.hall import Hall
from townhall.logs import complain, listen
from townhall.operation import health, login, metrics, security_page
from townhall.operation.audit import AuditTrail
from townhall.operation.guard import Guard
from townhall.operation.retention import Hook, Retention
from townhall.operation.second_factor import SecondFactors


class Operation:
    """The operation of one town hall; ``before`` and ``after`` are called around each deletion (see Retention)."""

    def __init__(self, hall: Hall, before: Sequence[Hook] = (), after: Sequence[Hook] = ()) -> None:
        self._hall = hall
        self._metrics = metrics.Metrics()
        self._retention = Retention(hall, before, after)
        self._task: asyncio.Task[None] | None = None
        self._stop_counting: Callable[[], None] = lambda: None

    def routes(self) -> APIRouter:
        """Return all routes of the operation."""
        hall, router = self._hall, APIRouter()
        settings = hall.settings
        factors = SecondFactors(hall.store, settings.secret_key, time.time, settings.limit_logins)
        router.include_router(login.routes(hall, factors))
        router.include_router(security_page.routes(hall, factors))
        router.include_router(health.routes(hall))
        router.include_router(metrics.routes(hall, self._metrics))
        return router

    def start(self) -> None:
        """Count what is logged from now on, and start deleting what is too old."""
        self._stop_counting = listen(self._metrics.hear)
        self._task = asyncio.create_task(self._retention.run())
        self._task.add_done_callback(_tell_of_death)

    async def stop(self) -> None:
        """End the background work."""
        self._stop_counting()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])


def guarded(app: ASGIApp, hall: Hall) -> ASGIApp:
    """Return the application with the limits and the audit trail around it."""
    return Guard(AuditTrail(app, hall), hall)


def _tell_of_death(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        complain("background task ended", error)
