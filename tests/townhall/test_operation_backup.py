"""A backup holds all, fits every database, and is refused when it is not whole or would overwrite something."""

import gzip
import json
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select

from tests.townhall.databases import KINDS, Databases
from townhall.__main__ import main
from townhall.operation.backup import BackupError, backup, restore
from townhall.store import Appointment, AuditEntry, Store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
# What a text column of both databases can hold: PostgreSQL knows no NUL, and UTF-8 no lone surrogates.
TEXTS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=40)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda when: when.replace(tzinfo=UTC))  # noqa: DTZ001 - Hypothesis wants them naive
APPOINTMENTS = st.lists(st.tuples(TEXTS, TEXTS, TIMES, st.booleans(), st.none() | st.integers(0, 99)), max_size=5)


@pytest.fixture
def open_store(make_databases: Callable[[str], Databases], tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Gives a function that opens a new database of a kind, with all tables."""
    stores: list[Store] = []

    def opened(kind: str) -> Store:
        stores.append(Store(make_databases(kind).fresh(tmp_path)))
        return stores[-1]

    yield opened
    for store in stores:
        store.close()


def fill(store: Store, appointments: list[tuple[str, str, datetime, bool, int | None]]) -> None:
    with store.session() as session:
        session.execute(delete(AuditEntry))
        session.execute(delete(Appointment))
        for number, (name, email, start, cancelled, token) in enumerate(appointments):
            words = {"service": "kita", "clerk": "haug", "lang": "de", "tenant": "winterbach", "kind": "video"}
            session.execute(
                insert(Appointment).values(
                    id=f"a{number}", name=name, email=email, start=start, end=start + timedelta(minutes=30),
                    cancelled=cancelled, token_hash=None if token is None else f"{token}-{number}", **words,
                )
            )  # fmt: skip
            session.add(
                AuditEntry(at=start, tenant="winterbach", who="haug", what="termine neu", appointment=f"a{number}")
            )


def content(engine: Engine) -> dict[str, list[object]]:
    with engine.connect() as connection:
        return {
            table.__tablename__: [tuple(row) for row in connection.execute(select(table).order_by(table.id))]
            for table in (Appointment, AuditEntry)
        }


@pytest.mark.parametrize(("source", "target"), [(a, b) for a in KINDS for b in KINDS])
def test_restored_database_is_the_one_that_was_backed_up(
    source: str, target: str, open_store: Callable[[str], Store], tmp_path: Path
) -> None:
    first, second, file = open_store(source), open_store(target), tmp_path / "backup"

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(APPOINTMENTS)
    def round_trip(appointments: list[tuple[str, str, datetime, bool, int | None]]) -> None:
        fill(first, appointments)
        rows = backup(first.engine, file)
        assert rows == 2 * len(appointments)
        assert restore(second.engine, file, force=True) == rows
        assert content(second.engine) == content(first.engine)

    round_trip()
    second.audit(NOW, "winterbach", "haug", "login")  # the numbering of entries goes on where the backup ended


def test_backup_is_its_owners_and_leaves_sessions_out(open_store: Callable[[str], Store], tmp_path: Path) -> None:
    store, file = open_store("sqlite"), tmp_path / "backup"
    file.touch(0o644)
    store.set_clerk("winterbach", "haug", "hash")
    store.keep_session("sid", "winterbach", "haug", datetime.now(UTC) + timedelta(hours=1), False)
    assert backup(store.engine, file) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup"]
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert [line[0] for line in lines[1:-1]] == ["clerk"]
    restore(store.engine, file, force=True)
    assert store.live_session("sid", datetime.now(UTC)) is None, "who was logged in then is not logged in now"


@pytest.mark.parametrize("kind", KINDS)
def test_filled_database_is_not_overwritten_unasked(
    kind: str, open_store: Callable[[str], Store], tmp_path: Path
) -> None:
    store, file = open_store(kind), tmp_path / "backup"
    backup(store.engine, file)
    store.set_clerk("winterbach", "haug", "hash")
    with pytest.raises(BackupError) as raised:
        restore(store.engine, file)
    assert str(raised.value) == ("The database is not empty (clerk): stop the service and add --force to replace it.")
    assert store.password_hash("winterbach", "haug") == "hash"
    restore(store.engine, file, force=True)
    assert store.password_hash("winterbach", "haug") is None


def test_damaged_backup_changes_nothing(open_store: Callable[[str], Store], tmp_path: Path) -> None:
    store, file, damaged = open_store("sqlite"), tmp_path / "backup", tmp_path / "damaged"
    store.set_clerk("winterbach", "haug", "hash")
    backup(store.engine, file)
    whole = file.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    bad = [whole[:length] for length in range(0, len(whole), 7)]
    bad += [gzip.compress(b"".join(lines[:1] + lines[2:])), gzip.compress(b"".join(lines).replace(b"haug", b"hauk"))]
    for data in bad:
        damaged.write_bytes(data)
        with pytest.raises(BackupError, match=r"^The file .*damaged is not a whole backup: take another one\.$"):
            restore(store.engine, damaged, force=True)
    assert store.password_hash("winterbach", "haug") == "hash"
    file.write_bytes(gzip.compress(b"".join(lines).replace(b'"0002"', b'"9999"', 1)))
    with pytest.raises(BackupError):
        restore(store.engine, file, force=True)


def test_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = (f"--database-url=sqlite:///{tmp_path}/{name}.db" for name in ("here", "there"))
    file = str(tmp_path / "backup")
    steps = [["migrate", here], ["migrate", here], ["backup", file, here], ["restore", file, there]]
    assert [main(step) for step in steps] == [0, 0, 0, 0]
    newest = capsys.readouterr().out.splitlines()
    assert newest[0].startswith("The database is now at step 0")
    assert newest[1].startswith("The database was already at step 0")
    assert newest[2:] == [f"0 rows are in {file}.", f"0 rows of {file} are in the database."]
    assert main(["restore", f"{file}.not", there]) == 2
    assert main(["second-factor-off", "winterbach", "haug", here]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"There is no backup {file}.not.",
        "The clerk haug of winterbach has no second factor: check both names.",
    ]
