"""Backup and restore: one file for every database, so that what one kind gave another can take.

The file is gzip over JSON lines: a head (format, step of the schema), ``["table", {column: value}]`` for each row, and
a foot with the number of rows and the SHA-256 of all lines before it. Without its foot a file is not a backup.
"""

import base64
import gzip
import hashlib
import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Column, Connection, Engine, MetaData, Table, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from townhall import migrations
from townhall.errors import TownhallError

_FORMAT = "townhall backup 1"
# Sessions are left out: who logged out after the backup must not be logged in again by it.
_LEFT_OUT = {"live_session", "alembic_version"}
_ROWS_AT_ONCE = 500


class BackupError(TownhallError):
    """The backup cannot be written, is damaged, or does not fit the database."""


def backup(engine: Engine, file: Path) -> int:
    """Write all rows, as they were at one moment, to a file that only its owner may read; return their number.

    The service may run meanwhile. An older file of this name is replaced once the new one is whole.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            os.fchmod(raw.fileno(), 0o600)  # it may have been there, with other rights
            with _snapshot(engine) as connection, gzip.open(raw, "wt", encoding="utf-8", newline="\n") as lines:
                rows = _write(connection, lines)
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise BackupError(f"The backup {file} cannot be written: {error.strerror}.") from error
    return rows


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees the database as it is now, however long it is read."""
    if engine.dialect.name == "sqlite":
        with tempfile.TemporaryDirectory() as folder:  # only its owner may enter (0700)
            copy = f"{folder}/copy.db"
            with engine.connect() as live, sqlite3.connect(copy) as target:
                source = live.connection.driver_connection
                assert isinstance(source, sqlite3.Connection)
                source.backup(target)
            target.close()
            of_copy = create_engine(f"sqlite:///{copy}", hide_parameters=True)
            with of_copy.connect() as connection:
                yield connection
            of_copy.dispose()
    else:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection


def _write(connection: Connection, lines: TextIO) -> int:
    step = migrations.current(connection)
    if step is None:
        raise BackupError("The database has never been used by a town hall that makes backups: start it once.")
    digest, rows = hashlib.sha256(), 0

    def put(value: object) -> None:
        line = json.dumps(value, ensure_ascii=False) + "\n"
        digest.update(line.encode())
        lines.write(line)

    put({"format": _FORMAT, "step": step, "made": datetime.now(UTC).isoformat(timespec="seconds")})
    for table in _tables(connection):
        for row in connection.execute(select(table)).mappings():
            put([table.name, {name: _to_json(value) for name, value in row.items()}])
            rows += 1
    lines.write(json.dumps({"rows": rows, "sha256": digest.hexdigest()}) + "\n")
    return rows


def restore(engine: Engine, file: Path, *, force: bool = False) -> int:
    """Put a backup's rows in place of what the database holds, all or nothing; return their number.

    Raises BackupError for a damaged file, a newer one, and, without ``force``, for a database that is not empty.
    """
    step, rows = _check(file)
    known = migrations.revisions()
    if step not in known:
        raise BackupError(f"The backup {file} was made by a newer town hall (step {step}): restore it with that one.")
    try:
        _put_in(engine, file, step, force)
    except SQLAlchemyError as error:
        raise BackupError(f"The database did not take the backup {file}; it holds what it held before.") from error
    migrations.bring_up_to_date(engine)
    return rows


def _put_in(engine: Engine, file: Path, step: str, force: bool) -> None:
    with engine.connect() as connection:
        version = migrations.current(connection)
        filled = [table.name for table in _tables(connection) if _has_rows(connection, table)]
    if filled and not force:
        raise BackupError(
            f"The database is not empty ({', '.join(sorted(filled))}): stop the service and add --force to replace it."
        )
    if version is None:
        # An empty database gets the tables of the backup's time; what came later is added to its rows after.
        migrations.bring_up_to_date(engine, step)
    elif version != step:
        raise BackupError(
            f"The backup is of step {step} and the database of step {version}: restore it to a new, empty database."
        )
    with engine.begin() as connection:
        tables = {table.name: table for table in _tables(connection)}
        for table in [*reversed(tables.values()), *_reflected(connection, _LEFT_OUT - {"alembic_version"})]:
            connection.execute(table.delete())
        waiting: list[dict[str, Any]] = []
        present = ""
        for name, row in _rows(file):
            if waiting and (name != present or len(waiting) >= _ROWS_AT_ONCE):
                connection.execute(tables[present].insert(), waiting)
                waiting = []
            if name not in tables:
                raise BackupError(f"The backup {file} holds a table {name} that its step does not have.")
            present = name
            columns = tables[name].columns
            waiting.append({key: _from_json(columns[key], value) for key, value in row.items()})
        if waiting:
            connection.execute(tables[present].insert(), waiting)
        if connection.dialect.name == "postgresql":
            _count_on(connection, tables)


def _count_on(connection: Connection, tables: dict[str, Table]) -> None:
    """Let PostgreSQL's numbering go on after the highest number that came from the backup."""
    for table in tables.values():
        for column in table.primary_key.columns:
            sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
            highest = connection.scalar(select(func.max(column))) if sequence else None
            if highest is not None:
                connection.execute(select(func.setval(sequence, highest)))


def _check(file: Path) -> tuple[str, int]:
    """Return the step and the number of rows of a whole backup; raise BackupError for anything else."""
    damaged = BackupError(f"The file {file} is not a whole backup: take another one.")
    digest, head, last, count = hashlib.sha256(), "", "", 0
    try:
        with gzip.open(file, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                if last:
                    digest.update(last.encode())
                head, last, count = head or line, line, count + 1
        first, foot = json.loads(head), json.loads(last)
        if first["format"] != _FORMAT or foot != {"rows": count - 2, "sha256": digest.hexdigest()}:
            raise damaged
        return str(first["step"]), count - 2
    except FileNotFoundError as error:
        raise BackupError(f"There is no backup {file}.") from error
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise damaged from error


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="\n") as lines:
        next(lines)
        for line in lines:
            value = json.loads(line)
            if isinstance(value, list):
                yield value[0], value[1]


def _tables(connection: Connection) -> list[Table]:
    """Return the tables as they are in the database, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in _LEFT_OUT]


def _reflected(connection: Connection, names: set[str]) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: name in names)
    return list(metadata.tables.values())


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


def _to_json(value: object) -> object:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case Decimal():
            return str(value)
    return value


def _from_json(column: Column[Any], value: Any) -> object:
    if value is None:
        return None
    kind = column.type.python_type
    if issubclass(kind, datetime | date | time):
        return kind.fromisoformat(value)
    if issubclass(kind, bytes):
        return base64.b64decode(value)
    return kind(value) if issubclass(kind, Decimal | bool) else value
