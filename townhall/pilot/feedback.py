"""Three questions after the call: voluntary, anonymous, once an invitation."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException

from townhall.hall import Hall
from townhall.pilot.figures import QUESTIONS, Answer
from townhall.store import Appointment, Store, hash_token
from townhall.store.pilot import PilotAnswer, PilotAnswered

_OPEN = timedelta(days=14)  # after the appointment's end


class AlreadyAnswered(Exception):
    """This invitation's answer has been given."""


def give_answer(store: Store, tenant: str, token: str, appointment: Appointment, answer: Answer) -> None:
    """Keep the marks, without time and appointment, and that this invitation is used up; raise AlreadyAnswered.

    Both are rows of tables without row numbers and with random keys: which answer came with which link is nowhere.
    """
    ease, quality, satisfaction = answer
    try:
        with store.session() as session:
            session.add(PilotAnswered(token_hash=hash_token(token), until=appointment.end + _OPEN))
            session.add(PilotAnswer(tenant=tenant, ease=ease, quality=quality, satisfaction=satisfaction))
    except IntegrityError as error:
        raise AlreadyAnswered from error


def has_answered(store: Store, token: str) -> bool:
    """Say whether this invitation's answer has been given."""
    with store.session() as session:
        return session.get(PilotAnswered, hash_token(token)) is not None


def routes(hall: Hall) -> APIRouter:
    """Return the routes of the questions. The link's token is the right to answer: nobody else can make the form."""
    router = APIRouter()

    def appointment_of(token: str) -> Appointment:
        appointment = hall.store.appointment_by_token(token)
        if appointment is None or appointment.tenant not in hall.tenants:
            raise HTTPException(404)
        return appointment

    def is_open(appointment: Appointment) -> bool:
        return appointment.start <= hall.clock.now() < appointment.end + _OPEN

    def page(request: Request, appointment: Appointment, token: str, state: str, status: int = 200) -> Response:
        lang = hall.views.language(request, appointment.lang)
        tenant = hall.tenants[appointment.tenant]
        words: dict[str, object] = {"state": state, "questions": QUESTIONS, "token": token}
        return hall.views.page(request, "feedback.html", status=status, tenant=tenant, lang=lang, words=words)

    @router.get("/t/{token}/rueckmeldung")
    def questions(request: Request, token: str) -> Response:
        appointment = appointment_of(token)
        if has_answered(hall.store, token):
            return page(request, appointment, token, "thanks")
        return page(request, appointment, token, "open" if is_open(appointment) else "closed")

    @router.post("/t/{token}/rueckmeldung")
    def answer(
        request: Request,
        token: str,
        ease: Annotated[int, Form()] = 0,
        quality: Annotated[int, Form()] = 0,
        satisfaction: Annotated[int, Form()] = 0,
    ) -> Response:
        appointment = appointment_of(token)
        if not is_open(appointment):
            return page(request, appointment, token, "closed", 409)
        marks = (ease, quality, satisfaction)
        if not all(1 <= mark <= 5 for mark in marks):
            return page(request, appointment, token, "incomplete", 422)
        try:
            give_answer(hall.store, appointment.tenant, token, appointment, marks)
        except AlreadyAnswered:
            return page(request, appointment, token, "thanks", 409)
        return RedirectResponse(f"/t/{token}/rueckmeldung", 303)

    return router
