"""The outbox: which mails an appointment brings about, when each is due, and what became of it.

Of a mail only this is kept, never its text: it is written anew from the appointment when it goes out.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.appointments import Appointment
from townhall.store.base import Base, Database, Utc

OPEN = ("pending", "sending")


class Mail(Base):
    """One mail to the citizen of an appointment.

    ``kind``: confirmation, reminder, invitation, rebooking, cancellation.
    ``state``: pending -> sending -> sent (the mail server has taken it) -> bounced (it came back); or failed (the mail
    server will not take it). ``reason`` is the class of the trouble, see ``townhall.delivery``; of a mail that is tried
    again it says why. After ``until`` the mail would make no sense and is not sent any more.
    """

    __tablename__ = "mail"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=lambda: secrets.token_hex(8))
    appointment: Mapped[str] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    due: Mapped[datetime] = mapped_column("due_at", Utc, index=True)
    until: Mapped[datetime] = mapped_column("until_at", Utc)
    state: Mapped[str] = mapped_column(String(8), default="pending", index=True)
    reason: Mapped[str] = mapped_column(String(20), default="")
    sent: Mapped[datetime | None] = mapped_column("sent_at", Utc)


class MailQueries(Database):
    """What is asked and kept about mails, and the changes to an appointment that bring mails about."""

    def add(self, appointment: Appointment, mails: Iterable[Mail] = ()) -> None:
        """Keep a new appointment and the mails it brings about, both or none."""
        with self.session() as session:
            session.add(appointment)
            session.flush()
            for mail in mails:
                mail.appointment = appointment.id
                session.add(mail)

    def change(self, appointment: Appointment, mails: Iterable[Mail], *columns: str) -> None:
        """Keep these columns of a changed appointment; ``mails`` take the place of what has not gone out yet.

        The other columns are left alone: an invitation may be setting its token meanwhile.
        """
        values = {column: getattr(appointment, column) for column in columns}
        with self.session() as session:
            session.execute(update(Appointment).where(Appointment.id == appointment.id).values(**values))
            session.execute(delete(Mail).where(Mail.appointment == appointment.id, Mail.state.in_(OPEN)))
            for mail in mails:
                mail.appointment = appointment.id
                session.add(mail)

    def mails(self, appointment_ids: Iterable[str]) -> Sequence[Mail]:
        """Return all mails of these appointments, in the order they are due."""
        query = select(Mail).where(Mail.appointment.in_(list(appointment_ids))).order_by(Mail.due, Mail.id)
        with self.session() as session:
            return session.scalars(query).all()

    def mail(self, mail_id: str) -> Mail | None:
        """Return one mail, or None."""
        with self.session() as session:
            return session.get(Mail, mail_id)

    def due_mails(self, now: datetime) -> Sequence[tuple[Mail, Appointment]]:
        """Return the mails whose time has come and not gone, each with its appointment."""
        query = (
            select(Mail, Appointment)
            .join(Appointment, Appointment.id == Mail.appointment)
            .where(Mail.state == "pending", Mail.due <= now, Mail.until > now)
            .order_by(Mail.due)
        )
        with self.session() as session:
            return [(mail, appointment) for mail, appointment in session.execute(query)]

    def claim(self, mail_id: str) -> bool:
        """Take a mail for sending; False if someone else has taken it or it has been withdrawn."""
        claim = update(Mail).where(Mail.id == mail_id, Mail.state == "pending").values(state="sending")
        with self.session() as session:
            return session.scalar(claim.returning(Mail.id)) is not None

    def settle(self, mail_id: str, state: str, reason: str = "", sent: datetime | None = None) -> None:
        """Note what became of a mail: "sent", "failed", "bounced", or "pending" to try again."""
        values = {"state": state, "reason": reason} | ({"sent": sent} if sent else {})
        with self.session() as session:
            session.execute(update(Mail).where(Mail.id == mail_id).values(**values))

    def release_claims(self) -> None:
        """At the start of the service: mails a killed process was sending go back to pending."""
        with self.session() as session:
            session.execute(update(Mail).where(Mail.state == "sending").values(state="pending"))
