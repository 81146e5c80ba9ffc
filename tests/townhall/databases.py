"""A database for each test, SQLite or PostgreSQL: made once with all tables, then copied, which takes milliseconds."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from harness.provision.needs import find_program
from townhall.store import Store

KINDS = ("sqlite", "postgresql")
_PROGRAMS = "/usr/lib/postgresql"  # where Debian and Ubuntu put them, a folder a version, outside of everybody's PATH
_READY = "database system is ready to accept connections"


_CHOICE = "TOWNHALL_TEST_DATABASE"


def is_chosen() -> bool:
    """Say whether somebody chose one kind of database for all tests; else the files with ON_BOTH run on each."""
    return _CHOICE in os.environ


def chosen_kind() -> str:
    """Return the kind of database that all tests of the town hall run on: TOWNHALL_TEST_DATABASE, else SQLite."""
    kind = os.environ.get(_CHOICE, KINDS[0])
    assert kind in KINDS, f"{_CHOICE} is {kind}: choose one of {', '.join(KINDS)}"
    return kind


class Sqlite:
    """Gives each test a copy of one file."""

    def __init__(self, folder: Path) -> None:
        self._model = folder / "model.db"
        self._made = False

    def fresh(self, folder: Path) -> str:
        """Return the address of a database with all tables and no rows."""
        if not self._made:
            _make_tables(f"sqlite:///{self._model}")
            self._made = True
        for number in count():
            file = folder / ("town.db" if not number else f"town-{number}.db")
            if not file.exists():
                shutil.copyfile(self._model, file)
                return f"sqlite:///{file}"
        raise AssertionError

    def empty(self, folder: Path) -> str:
        """Return the address of a database without tables."""
        return f"sqlite:///{folder}/empty-{next(_numbers)}.db"

    def drop(self, address: str) -> None:
        """Leave the file to pytest, which keeps those of the last runs."""


class Postgresql:
    """A server of our own in a folder of its own, reached by a socket file that nobody else can reach."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model = ""
        self._engine = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")

    def fresh(self, folder: Path) -> str:
        """Return the address of a database with all tables and no rows."""
        if not self._model:
            self._model = self.empty(folder)
            _make_tables(self._model)
        return self._create(f"TEMPLATE {_name(self._model)} STRATEGY wal_log")

    def empty(self, folder: Path) -> str:
        """Return the address of a database without tables."""
        return self._create("")

    def _create(self, how: str) -> str:
        name = f"town{next(_numbers)}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} {how}"))
        return self._address(name)

    def drop(self, address: str) -> None:
        """Give its 8 MB back; whoever is still connected is thrown out."""
        with self._engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {_name(address)} WITH (FORCE)"))

    def close(self) -> None:
        """Leave the server."""
        self._engine.dispose()

    def _address(self, name: str) -> str:
        return f"postgresql+psycopg://town@/{name}?host={self._folder}"


_numbers = count()
Databases = Sqlite | Postgresql


def _name(address: str) -> str:
    return make_url(address).database or ""


def _make_tables(address: str) -> None:
    Store(address).close()


@contextmanager
def postgresql() -> Iterator[Postgresql]:
    """Run a PostgreSQL server; fails, never skips, without its programs: ./pruefstand test installs them."""
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    # Not in pytest's folder: nobody but its owner may enter that one, and the server is somebody else.
    folder = Path(tempfile.mkdtemp(prefix="pruefstand-postgresql-"))
    process: subprocess.Popen[str] | None = None
    try:
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        user = None if account is None else account.pw_uid
        data = folder / "data"
        make: list[str | Path] = [
            _program("initdb"),
            "-D",
            data,
            "-U",
            "town",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]
        subprocess.run(make, user=user, check=True, capture_output=True, cwd=folder)
        # What is left of its log cannot fill the pipe that is read no more once it is ready.
        quiet = ("log_min_messages=log", "log_checkpoints=off")
        hurry = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "autovacuum=off")
        options = [part for option in (*quiet, *hurry, f"unix_socket_directories={folder}") for part in ("-c", option)]
        process = subprocess.Popen(
            [_program("postgres"), "-D", data, *options],
            user=user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_end_with_parent,
        )
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if _READY in line:
                break
        else:
            raise AssertionError(f"PostgreSQL did not start: {''.join(said[-5:])}")
        with closing(Postgresql(folder)) as databases:
            yield databases
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # fast: it waits for nobody who is still connected, as SIGTERM would
            process.communicate(timeout=20)
        shutil.rmtree(folder)


def _end_with_parent() -> None:
    """Let the kernel end the server when pytest is killed (Linux: PR_SET_PDEATHSIG; runs after the change of user)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _program(name: str) -> Path:
    versions = sorted(Path(_PROGRAMS).glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = find_program(name)
    if not versions and found is None:
        raise AssertionError("PostgreSQL is missing: `./pruefstand test` installs it (package postgresql).")
    return versions[-1] if versions else Path(str(found))
