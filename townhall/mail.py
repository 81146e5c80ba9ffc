"""The mails the town hall sends, and the way to the mail server."""

import smtplib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from secrets import token_hex

from jinja2 import Environment

from townhall.errors import MailError
from townhall.language import moment, translator
from townhall.store import Appointment
from townhall.tenants import Tenant

_TIMEOUT_SECONDS = 10


class Mailer:
    """Hands mails to an SMTP server; blocking, so call it from a thread."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    def send(self, mail: EmailMessage) -> None:
        """Deliver one mail; raise MailError if the server cannot be reached or refuses it."""
        try:
            with smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT_SECONDS) as server:
                server.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"The mail server {self._host}:{self._port} did not take the mail.") from error


def invitation_mail(
    appointment: Appointment, tenant: Tenant, link: str, now: datetime, templates: Environment
) -> EmailMessage:
    """Return the invitation, text and HTML, in the language chosen at booking; ``link`` is the whole address."""
    lang = appointment.lang
    t = translator(lang)
    service = tenant.service(appointment.service)
    words = {
        "t": t,
        "lang": lang,
        "tenant": tenant,
        "name": appointment.name,
        "service": service.name.in_language(lang) if service else appointment.service,
        "start": moment(appointment.start, tenant.zone, lang),
        "link": link,
    }
    mail = _mail(tenant, t("mail.subject", tenant=tenant.name.in_language(lang)), now)
    mail["To"] = Address(appointment.name, addr_spec=appointment.email)
    mail.set_content(templates.get_template("mail.txt").render(words))
    mail.add_alternative(templates.get_template("mail.html").render(words), subtype="html")
    return mail


def protocol_mail(tenant: Tenant, body: str, now: datetime) -> EmailMessage:
    """Return a mail to the office itself that carries a browser's diagnosis as it came in."""
    mail = _mail(tenant, translator("de")("mail.protocol"), now)
    mail["To"] = Address(tenant.hall.de, addr_spec=tenant.mail)
    mail.set_content(body)
    return mail


def _mail(tenant: Tenant, subject: str, now: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = Address(tenant.hall.de, addr_spec=tenant.mail)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    # The sender's domain, not this machine's name, which is nobody's business.
    mail["Message-ID"] = f"<{token_hex(16)}@{tenant.mail.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail
