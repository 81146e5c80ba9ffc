"""What a deployment still keeps: a deleted row that can still be read is not deleted."""

import sqlite3
from pathlib import Path

from harness.targets.protocol import Observables
from harness.vantage.kept import kept_of

NAME = "Walburga Vergissmein"


def booked(file: Path, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE appointment (name TEXT)")
    connection.execute("INSERT INTO appointment VALUES (?)", (NAME,))
    connection.commit()
    return connection


def count(file: Path) -> int:
    return kept_of(Observables(databases={"hall": file}), [NAME])["database"]


def test_a_name_in_the_journal_counts_too(tmp_path: Path) -> None:
    connection = booked(tmp_path / "hall.sqlite", "journal_mode=WAL")
    assert NAME.encode() not in (tmp_path / "hall.sqlite").read_bytes()
    assert count(tmp_path / "hall.sqlite") == 1
    connection.close()


def test_a_deleted_row_that_can_still_be_read_is_still_there(tmp_path: Path) -> None:
    connection = booked(tmp_path / "hall.sqlite", "secure_delete=OFF")
    connection.execute("DELETE FROM appointment")
    connection.commit()
    assert count(tmp_path / "hall.sqlite") == 1
    connection.close()


def test_an_overwritten_row_is_gone(tmp_path: Path) -> None:
    connection = booked(tmp_path / "hall.sqlite", "secure_delete=ON")
    connection.execute("DELETE FROM appointment")
    connection.commit()
    assert count(tmp_path / "hall.sqlite") == 0
    connection.close()


def test_recordings_of_any_appointment_count(tmp_path: Path) -> None:
    (tmp_path / "a-citizen-0-audio-0.mjr").touch()
    (tmp_path / "notes.txt").touch()
    assert kept_of(Observables(recordings=tmp_path), [NAME]) == {"database": 0, "recordings": 1}
