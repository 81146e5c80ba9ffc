"""The page on which clerks set opening hours: hours of the week, closed days, hours moved to the evening."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from townhall.desk import Desk
from townhall.hall import Hall
from townhall.logs import note
from townhall.opening import WEEKDAYS, Closed, Hours, Move, Opening
from townhall.slots import is_open, week
from townhall.tenants import Tenant
from townhall.timetable import busy, opening_of, set_opening

_STRETCH = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")
_WEEKS_SHOWN = 6


class _Refused(Exception):
    """What was typed in cannot be; the text is the key of the sentence that says why."""


def routes(hall: Hall) -> APIRouter:
    """Return the routes of /{tenant}/amt/zeiten."""
    router = APIRouter(prefix="/{tenant_id}/amt/zeiten")
    desk = Desk(hall)

    def show(request: Request, tenant: Tenant, problem: str = "") -> Response:
        clerk = desk.clerk(request, tenant)
        opening = opening_of(hall.store, tenant)
        now = hall.clock.now()
        today = now.astimezone(tenant.zone).date()
        monday = today - timedelta(days=today.weekday())
        held = busy(hall.store, tenant, datetime.combine(monday, time.min, tenant.zone))
        weeks = [week(tenant, opening, monday + timedelta(weeks=n), held.values()) for n in range(_WEEKS_SHOWN)]
        outside = [
            one
            for one in hall.store.appointments(tenant.id, now)
            if not one.cancelled and one.start > now and not is_open(tenant, opening, one.start, one.end)
        ]
        return desk.form(
            request,
            "hours.html",
            tenant,
            status=422 if problem else 200,
            clerk=clerk,
            opening=opening,
            weekdays=WEEKDAYS,
            today=today,
            days=opening.between(today, today + timedelta(days=13)),
            weeks=weeks,
            outside=outside,
            problem=problem,
        )

    def change(request: Request, tenant_id: str, csrf: str, how: Callable[[Opening], Opening]) -> Response:
        """Check who asks, change the hours, and show them; or say in the page why they cannot be."""
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        desk.check_csrf(request, csrf)
        try:
            changed = how(opening_of(hall.store, tenant))
        except _Refused as refusal:
            return show(request, tenant, str(refusal))
        except ValidationError:
            return show(request, tenant, "bad_hours")
        set_opening(hall.store, tenant, changed)
        note("opening hours changed", tenant=tenant.id)
        return RedirectResponse(f"/{tenant.id}/amt/zeiten", 303)

    @router.get("")
    def page(request: Request, tenant_id: str) -> Response:
        return show(request, desk.tenant(tenant_id))

    @router.post("/woche")
    def weekly(
        request: Request,
        tenant_id: str,
        monday: Annotated[str, Form()] = "",
        tuesday: Annotated[str, Form()] = "",
        wednesday: Annotated[str, Form()] = "",
        thursday: Annotated[str, Form()] = "",
        friday: Annotated[str, Form()] = "",
        saturday: Annotated[str, Form()] = "",
        sunday: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        typed = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)

        def how(opening: Opening) -> Opening:
            hours = {day: stretches(text) for day, text in zip(WEEKDAYS, typed, strict=True)}
            return Opening(weekly=hours, closed=opening.closed, moved=opening.moved)

        return change(request, tenant_id, csrf, how)

    @router.post("/geschlossen")
    def close(
        request: Request,
        tenant_id: str,
        day: Annotated[str, Form()] = "",
        reason: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        def how(opening: Opening) -> Opening:
            others = [one for one in opening.closed if one.day != _date(day)]
            closed = sorted([*others, Closed(day=_date(day), reason=reason.strip())], key=lambda one: one.day)
            return Opening(weekly=opening.weekly, closed=closed, moved=opening.moved)

        return change(request, tenant_id, csrf, how)

    @router.post("/verlegen")
    def move(
        request: Request,
        tenant_id: str,
        day: Annotated[str, Form()] = "",
        opens: Annotated[str, Form()] = "",
        closes: Annotated[str, Form()] = "",
        to_day: Annotated[str, Form()] = "",
        to_opens: Annotated[str, Form()] = "",
        weeks: Annotated[str, Form()] = "1",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        def how(opening: Opening) -> Opening:
            if not weeks.isascii() or not weeks.isdigit():
                raise _Refused("bad_weeks")
            rule = Move(
                day=_date(day),
                opens=_time(opens),
                closes=_time(closes),
                to_day=_date(to_day or day),
                to_opens=_time(to_opens),
                weeks=int(weeks[:4]),
            )
            changed = Opening(weekly=opening.weekly, closed=opening.closed, moved=[*opening.moved, rule])
            if not changed.moves_applied(rule):
                raise _Refused("bad_move")
            return changed

        return change(request, tenant_id, csrf, how)

    @router.post("/entfernen")
    def remove(
        request: Request, tenant_id: str, rule: Annotated[str, Form()] = "", csrf: Annotated[str, Form()] = ""
    ) -> Response:
        """Take a rule away; ``rule`` is "closed" or "moved" and its number in the list."""
        kind, _, number = rule.partition(":")
        place = int(number) if number.isascii() and number.isdigit() else -1

        def how(opening: Opening) -> Opening:
            closed = [one for index, one in enumerate(opening.closed) if (kind, place) != ("closed", index)]
            moved = [one for index, one in enumerate(opening.moved) if (kind, place) != ("moved", index)]
            return Opening(weekly=opening.weekly, closed=closed, moved=moved)

        return change(request, tenant_id, csrf, how)

    return router


def stretches(text: str) -> list[Hours]:
    """Read a day's hours as people write them, "08:00-12:00, 14:00-18:00"; empty for a closed day."""
    found = []
    for part in text.split(",") if text.strip() else []:
        match = _STRETCH.fullmatch(part)
        if match is None:
            raise _Refused("bad_hours")
        found.append(Hours(opens=_time(f"{match[1]:0>2}:{match[2]}"), closes=_time(f"{match[3]:0>2}:{match[4]}")))
    return found


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _Refused("bad_day") from error


def _time(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day, without a date
    except ValueError as error:
        raise _Refused("bad_hours") from error
