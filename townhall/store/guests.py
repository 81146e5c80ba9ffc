"""Third persons invited to one appointment: an interpreter, a relative."""

import secrets

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.base import Base


class Guest(Base):
    """A third person, gone with the appointment; of the link's token only the hash is kept."""

    __tablename__ = "guest"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=lambda: secrets.token_hex(8))
    appointment: Mapped[str] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    lang: Mapped[str] = mapped_column(String(2))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
