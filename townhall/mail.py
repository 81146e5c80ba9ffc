"""The mails the town hall sends, and the way to the mail server."""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from secrets import token_hex

from jinja2 import Environment

from townhall.delivery import smtp_trouble
from townhall.ics import Method, calendar_entry
from townhall.language import moment, translator
from townhall.store import Appointment, Mail
from townhall.tenants import Tenant

_TIMEOUT_SECONDS = 10


class Mailer:
    """Hands mails to an SMTP server; blocking, so call it from a thread."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    def send(self, mail: EmailMessage, return_path: str | None = None) -> None:
        """Deliver one mail; raise MailError if the server cannot be reached or refuses it.

        Bounces go to ``return_path``, by default to the sender.
        """
        try:
            with smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT_SECONDS) as server:
                server.send_message(mail, from_addr=return_path)
        except (OSError, smtplib.SMTPException) as error:
            raise smtp_trouble(error) from error


@dataclass(frozen=True)
class Letter:
    """One mail to a citizen: which of an appointment's mails it is, and the link's whole address in an invitation."""

    mail: Mail
    appointment: Appointment
    tenant: Tenant
    link: str = ""

    def compose(self, now: datetime, templates: Environment) -> EmailMessage:
        """Return the mail, text and HTML, in the language chosen at booking, with the calendar's entry."""
        kind, appointment, tenant = self.mail.kind, self.appointment, self.tenant
        lang = appointment.lang
        t = translator(lang)
        service = tenant.service(appointment.service)
        subject = f"mail.subject_{kind}" if kind != "invitation" else "mail.subject"
        words = {
            "t": t,
            "lang": lang,
            "tenant": tenant,
            "subject": t(subject, tenant=tenant.name.in_language(lang)),
            "kind": kind,
            "way": appointment.kind,
            "name": appointment.name,
            "service": service.name.in_language(lang) if service else appointment.service,
            "bring": service.bring.in_language(lang) if service and service.bring else "",
            "start": moment(appointment.start, tenant.zone, lang),
            "link": self.link,
        }
        message = new_message(tenant, str(words["subject"]), now, self.mail.id)
        message["To"] = Address(appointment.name, addr_spec=appointment.email)
        message.set_content(templates.get_template("mail.txt").render(words))
        message.add_alternative(templates.get_template("mail.html").render(words), subtype="html")
        method: Method = "CANCEL" if kind == "cancellation" else "REQUEST"
        entry = calendar_entry(appointment, tenant, method, now)
        message.add_attachment(entry, subtype="calendar", filename=t("mail.ics_file"), params={"method": method})
        return message


def protocol_mail(tenant: Tenant, body: str, now: datetime) -> EmailMessage:
    """Return a mail to the office itself that carries a browser's diagnosis as it came in."""
    mail = new_message(tenant, translator("de")("mail.protocol"), now, token_hex(16))
    mail["To"] = Address(tenant.hall.de, addr_spec=tenant.mail)
    mail.set_content(body)
    return mail


def sender_domain(tenant: Tenant) -> str:
    """Return the domain that a municipality's mails come from."""
    return tenant.mail.partition("@")[2]


def new_message(tenant: Tenant, subject: str, now: datetime, mail_id: str) -> EmailMessage:
    """Return a mail's head, without its receiver; ``mail_id`` is hexadecimal and becomes the Message-ID.

    The same mail has the same Message-ID each time it is sent: when a killed service sends it again because it could
    not note that it was sent, receivers that look for doubles keep one. The domain is the sender's, not this machine's
    name, which is nobody's business.
    """
    message = EmailMessage()
    message["From"] = Address(tenant.hall.de, addr_spec=tenant.mail)
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail_id}@{sender_domain(tenant)}>"
    message["Auto-Submitted"] = "auto-generated"
    return message
