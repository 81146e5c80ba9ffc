"""What all tables share: the declarative base, times in UTC, and the database that is opened once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from townhall.errors import DatabaseClosed, SettingsError
from townhall.migrations import NOT_OPENED, bring_up_to_date

_PATIENCE_SECONDS = 10


class Utc(TypeDecorator[datetime]):
    """Aware datetimes, kept as naive UTC because SQLite knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The declarative base of all tables."""


class Database:
    """The opened database; ``session()`` is one transaction and safe to use from any thread."""

    def __init__(self, database_url: str) -> None:
        """Open the database and bring its tables up to date; raise SettingsError if that is not possible."""
        self._turn = threading.Condition()
        self._running, self._closed = 0, False
        self._engine = open_engine(database_url)
        try:
            bring_up_to_date(self._engine)
        except OperationalError as error:
            raise _not_opened() from error
        self._sessions: sessionmaker[Session] = sessionmaker(self._engine, expire_on_commit=False)

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine underneath."""
        return self._engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open one transaction: committed at the end of the block, rolled back if the block raises.

        Raises DatabaseClosed after ``close``.
        """
        with self._turn:
            if self._closed:
                raise DatabaseClosed("The service is stopping and has closed its database.")
            self._running += 1
        try:
            with self._sessions.begin() as session:
                yield session
        finally:
            with self._turn:
                self._running -= 1
                self._turn.notify_all()

    def forget_deleted(self) -> None:
        """Take what was deleted out of SQLite's journal too, where it could still be read; others have no such file."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections, once the background threads' transactions that still run have ended."""
        with self._turn:
            self._closed = True
            self._turn.wait_for(lambda: self._running == 0, timeout=_PATIENCE_SECONDS)
        self._engine.dispose()


def open_engine(database_url: str) -> Engine:
    """Return the way to a database that nothing has been asked of yet; raise SettingsError for an address of none."""
    try:
        # hide_parameters: a database error must not carry names and addresses into the log.
        engine = create_engine(database_url, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise _not_opened() from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _not_opened() -> SettingsError:
    return SettingsError(NOT_OPENED)


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """Let readers and a writer work at the same time (WAL), let a second writer wait, and keep foreign keys true."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten, not only let go
    cursor.close()
