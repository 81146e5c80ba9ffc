"""Deletes what is no longer needed: appointments, all that hangs on them, recordings, sessions, old audit entries."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from townhall.errors import TownhallError
from townhall.hall import Hall
from townhall.logs import complain, note
from townhall.store import Appointment, AuditEntry, Base

_LOOK_SECONDS = 0.5
_EVERY = timedelta(minutes=1)
_AT_ONCE = 200
Hook = Callable[[datetime], object]


class Retention:
    """Works each minute of the town hall's clock, and within a second when that clock is moved.

    ``before`` are called before anything is deleted (to keep anonymous figures of it), ``after`` when it is gone.
    """

    def __init__(self, hall: Hall, before: Sequence[Hook] = (), after: Sequence[Hook] = ()) -> None:
        self._hall = hall
        self._before = before
        self._after = after
        self._kept = timedelta(days=hall.settings.retention_days)
        self._tables = [table for table in reversed(Base.metadata.sorted_tables) if _appointment_columns(table)]

    async def run(self) -> None:
        """Work until cancelled; what fails for a while is logged and tried again."""
        last = datetime.min.replace(tzinfo=UTC)
        while True:
            try:
                now = self._hall.clock.now()
                if not timedelta(0) <= now - last < _EVERY:
                    await asyncio.to_thread(self.clean, now)
                    last = now
            except (SQLAlchemyError, TownhallError, OSError) as error:
                complain("background task", error)
            await asyncio.sleep(_LOOK_SECONDS)

    def clean(self, now: datetime) -> None:
        """Delete all whose time is over; what is counted is noted, never whose it was."""
        if self._hall.has_flaw("kept-forever"):
            return
        for hook in self._before:
            hook(now)
        appointments = self._delete_appointments(now - self._kept)
        with self._hall.store.session() as session:
            too_old = now - max(self._kept, timedelta(days=self._hall.settings.audit_days))
            session.execute(delete(AuditEntry).where(AuditEntry.at < too_old))
        # Sessions end by real time, like the cookies that carry them.
        self._hall.store.forget_ended_sessions(datetime.now(UTC))
        recordings = self._delete_recordings(now - self._kept)
        for hook in self._after:
            hook(now)
        if appointments:
            self._hall.store.forget_deleted()
        if appointments or recordings:
            note("retention", appointments=appointments, recordings=recordings)

    def _delete_appointments(self, ended_before: datetime) -> int:
        """Delete appointments that ended before a time, some at once so that no form waits long for the database."""
        count = 0
        query = select(Appointment.id).where(Appointment.end < ended_before).limit(_AT_ONCE)
        while True:
            with self._hall.store.session() as session:
                gone = session.scalars(query).all()
                if not gone:
                    return count
                for table in self._tables:
                    for column in _appointment_columns(table):
                        session.execute(delete(table).where(table.c[column].in_(gone)))
                # Who worked when stays until the trail's own time is over; on which appointment does not.
                session.execute(update(AuditEntry).where(AuditEntry.appointment.in_(gone)).values(appointment=None))
                session.execute(delete(Appointment).where(Appointment.id.in_(gone)))
            count += len(gone)

    def _delete_recordings(self, written_before: datetime) -> int:
        folder: Path | None = self._hall.settings.record_dir
        if folder is None or not folder.is_dir():
            return 0
        old = [
            path
            for path in folder.glob("*.mjr*")
            if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < written_before
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def _appointment_columns(table: Table) -> list[str]:
    """Return the columns of a table that say which appointment a row belongs to."""
    return [key.parent.name for key in table.foreign_keys if key.column.table.name == Appointment.__tablename__]
