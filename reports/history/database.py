"""The runs that were kept, in an embedded database (SQLite): outcomes by check, figures by name."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from harness.model.errors import RunStoreError
from harness.model.outcome import Outcome
from reports.verdicts_json import VerdictsFile

T = TypeVar("T")
VERSION = 1
_TABLES = """
create table run (id text primary key, started text not null, target text not null, release text not null,
  exit_code integer not null, complete integer not null, seconds real not null, flaw text not null);
create table outcome (run text not null references run on delete cascade, "check" text not null, name text not null,
  outcome text not null, primary key (run, "check"));
create table figure (run text not null references run on delete cascade, name text not null, value real not null,
  primary key (run, name));
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A run as it was kept. ``release`` is what it was called when it was added, or nothing."""

    id: str
    started: datetime
    target: str
    release: str
    exit_code: int
    complete: bool
    seconds: float
    flaw: str


class History:
    """The database, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, verdicts: VerdictsFile, release: str = "") -> None:
        """Adds a judged run; one that is there already is replaced."""
        run = verdicts.run
        with self._connection as writing:
            writing.execute("delete from run where id = ?", (run.id,))
            writing.execute(
                "insert into run values (?, ?, ?, ?, ?, ?, ?, ?)",
                (run.id, run.started.astimezone(UTC).isoformat(), run.target, release, int(verdicts.exit_code),
                 int(run.complete), run.seconds, run.flaw),
            )  # fmt: skip
            writing.executemany(
                "insert into outcome values (?, ?, ?, ?)",
                [(run.id, each.check, each.name, each.outcome.value) for each in verdicts.verdicts],
            )
            figures = {
                f"{each.check}.{name}": value
                for each in verdicts.verdicts
                for name, value in each.finding.figures.items()
            }
            writing.executemany(
                "insert into figure values (?, ?, ?)", [(run.id, *figure) for figure in figures.items()]
            )

    def runs(self, target: str = "", last: int | None = None) -> list[Kept]:
        """The runs (of a target), oldest first; the ``last`` so many of them."""
        rows = self._connection.execute(
            "select * from (select * from run where ? in ('', target) order by started desc, id desc limit ?)"
            " order by started, id",
            (target, -1 if last is None else last),
        )
        return [
            Kept(id, datetime.fromisoformat(started), target, release, code, bool(complete), seconds, flaw)
            for id, started, target, release, code, complete, seconds, flaw in rows
        ]

    def outcomes(self, runs: Sequence[Kept]) -> dict[str, list[Outcome | None]]:
        """By check with its name: the outcome in each of the runs, None where it was not judged."""
        rows = self._connection.execute("select run, \"check\" || ' ' || name, outcome from outcome order by 2")
        return _in_columns(rows, runs, Outcome)

    def figures(self, runs: Sequence[Kept]) -> dict[str, list[float | None]]:
        """By figure: its value in each of the runs, None where it has none."""
        return _in_columns(self._connection.execute("select run, name, value from figure order by name"), runs, float)


def _in_columns(
    rows: Iterable[tuple[str, str, Any]], runs: Sequence[Kept], read: Callable[[Any], T]
) -> dict[str, list[T | None]]:
    place = {run.id: at for at, run in enumerate(runs)}
    columns: dict[str, list[T | None]] = {}
    for run, name, value in rows:
        if run in place:
            columns.setdefault(name, [None] * len(runs))[place[run]] = read(value)
    return columns


@contextmanager
def opened(file: Path) -> Iterator[History]:
    """The history in a file, made where it is not there. Raises ``RunStoreError`` with its mend."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file)
    except (OSError, sqlite3.Error) as error:
        raise RunStoreError(f"{file} cannot be opened ({error}): name another file with --db.") from error
    try:
        connection.execute("pragma foreign_keys = on")
        _prepare(connection, file)
        yield History(connection)
    except sqlite3.Error as error:
        raise RunStoreError(f"{file} is no history of runs ({error}): name another file with --db.") from error
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    (version,) = connection.execute("pragma user_version").fetchone()
    if version == 0:
        connection.executescript(f"begin; {_TABLES} pragma user_version = {VERSION}; commit;")
    elif version != VERSION:
        raise RunStoreError(f"{file} was written by another version of the bench: keep it, and begin another.")
