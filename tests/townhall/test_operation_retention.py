"""What is no longer needed is gone, soon after its time; what is needed stays."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text

from tests.townhall.conftest import Town
from tests.townhall.databases import KINDS
from townhall.operation.retention import Retention
from townhall.store import Appointment, AuditEntry, Base

on_both = pytest.mark.parametrize("databases", KINDS, indirect=True)
DAY = 24 * 3600


def eventually(happened: Callable[[], bool], seconds: float) -> bool:
    """Wait until something has happened; the town hall does not tell, so it is looked at."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def texts(town: Town) -> str:
    """Return all that the database holds, as text."""
    engine = town.hall.store.engine
    with engine.connect() as connection:
        return " ".join(
            str(tuple(row))
            for table in inspect(engine).get_table_names()
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        )


@on_both
def test_everything_about_an_appointment_is_gone_in_time(town: Town) -> None:
    identifier, _ = town.invited()
    town.client.get(f"/winterbach/amt/termine/{identifier}/anruf")
    with town.hall.store.session() as session:
        token = session.scalars(select(Appointment.token_hash)).one()
    held = texts(town)
    for secret in ("Erika", "erika.mustermann@example.org", str(token), identifier):
        assert secret in held
    town.set_clock(29 * DAY)
    town.hall.store.audit(town.hall.clock.now(), "winterbach", "haug", "login")
    assert not eventually(lambda: "Erika" not in texts(town), 1.2), "not before its time"
    town.set_clock(31 * DAY)
    assert eventually(lambda: identifier not in texts(town), 2), "within two seconds"
    left = texts(town)
    for secret in ("Erika", "example.org", str(token)):
        assert secret not in left
    assert "termine neu" in left, "that somebody booked something stays in the audit trail"
    assert eventually(lambda: '"event": "retention", "appointments": 1, "recordings": 0' in town.log(), 2)
    assert "townhall_appointments_deleted_total 1.0" in town.client.get("/metrics").text


def test_retention_can_be_set_and_the_audit_trail_ends_later(start_town: Callable[..., Town]) -> None:
    town = start_town(retention_days=1, audit_days=3)
    town.invited()
    town.set_clock(2 * DAY)
    assert eventually(lambda: "Erika" not in texts(town), 2)
    assert "termine neu" in texts(town)
    town.set_clock(3 * DAY + 60)
    assert eventually(lambda: "termine neu" not in texts(town), 2)


def test_old_recordings_go_and_nothing_else_in_their_folder(start_town: Callable[..., Town], tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    files: dict[str, Any] = {"a-citizen-0-video-0.mjr": 40, "a-citizen-0-audio-0.mjr": 29, "notes.txt": 40}
    for name, age in files.items():
        (folder / name).touch()
        os.utime(folder / name, (time.time() - age * DAY,) * 2)
    start_town(record_dir=folder)
    assert eventually(lambda: len(list(folder.iterdir())) == 2, 2)
    assert sorted(path.name for path in folder.iterdir()) == ["a-citizen-0-audio-0.mjr", "notes.txt"]


def test_ended_sessions_are_forgotten(town: Town) -> None:
    town.log_in()
    store, past = town.hall.store, datetime.now(UTC) - timedelta(seconds=1)
    store.keep_session("old", "winterbach", "haug", past, False)
    Retention(town.hall).clean(town.hall.clock.now())
    assert "live_session" in Base.metadata.tables
    with store.session() as session:
        assert session.execute(text("SELECT count(*) FROM live_session")).scalar() == 1
    assert town.client.get("/winterbach/amt/termine").status_code == 200


def test_figures_are_taken_before_and_traces_after_the_deletion(town: Town) -> None:
    town.invited()
    seen: list[tuple[str, bool]] = []

    def hook(name: str) -> Callable[[datetime], None]:
        return lambda now: seen.append((name, "Erika" in texts(town)))

    retention = Retention(town.hall, [hook("before")], [hook("after")])
    retention.clean(town.hall.clock.now() + timedelta(days=31))
    assert seen == [("before", True), ("after", False)]


def test_many_appointments_go_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("townhall.operation.retention._AT_ONCE", 3)
    now = town.hall.clock.now()
    words = {"service": "kita", "clerk": "haug", "lang": "de", "tenant": "winterbach", "kind": "video"}
    with town.hall.store.session() as session:
        for days in range(20, 40):
            end = now - timedelta(days=days, minutes=1)
            session.add(Appointment(name="E", email="e@example.org", start=end, end=end, **words))
    Retention(town.hall).clean(now)
    with town.hall.store.session() as session:
        assert len(session.scalars(select(Appointment.id)).all()) == 10


@pytest.mark.parametrize("change", ["changed", "deleted"])
def test_audit_entry_is_not_changed_by_the_way(town: Town, change: str) -> None:
    town.hall.store.audit(datetime.now(UTC), "winterbach", "haug", "login")

    def meddle() -> None:
        with town.hall.store.session() as session:
            entry = session.scalars(select(AuditEntry)).one()
            if change == "deleted":
                session.delete(entry)
            entry.who = "somebody else"

    with pytest.raises(TypeError, match="An entry of the audit trail is not changed and not taken back"):
        meddle()
    assert town.hall.store.audit_trail("winterbach", 1)[0].who == "haug"
