"""The audit trail: which clerk did what and when; never what a citizen is called."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from sqlalchemy import Connection, String, event, select
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from townhall.store.base import Base, Database, Utc


class AuditEntry(Base):
    """One thing done. Entries are only added; the retention job takes an old appointment's id out, then the whole."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column("happened_at", Utc, index=True)
    tenant: Mapped[str] = mapped_column(String(40), index=True)
    who: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(80))
    appointment: Mapped[str | None] = mapped_column(String(16), index=True)


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse(mapper: Mapper[AuditEntry], connection: Connection, target: AuditEntry) -> NoReturn:
    raise TypeError("An entry of the audit trail is not changed and not taken back.")


class AuditQueries(Database):
    """What is asked and kept about the audit trail."""

    def audit(self, at: datetime, tenant: str, who: str, what: str, appointment: str | None = None) -> None:
        """Add an entry: ``who`` is a clerk's user name, ``what`` the key of a sentence, at most 80 characters."""
        with self.session() as session:
            session.add(AuditEntry(at=at, tenant=tenant, who=who, what=what, appointment=appointment))

    def audit_trail(self, tenant: str, count: int, before: int | None = None) -> Sequence[AuditEntry]:
        """Return a municipality's newest entries, newest first; ``before``: only those older than this entry's id."""
        query = select(AuditEntry).where(AuditEntry.tenant == tenant)
        if before is not None:
            query = query.where(AuditEntry.id < before)
        with self.session() as session:
            return session.scalars(query.order_by(AuditEntry.id.desc()).limit(count)).all()
