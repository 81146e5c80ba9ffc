"""Interpreters and relatives: invited by the clerk for one appointment, by mail, with a link of their own."""

import secrets
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, select
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from townhall import window
from townhall.appointing import ascii_address
from townhall.callpage import call_page
from townhall.desk import Desk
from townhall.errors import MailError
from townhall.hall import Hall
from townhall.language import LANGUAGES, moment, translator
from townhall.logs import complain, note
from townhall.mail import new_message
from townhall.store import Appointment, Guest, hash_token
from townhall.tenants import Tenant

_COOKIE = "gast"
_COOKIE_SECONDS = 3 * 3600
_TOKEN_BYTES = 32


def routes(hall: Hall) -> APIRouter:
    """Return the guest's link, and the clerk's form that invites a guest."""
    router = APIRouter()
    desk = Desk(hall)

    @router.get("/t/gast-{token}")
    def link(request: Request, token: str) -> Response:
        found = _by_token(hall, token)
        if found is None:
            return hall.views.page(request, "unknown.html", status=404)
        guest, appointment = found
        page = call_page(hall, request, appointment, "guest", hall.views.language(request, guest.lang))
        path = f"/api/call/{appointment.id}/"
        secure = hall.base_url.startswith("https:")
        value = _signer(hall).dumps([appointment.id, guest.id])
        page.set_cookie(
            _COOKIE, value, max_age=_COOKIE_SECONDS, path=path, secure=secure, httponly=True, samesite="lax"
        )
        return page

    @router.get("/{tenant_id}/amt/termine/{appointment_id}/gast")
    def form(request: Request, tenant_id: str, appointment_id: str) -> Response:
        tenant, appointment = _of_the_clerk(request, tenant_id, appointment_id)
        return desk.form(request, "guest.html", tenant, appointment=appointment, problem="", invited="")

    @router.post("/{tenant_id}/amt/termine/{appointment_id}/gast")
    def invite(
        request: Request,
        tenant_id: str,
        appointment_id: str,
        name: Annotated[str, Form()] = "",
        email: Annotated[str, Form()] = "",
        lang: Annotated[str, Form()] = "de",
        csrf: Annotated[str, Form()] = "",
    ) -> Response:
        tenant, appointment = _of_the_clerk(request, tenant_id, appointment_id)
        desk.check_csrf(request, csrf)
        name, address = name.strip(), ascii_address(email.strip())
        problem = ""
        if not 0 < len(name) <= 100 or not name.isprintable():
            problem = "bad_name"
        elif address is None or lang not in LANGUAGES:
            problem = "bad_email"
        elif window.state(appointment, hall.clock.now()) in ("over", "cancelled"):
            problem = "over"
        elif not _invite(hall, tenant, appointment, name, address, lang):
            problem = "not_sent"
        t = translator(hall.views.language(request))
        if "application/json" in request.headers.get("accept", ""):  # from the running call, which must not go away
            sentence = t(f"guest.{problem}") if problem else t("guest.invited", name=name)
            return JSONResponse({"done": not problem, "sentence": sentence}, 422 if problem else 200)
        words = {"appointment": appointment, "problem": problem, "invited": "" if problem else name}
        return desk.form(request, "guest.html", tenant, status=422 if problem else 200, **words)

    def _of_the_clerk(request: Request, tenant_id: str, appointment_id: str) -> tuple[Tenant, Appointment]:
        tenant = desk.tenant(tenant_id)
        desk.clerk(request, tenant)
        appointment = hall.store.appointment(appointment_id)
        if appointment is None or appointment.tenant != tenant.id or appointment.kind != "video":
            raise HTTPException(404)
        return tenant, appointment

    return router


def guest_in(hall: Hall, connection: HTTPConnection, appointment_id: str) -> Guest | None:
    """Return the guest whose link this browser has opened, if the invitation to this appointment still stands."""
    try:
        admitted, guest_id = _signer(hall).loads(connection.cookies.get(_COOKIE, ""), max_age=_COOKIE_SECONDS)
    except BadSignature:
        return None
    with hall.store.session() as session:
        guest = session.get(Guest, guest_id)
    return guest if guest and guest.appointment == appointment_id == admitted else None


def _signer(hall: Hall) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(hall.settings.secret_key, salt="guest-appointment")


def _by_token(hall: Hall, token: str) -> tuple[Guest, Appointment] | None:
    with hall.store.session() as session:
        guest = session.scalar(select(Guest).where(Guest.token_hash == hash_token(token)))
    appointment = hall.store.appointment(guest.appointment) if guest else None
    return (guest, appointment) if guest and appointment else None


def _invite(hall: Hall, tenant: Tenant, appointment: Appointment, name: str, email: str, lang: str) -> bool:
    """Send the mail, and keep the guest in place of one invited before; False if the mail cannot be sent."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    guest = Guest(appointment=appointment.id, name=name, email=email, lang=lang, token_hash=hash_token(token))
    mail = _mail(tenant, appointment, guest, f"{hall.base_url}/t/gast-{token}", hall.clock.now())
    with hall.store.session() as session:  # before the mail: its link may be followed the moment it is handed over
        before = list(session.scalars(select(Guest.id).where(Guest.appointment == appointment.id)))
        session.add(guest)
        session.flush()
        new = guest.id
    try:
        hall.mailer.send(mail)
    except MailError as error:
        _forget(hall, [new])
        complain("guest's invitation not sent", error, appointment=appointment.id)
        return False
    _forget(hall, before)
    note("guest invited", appointment=appointment.id)
    return True


def _forget(hall: Hall, guests: list[str]) -> None:
    with hall.store.session() as session:
        session.execute(delete(Guest).where(Guest.id.in_(guests)))


def _mail(tenant: Tenant, appointment: Appointment, guest: Guest, link: str, now: datetime) -> EmailMessage:
    """Return the mail; what the appointment is about and with whom is none of a mail server's business."""
    t = translator(guest.lang)
    subject = t("guest.subject", tenant=tenant.name.in_language(guest.lang))
    mail = new_message(tenant, subject, now, secrets.token_hex(16))
    mail["To"] = Address(guest.name, addr_spec=guest.email)
    start = moment(appointment.start, tenant.zone, guest.lang)
    lines = [
        t("mail.greeting", name=guest.name), "",
        t("guest.mail", hall=tenant.hall.in_language(guest.lang), start=start), "",
        f"{t('mail.link')}:", link, "",
        t("mail.steps"), t("guest.waits"), t("mail.private"), t("mail.help", phone=tenant.phone), "",
        t("mail.regards"), tenant.hall.in_language(guest.lang), *tenant.address,
    ]  # fmt: skip
    mail.set_content("\n".join(lines) + "\n")
    return mail
