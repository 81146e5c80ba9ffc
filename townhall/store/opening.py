"""Opening hours that a clerk has set: a document a municipality, over the hours in its file."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.base import Base, Database


class OpeningHours(Base):
    """The weekly hours and dated rules of a municipality, as JSON of ``townhall.opening.Opening``."""

    __tablename__ = "opening"
    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    document: Mapped[str] = mapped_column(Text)


class OpeningQueries(Database):
    """What is asked and kept about opening hours."""

    def opening(self, tenant: str) -> str | None:
        """Return the document that a clerk has saved, None if nobody has."""
        with self.session() as session:
            kept = session.get(OpeningHours, tenant)
            return None if kept is None else kept.document

    def set_opening(self, tenant: str, document: str) -> None:
        """Keep a municipality's opening hours."""
        with self.session() as session:
            session.merge(OpeningHours(tenant=tenant, document=document))
