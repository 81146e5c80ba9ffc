"""What the pilot keeps: counts by day, and answers that nobody can be found by."""

import secrets
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.base import Base, Utc


class PilotVisit(Base):
    """How one appointment's call went, by appointment: counted when it is over, and gone when the appointment is."""

    __tablename__ = "pilot_visit"
    appointment: Mapped[str] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"), primary_key=True)
    citizen_came: Mapped[bool] = mapped_column(default=False)
    clerk_came: Mapped[bool] = mapped_column(default=False)
    connected: Mapped[bool] = mapped_column(default=False)
    seconds: Mapped[float] = mapped_column(default=0.0)
    lost: Mapped[int] = mapped_column(default=0)
    counted: Mapped[bool] = mapped_column(default=False)


class PilotDay(Base):
    """The counts of one day of one municipality; no appointment can be told from another in them."""

    __tablename__ = "pilot_day"
    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    held: Mapped[int] = mapped_column(default=0)
    no_show: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)
    connected: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    lost: Mapped[int] = mapped_column(default=0)


class PilotAnswer(Base):
    """One citizen's three marks. Its random id and the missing row number hide the order in which answers came."""

    __tablename__ = "pilot_answer"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 (SQLAlchemy's own name, read once)
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=lambda: secrets.token_hex(8))
    tenant: Mapped[str] = mapped_column(String(40), index=True)
    ease: Mapped[int]
    quality: Mapped[int]
    satisfaction: Mapped[int]


class PilotAnswered(Base):
    """That an invitation's answer has been given, by the hash of its token: so that nobody answers twice."""

    __tablename__ = "pilot_answered"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column("until_at", Utc)
