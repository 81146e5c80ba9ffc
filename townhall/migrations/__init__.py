"""The database's schema by steps (Alembic): each start brings the database up to date, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from townhall.errors import SettingsError

NOT_OPENED = "The database cannot be opened; check database_url and the folder's rights."
FOLDER = Path(__file__).parent
# What a service before the first migration made by itself: such a database is taken over as if "0001" had made it.
_MADE_BEFORE = "0001"
_VERSIONS = "alembic_version"
_ADVISORY_LOCK = 0x7077_6E68  # any number that all our processes agree on


def revisions() -> list[str]:
    """Return the ids of all steps, first to last: what the names of their files begin with."""
    return sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """Return the last step that this database has taken, None for an empty one or one made before migrations."""
    if not inspect(connection).has_table(_VERSIONS):
        return None
    version: str | None = connection.scalar(text(f"SELECT version_num FROM {_VERSIONS}"))
    return version


def bring_up_to_date(engine: Engine, target: str = "") -> bool:
    """Take the steps that are missing, up to ``target`` or all; say whether there were any.

    Raises SettingsError for a database that a newer town hall has made: older code must not write to it.
    """
    known = revisions()
    target = target or known[-1]
    with _alone(engine), engine.connect() as connection:
        version = current(connection)
        if version == target:
            return False
        if version is not None and version not in known:
            raise SettingsError(
                f"The database is at step {version}, which this version does not know: start the newer version again, "
                "or restore a backup that this one made."
            )
        _take_steps(connection, version, target)
    return True


def _take_steps(connection: Connection, version: str | None, target: str) -> None:
    # Alembic takes a tenth of a second to load; a service whose database is up to date never needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    if version is None and inspect(connection).has_table("appointment"):
        command.stamp(config, _MADE_BEFORE)
        connection.commit()
    command.upgrade(config, target)
    connection.commit()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Let one process change the schema at a time; the others wait."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": _ADVISORY_LOCK})
            # Released with its connection, so a killed process holds nobody up. Idle in no transaction meanwhile.
            connection.commit()
            yield
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": _ADVISORY_LOCK})
            connection.commit()
    elif engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:"):
        # Before the first connection: two that make a new file use SQLite's WAL at once get in each other's way.
        with ExitStack() as stack:
            try:
                file = stack.enter_context(Path(f"{engine.url.database}.lock").open("w", encoding="utf-8"))
            except OSError as error:
                raise SettingsError(NOT_OPENED) from error
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        yield
