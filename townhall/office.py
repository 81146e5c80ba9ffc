"""The pages for clerks: the list of appointments, and the way into a call."""

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from townhall.callpage import call_page
from townhall.desk import Desk
from townhall.hall import Hall
from townhall.store import Mail
from townhall.window import CLOSES_AFTER


def routes(hall: Hall) -> APIRouter:
    """Return the routes under /{tenant}/amt of the list, and of the call that one of its rows leads to."""
    router = APIRouter(prefix="/{tenant_id}/amt")
    desk = Desk(hall)

    @router.get("/termine")
    def appointments(request: Request, tenant_id: str, clerk: str = "") -> Response:
        tenant = desk.tenant(tenant_id)
        who = desk.clerk(request, tenant)
        current = hall.store.appointments(tenant.id, hall.clock.now() - CLOSES_AFTER)
        mails: dict[str, list[Mail]] = {one.id: [] for one in current}
        for mail in hall.store.mails(mails):
            mails[mail.appointment].append(mail)
        return desk.form(
            request,
            "appointments.html",
            tenant,
            clerk=who,
            chosen=clerk,
            appointments=[one for one in current if clerk in ("", one.clerk)],
            letters={one: notable(letters) for one, letters in mails.items()},
        )

    @router.get("/termine/{appointment_id}/anruf")
    def call(request: Request, tenant_id: str, appointment_id: str) -> Response:
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        appointment = desk.appointment(tenant, appointment_id)
        if appointment.kind != "video":
            raise HTTPException(404)
        return call_page(hall, request, appointment, "clerk", hall.views.language(request))

    return router


def notable(mails: list[Mail]) -> Mail | None:
    """Return the mail that a clerk should know about first; ``mails`` are in the order they are due.

    That is one that did not arrive, unless a later one of its kind took its place; else the last word (a cancellation),
    else the invitation, else the latest that has gone out, else the next one to go.
    """
    latest = {mail.kind: mail for mail in mails}
    for mail in latest.values():
        if mail.state in ("bounced", "failed"):
            return mail
    for kind in ("cancellation", "invitation"):
        if kind in latest:
            return latest[kind]
    gone = [mail for mail in mails if mail.state != "pending"]
    return next(iter(gone[-1:] or mails), None)
