"""The operator's commands beside ``serve``: each does one thing to the database and says so in one sentence."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError

from townhall.errors import SettingsError
from townhall.migrations import NOT_OPENED, bring_up_to_date, revisions
from townhall.operation import backup
from townhall.settings import Settings
from townhall.store import Store, open_engine


def migrate(settings: Settings) -> str:
    """Take the steps of the schema that are missing."""
    engine = open_engine(settings.database_url)
    try:
        changed = bring_up_to_date(engine)
    except OperationalError as error:
        raise _unreachable() from error
    finally:
        engine.dispose()
    return f"The database {'is now' if changed else 'was already'} at step {revisions()[-1]}."


def back_up(settings: Settings, file: Path) -> str:
    """Write a backup; the service may go on meanwhile."""
    engine = open_engine(settings.database_url)
    try:
        return f"{backup.backup(engine, file)} rows are in {file}."
    except OperationalError as error:
        raise _unreachable() from error
    finally:
        engine.dispose()


def restore(settings: Settings, file: Path, force: bool) -> str:
    """Put a backup in place of what the database holds; the service has to be stopped meanwhile."""
    engine = open_engine(settings.database_url)
    try:
        return f"{backup.restore(engine, file, force=force)} rows of {file} are in the database."
    except OperationalError as error:
        raise _unreachable() from error
    finally:
        engine.dispose()


def second_factor_off(settings: Settings, tenant: str, user: str) -> str:
    """Take a clerk's second factor off, for who has lost device and recovery codes; all sessions of theirs end."""
    store = Store(settings.database_url)
    try:
        if not store.drop_factor(tenant, user):
            raise SettingsError(f"The clerk {user} of {tenant} has no second factor: check both names.")
        store.end_sessions(tenant, user)
        store.audit(datetime.now(UTC), tenant, user, "second-factor-off")
    finally:
        store.close()
    return f"The second factor of {user} of {tenant} is off; the password alone opens the office now."


def _unreachable() -> SettingsError:
    return SettingsError(NOT_OPENED)
