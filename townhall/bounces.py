"""Takes in bounces: an SMTP server for the return paths of our mails, of which each is used for one mail (VERP).

The operator's mail server hands on what comes for ``bounce+…@`` the sender's domain; nothing else is accepted here.
"""

import asyncio
import re
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from townhall.delivery import reason_of
from townhall.dsn import read_dsn
from townhall.errors import SettingsError
from townhall.hall import Hall
from townhall.logs import note
from townhall.store import Mail, Store

_RETURN_PATH = re.compile(r"bounce\+([0-9a-f]{16})-([0-9a-f]{16})@[^@]+", re.IGNORECASE)
_MAX_BYTES = 1024 * 1024


def return_path(mail: Mail, domain: str) -> str:
    """Return the envelope's sender for a mail, which says in a bounce which mail has come back."""
    return f"bounce+{mail.appointment}-{mail.id}@{domain}"


def take_bounce(store: Store, address: str, raw: bytes) -> str | None:
    """Note what a notification to this return path says; return the mail's new state, None if it says nothing new."""
    mail = _mail_of(store, address)
    if mail is None or mail.state not in ("sent", "sending"):
        return None
    outcomes = read_dsn(raw)
    for outcome in outcomes:
        if outcome.action == "failed":
            store.settle(mail.id, "bounced", reason_of(outcome.status))
            return "bounced"
    if any(outcome.action == "delayed" for outcome in outcomes):
        store.settle(mail.id, "sent", "delayed")
        return "sent"
    return None


def _mail_of(store: Store, address: str) -> Mail | None:
    found = _RETURN_PATH.fullmatch(address)
    mail = store.mail(found[2].lower()) if found else None
    return mail if found and mail and mail.appointment == found[1].lower() else None


class _Intake:
    """The handler of the SMTP server; the names are aiosmtpd's."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Accept a return path that belongs to a mail of ours."""
        if await asyncio.to_thread(_mail_of, self._hall.store, address) is None:
            return "550 5.1.1 no such return path"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Read the notification; a mail that is none is taken and forgotten, so that nobody sends it again."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        for address in envelope.rcpt_tos:
            state = await asyncio.to_thread(take_bounce, self._hall.store, address, raw)
            if state is not None:
                mail = await asyncio.to_thread(_mail_of, self._hall.store, address)
                note("bounce", state=state, appointment=mail.appointment if mail else "", mail=mail.id if mail else "")
        return "250 2.0.0 read"


async def listen(hall: Hall) -> asyncio.Server | None:
    """Start the intake if ``bounce_port`` is set; raise SettingsError if it cannot listen there."""
    settings = hall.settings
    if settings.bounce_port is None:
        return None
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(_Intake(hall), hostname="townhall", data_size_limit=_MAX_BYTES)

    try:
        return await loop.create_server(protocol, settings.bounce_host, settings.bounce_port)
    except OSError as error:
        place = f"{settings.bounce_host}:{settings.bounce_port}"
        raise SettingsError(f"The intake for bounces cannot listen on {place}: choose another bounce_port.") from error
