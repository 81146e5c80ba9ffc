"""Booked appointments: with whom, for what, when, and which link opens them."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.base import Base, Database, Utc


class Appointment(Base):
    """One booked appointment with one clerk; of the link's token only the hash is kept.

    ``kind`` is "video", or "counter" for a visit to the town hall. ``sequence`` counts what became of the appointment
    after booking (RFC 5545, SEQUENCE), ``link_version`` how often its link was made anew.
    """

    __tablename__ = "appointment"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=lambda: secrets.token_hex(8))
    tenant: Mapped[str] = mapped_column(String(40), index=True)
    clerk: Mapped[str] = mapped_column(String(40))
    service: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    lang: Mapped[str] = mapped_column(String(2))
    start: Mapped[datetime] = mapped_column("start_at", Utc)
    end: Mapped[datetime] = mapped_column("end_at", Utc)
    kind: Mapped[str] = mapped_column(String(10), default="video")
    cancelled: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    link_version: Mapped[int] = mapped_column(default=0)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)


def hash_token(token: str) -> str:
    """Return what is kept of a token: SHA-256, hex. A token of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class AppointmentQueries(Database):
    """What is asked and kept about appointments."""

    keeps_tokens = False  # the flaw plain-token

    def _of_token(self, token: str) -> str:
        return token if self.keeps_tokens else hash_token(token)

    def appointments(self, tenant: str, ending_after: datetime) -> Sequence[Appointment]:
        """Return a municipality's appointments that end after the given time, cancelled ones too, earliest first."""
        query = select(Appointment).where(Appointment.tenant == tenant, Appointment.end > ending_after)
        with self.session() as session:
            return session.scalars(query.order_by(Appointment.start, Appointment.id)).all()

    def appointment(self, appointment_id: str) -> Appointment | None:
        """Return one appointment, or None."""
        with self.session() as session:
            return session.get(Appointment, appointment_id)

    def appointment_by_token(self, token: str) -> Appointment | None:
        """Return the appointment that an invitation's token opens, or None."""
        with self.session() as session:
            return session.scalar(select(Appointment).where(Appointment.token_hash == self._of_token(token)))

    def set_token(self, appointment_id: str, link_version: int, token: str) -> None:
        """Let this token open the appointment, unless its link has been made anew in the meantime."""
        right = (Appointment.id == appointment_id, Appointment.link_version == link_version)
        with self.session() as session:
            session.execute(update(Appointment).where(*right).values(token_hash=self._of_token(token)))
