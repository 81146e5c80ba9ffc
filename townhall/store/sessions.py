"""Which browsers are logged in, so that logging out ends a session at the server, whoever has a copy of the cookie."""

from datetime import datetime

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.appointments import hash_token
from townhall.store.base import Base, Database, Utc


class LiveSession(Base):
    """A browser that is logged in, by the hash of its session's id. ``enrolling``: for nothing but a second factor."""

    __tablename__ = "live_session"
    sid_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(40))
    user: Mapped[str] = mapped_column("user_name", String(40))
    until: Mapped[datetime] = mapped_column("until_at", Utc)
    enrolling: Mapped[bool] = mapped_column(default=False)


class SessionQueries(Database):
    """What is asked and kept about sessions."""

    def keep_session(self, sid: str, tenant: str, user: str, until: datetime, enrolling: bool) -> None:
        """Note that a browser is logged in."""
        row = LiveSession(sid_hash=hash_token(sid), tenant=tenant, user=user, until=until, enrolling=enrolling)
        with self.session() as session:
            session.add(row)

    def live_session(self, sid: str, now: datetime) -> LiveSession | None:
        """Return the session with this id, None if it has ended."""
        with self.session() as session:
            row = session.get(LiveSession, hash_token(sid))
            return row if row is not None and row.until > now else None

    def end_session(self, sid: str) -> None:
        """Forget one session."""
        with self.session() as session:
            session.execute(delete(LiveSession).where(LiveSession.sid_hash == hash_token(sid)))

    def end_sessions(self, tenant: str, user: str) -> None:
        """Forget all sessions of a clerk."""
        with self.session() as session:
            session.execute(delete(LiveSession).where(LiveSession.tenant == tenant, LiveSession.user == user))

    def forget_ended_sessions(self, now: datetime) -> None:
        """Forget the sessions whose time is over."""
        with self.session() as session:
            session.execute(delete(LiveSession).where(LiveSession.until <= now))
