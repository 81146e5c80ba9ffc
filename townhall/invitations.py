"""The background task that sends each invitation once, when its time has come, and ends calls that are over."""

import asyncio
import secrets
import time

from sqlalchemy.exc import SQLAlchemyError

from townhall.errors import MailError, TownhallError
from townhall.hall import Hall
from townhall.logs import complain, note
from townhall.mail import invitation_mail
from townhall.store import Appointment
from townhall.window import INVITES_BEFORE

_LOOK_SECONDS = 0.25
_RETRY_SECONDS = 10.0
_TOKEN_BYTES = 32


class Inviter:
    """Looks at the clock every quarter of a second, because the clock may be moved at any time."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._not_before: dict[str, float] = {}

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
        """Send the invitations whose time has come."""
        now = self._hall.clock.now()
        for appointment in self._hall.store.due_invitations(now + INVITES_BEFORE, now):
            not_before = self._not_before.get(appointment.id, 0.0)
            if appointment.tenant in self._hall.tenants and time.monotonic() >= not_before:
                self._send(appointment)

    def _send(self, appointment: Appointment) -> None:
        hall = self._hall
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        # Claimed in the database first: two processes, or a slow mail server, never make two mails.
        if not hall.store.claim_invitation(appointment.id, token):
            return
        tenant = hall.tenants[appointment.tenant]
        link = f"{hall.base_url}/t/{token}"
        try:
            hall.mailer.send(invitation_mail(appointment, tenant, link, hall.clock.now(), hall.views.templates))
        except MailError as error:
            hall.store.settle_invitation(appointment.id, "pending")
            self._not_before[appointment.id] = time.monotonic() + _RETRY_SECONDS
            complain("invitation not sent", error, appointment=appointment.id)
            return
        hall.store.settle_invitation(appointment.id, "sent")
        note("invitation sent", appointment=appointment.id)
