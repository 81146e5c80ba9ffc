"""The clerks' logins."""

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from townhall.store.base import Base, Database


class ClerkAccount(Base):
    """A clerk's login: the password as an Argon2 hash."""

    __tablename__ = "clerk"
    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    user: Mapped[str] = mapped_column("user_name", String(40), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))


class ClerkQueries(Database):
    """What is asked and kept about clerks."""

    def has_clerks(self) -> bool:
        """Say whether any clerk has a login yet."""
        with self.session() as session:
            return session.scalar(select(ClerkAccount).limit(1)) is not None

    def set_clerk(self, tenant: str, user: str, password_hash: str) -> None:
        """Give a clerk a login, or a new password."""
        with self.session() as session:
            session.merge(ClerkAccount(tenant=tenant, user=user, password_hash=password_hash))

    def password_hash(self, tenant: str, user: str) -> str | None:
        """Return the Argon2 hash of a clerk's password, None for an unknown clerk."""
        with self.session() as session:
            account = session.get(ClerkAccount, (tenant, user))
            return None if account is None else account.password_hash
