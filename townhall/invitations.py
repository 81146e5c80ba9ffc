"""The background task that sends each mail once, when its time has come, and ends calls that are over."""

import asyncio
import time

from sqlalchemy.exc import SQLAlchemyError

from townhall.bounces import return_path
from townhall.errors import MailError, TownhallError
from townhall.hall import Hall
from townhall.logs import complain, note
from townhall.mail import Letter, sender_domain
from townhall.store import Appointment, Mail

_LOOK_SECONDS = 0.25
_RETRY_SECONDS = 10.0
_RETRY_AT_MOST_SECONDS = 600.0


class Inviter:
    """Looks at the clock every quarter of a second, because the clock may be moved at any time."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._not_before: dict[str, float] = {}
        self._pause: dict[str, float] = {}

    async def run(self) -> None:
        """Work until cancelled; a database or a clock file that fails for a while is logged and outlived."""
        while True:
            try:
                await asyncio.to_thread(self.send_due)
                await self._hall.hub.end_overdue(self._hall.clock.now())
            except (SQLAlchemyError, TownhallError) as error:
                complain("background task", error)
            await asyncio.sleep(_LOOK_SECONDS)

    def send_due(self) -> None:
        """Send the mails whose time has come; a mail server that cannot be reached ends this round."""
        for mail, appointment in self._hall.store.due_mails(self._hall.clock.now()):
            not_before = self._not_before.get(mail.id, 0.0)
            if appointment.tenant not in self._hall.tenants or time.monotonic() < not_before:
                continue
            # Claimed in the database first: two processes, or a slow mail server, never make two mails.
            if self._hall.store.claim(mail.id) and not self._send(mail, appointment):
                return

    def _send(self, mail: Mail, appointment: Appointment) -> bool:
        """Send one mail and note what became of it; False if the mail server cannot be reached."""
        hall = self._hall
        tenant = hall.tenants[appointment.tenant]
        link = ""
        if mail.kind == "invitation":
            token = hall.gate.link_token(appointment.id, appointment.link_version)
            if hall.has_flaw("short-token"):
                token = token[:4]
            hall.store.set_token(appointment.id, appointment.link_version, token)
            link = f"{hall.base_url}/t/{token}"
        letter = Letter(mail, appointment, tenant, link).compose(hall.clock.now(), hall.views.templates)
        goes_back_to = return_path(mail, sender_domain(tenant)) if hall.settings.bounce_port else None
        try:
            hall.mailer.send(letter, goes_back_to)
        except MailError as error:
            self._try_later_or_never(mail, error)
            complain(f"{mail.kind} not sent", error, appointment=appointment.id, mail=mail.id, reason=error.reason)
            return error.reason != "unreachable"
        hall.store.settle(mail.id, "sent", sent=hall.clock.now())
        self._pause.pop(mail.id, None)
        self._not_before.pop(mail.id, None)
        note(f"{mail.kind} sent", appointment=appointment.id, mail=mail.id)
        return True

    def _try_later_or_never(self, mail: Mail, error: MailError) -> None:
        if error.permanent:
            self._hall.store.settle(mail.id, "failed", error.reason)
            return
        pause = self._pause.get(mail.id, _RETRY_SECONDS)
        self._pause[mail.id] = min(2 * pause, _RETRY_AT_MOST_SECONDS)
        self._not_before[mail.id] = time.monotonic() + pause
        self._hall.store.settle(mail.id, "pending", error.reason)
