"""What the town hall keeps: clerks and appointments, in SQLite or PostgreSQL through SQLAlchemy 2."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Engine, String, TypeDecorator, create_engine, event, select, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from townhall.errors import SettingsError


class _Utc(TypeDecorator[datetime]):
    """Aware datetimes, kept as naive UTC because SQLite knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The declarative base of all tables."""


class ClerkAccount(Base):
    """A clerk's login: the password as an Argon2 hash."""

    __tablename__ = "clerk"
    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    user: Mapped[str] = mapped_column("user_name", String(40), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))


class Appointment(Base):
    """One booked video appointment; of the invitation's token only the hash is kept."""

    __tablename__ = "appointment"
    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=lambda: secrets.token_hex(8))
    tenant: Mapped[str] = mapped_column(String(40), index=True)
    clerk: Mapped[str] = mapped_column(String(40))
    service: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    lang: Mapped[str] = mapped_column(String(2))
    start: Mapped[datetime] = mapped_column("start_at", _Utc)
    end: Mapped[datetime] = mapped_column("end_at", _Utc)
    invitation: Mapped[str] = mapped_column(String(10), default="pending")  # pending -> sending -> sent
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)


def hash_token(token: str) -> str:
    """Return what is kept of a token: SHA-256, hex. A token of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class Store:
    """The queries of the town hall; every method is one transaction and safe to call from any thread."""

    def __init__(self, database_url: str) -> None:
        """Open the database and make missing tables; raise SettingsError if that is not possible."""
        try:
            # hide_parameters: a database error must not carry names and addresses into the log.
            self._engine = create_engine(database_url, hide_parameters=True)
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _prepare_sqlite)
            Base.metadata.create_all(self._engine)
        except (ArgumentError, NoSuchModuleError, OperationalError) as error:
            raise SettingsError("The database cannot be opened; check database_url and the folder's rights.") from error
        self._session: sessionmaker[Session] = sessionmaker(self._engine, expire_on_commit=False)

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine underneath."""
        return self._engine

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def has_clerks(self) -> bool:
        """Say whether any clerk has a login yet."""
        with self._session() as session:
            return session.scalar(select(ClerkAccount).limit(1)) is not None

    def set_clerk(self, tenant: str, user: str, password_hash: str) -> None:
        """Give a clerk a login, or a new password."""
        with self._session.begin() as session:
            session.merge(ClerkAccount(tenant=tenant, user=user, password_hash=password_hash))

    def password_hash(self, tenant: str, user: str) -> str | None:
        """Return the Argon2 hash of a clerk's password, None for an unknown clerk."""
        with self._session() as session:
            account = session.get(ClerkAccount, (tenant, user))
            return None if account is None else account.password_hash

    def add(self, appointment: Appointment) -> None:
        """Keep a new appointment."""
        with self._session.begin() as session:
            session.add(appointment)

    def appointments(self, tenant: str, ending_after: datetime) -> Sequence[Appointment]:
        """Return a municipality's appointments that end after the given time, earliest first."""
        query = select(Appointment).where(Appointment.tenant == tenant, Appointment.end > ending_after)
        with self._session() as session:
            return session.scalars(query.order_by(Appointment.start, Appointment.id)).all()

    def appointment(self, appointment_id: str) -> Appointment | None:
        """Return one appointment, or None."""
        with self._session() as session:
            return session.get(Appointment, appointment_id)

    def appointment_by_token(self, token: str) -> Appointment | None:
        """Return the appointment that an invitation's token opens, or None."""
        with self._session() as session:
            return session.scalar(select(Appointment).where(Appointment.token_hash == hash_token(token)))

    def due_invitations(self, starting_before: datetime, ending_after: datetime) -> Sequence[Appointment]:
        """Return the appointments whose invitation has not gone out, that start soon and are not over."""
        query = select(Appointment).where(
            Appointment.invitation == "pending", Appointment.start <= starting_before, Appointment.end > ending_after
        )
        with self._session() as session:
            return session.scalars(query).all()

    def claim_invitation(self, appointment_id: str, token: str) -> bool:
        """Take an invitation for sending and set its token; False if someone else has taken it."""
        claim = (
            update(Appointment)
            .where(Appointment.id == appointment_id, Appointment.invitation == "pending")
            .values(invitation="sending", token_hash=hash_token(token))
            .returning(Appointment.id)
        )
        with self._session.begin() as session:
            return session.scalar(claim) is not None

    def settle_invitation(self, appointment_id: str, state: str) -> None:
        """Note how sending went: "sent", or "pending" to try again."""
        with self._session.begin() as session:
            session.execute(update(Appointment).where(Appointment.id == appointment_id).values(invitation=state))

    def release_claims(self) -> None:
        """At the start of the service: invitations a killed process was sending go back to pending."""
        with self._session.begin() as session:
            session.execute(update(Appointment).where(Appointment.invitation == "sending").values(invitation="pending"))


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """Let readers and a writer work at the same time (WAL), and let a second writer wait for the first."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
