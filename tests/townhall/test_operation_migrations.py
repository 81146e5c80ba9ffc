"""The schema goes by steps: the same as the models, from every earlier state, and by one process at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from tests.townhall.databases import KINDS, Databases
from townhall import migrations
from townhall.errors import SettingsError
from townhall.store import Base, open_engine

on_both = pytest.mark.parametrize("databases", KINDS, indirect=True)


@pytest.fixture
def empty(databases: Databases, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Gives the way to one database without tables, as often as wanted."""
    address = databases.empty(tmp_path)
    engines: list[Engine] = []

    def opened() -> Engine:
        engines.append(open_engine(address))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.dispose()


@contextmanager
def comparing(engine: Engine) -> Iterator[MigrationContext]:
    with engine.connect() as connection:
        yield MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})


@on_both
def test_steps_lead_to_the_models(empty: Callable[[], Engine]) -> None:
    engine = empty()
    assert migrations.bring_up_to_date(engine)
    with comparing(engine) as context:
        difference = compare_metadata(context, Base.metadata)
    assert difference == [], "run python -m townhall.operation.new_migration"
    assert not migrations.bring_up_to_date(engine), "the second time there is nothing to do"


@on_both
def test_database_from_before_the_steps_keeps_its_rows(empty: Callable[[], Engine]) -> None:
    engine = empty()
    migrations.bring_up_to_date(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))  # as a service without migrations made it
        connection.execute(
            text(
                "INSERT INTO appointment VALUES ('a1', 'winterbach', 'haug', 'kita', 'Erika', 'e@example.org', 'de',"
                " '2026-11-02 09:00:00', '2026-11-02 09:30:00', 'sent', 'hash')"
            )
        )
        connection.execute(text("INSERT INTO clerk VALUES ('winterbach', 'haug', 'x')"))
    assert migrations.bring_up_to_date(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, name, token_hash FROM appointment")).all() == [
            ("a1", "Erika", "hash")
        ]
        assert connection.scalar(text("SELECT count(*) FROM clerk")) == 1
        assert migrations.current(connection) == migrations.revisions()[-1]
    with comparing(engine) as context:
        assert compare_metadata(context, Base.metadata) == []


@on_both
def test_database_of_a_newer_town_hall_is_left_alone(empty: Callable[[], Engine]) -> None:
    engine = empty()
    migrations.bring_up_to_date(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SettingsError) as raised:
        migrations.bring_up_to_date(engine)
    assert str(raised.value) == (
        "The database is at step 9999, which this version does not know: start the newer version again, "
        "or restore a backup that this one made."
    )


@on_both
def test_two_services_that_start_at_once_do_not_both_migrate(empty: Callable[[], Engine]) -> None:
    engines = [empty() for _ in range(3)]
    changed: list[bool] = []
    threads = [
        threading.Thread(target=lambda engine=engine: changed.append(migrations.bring_up_to_date(engine)))
        for engine in engines
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(changed) == [False, False, True]
    assert inspect(engines[0]).has_table("audit")


def test_names_of_the_files_are_the_order_of_the_steps() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    steps = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert migrations.revisions() == steps[::-1]
