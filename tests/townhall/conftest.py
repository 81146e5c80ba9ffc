"""A whole town hall in this process, with a real mail server and a scripted Janus around it."""

import asyncio
import email
import email.policy
import queue
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from argon2 import PasswordHasher
from websockets.sync.client import connect
from websockets.sync.server import serve
from websockets.typing import Subprotocol

from tests.townhall.browser_side import Browser, Dial
from tests.townhall.databases import KINDS, Databases, Sqlite, chosen_kind, is_chosen, postgresql
from tests.townhall.scripted_janus import ScriptedJanus
from townhall import logs
from townhall.app import build_app, build_hall, set_up_clerks
from townhall.hall import Hall
from townhall.settings import Settings

PASSWORD = "richtig-und-lang"
_PATIENCE = 60.0  # seconds, for what takes milliseconds where the machine has time
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # nobody is asked by TLS; its authorities take 50 ms to read


class Postbox:
    """Keeps what the mail server takes; ``refuse`` makes it refuse everything."""

    def __init__(self) -> None:
        self.mails: queue.Queue[EmailMessage] = queue.Queue()
        self.refuse = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        if self.refuse:
            return "451 not now"
        assert isinstance(envelope.content, bytes)
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.put(parsed)
        return "250 kept"

    def next(self) -> EmailMessage:
        return self.mails.get(timeout=_PATIENCE)


@dataclass
class Town:
    """A running town hall as the tests see it."""

    hall: Hall
    client: httpx.Client
    address: str
    post: Postbox
    janus: ScriptedJanus
    clock_file: Path
    log_file: Path

    def set_clock(self, seconds: float) -> None:
        """Move the town hall's clock away from real time."""
        unfinished = self.clock_file.with_suffix(".new")
        unfinished.write_text(str(seconds))
        unfinished.replace(self.clock_file)

    def csrf(self, path: str) -> str:
        """Return the token of the form on a page."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def log_in(self, tenant: str = "winterbach", user: str = "haug", password: str = PASSWORD) -> Any:
        path = f"/{tenant}/amt/anmelden"
        form = {"user": user, "password": password, "csrf": self.csrf(path)}
        return self.client.post(path, data=form, follow_redirects=False)

    def slots(self, tenant: str = "winterbach") -> list[str]:
        """Return the starts the booking form offers; the first is the running one."""
        page = self.client.get(f"/{tenant}/amt/termine/neu").text
        return re.findall(r'<option value="(\d{4}-[^"]+)"', page)

    def book(self, tenant: str = "winterbach", **changes: str) -> Any:
        """Send the booking form, filled in properly but for the changes."""
        path = f"/{tenant}/amt/termine/neu"
        form = {
            "name": "Erika Mustermann",
            "email": "erika.mustermann@example.org",
            "service": "kita",
            "slot": self.slots(tenant)[0],
            "lang": "de",
            "csrf": self.csrf(path),
        }
        return self.client.post(path, data=form | changes, follow_redirects=False)

    def appointment_ids(self, tenant: str = "winterbach") -> list[str]:
        return re.findall(r'data-appointment="([^"]+)"', self.client.get(f"/{tenant}/amt/termine").text)

    def invited(self) -> tuple[str, str]:
        """Log in, book for right now, and return (appointment id, path of the invitation)."""
        self.log_in()
        assert self.book().status_code == 303
        return self.appointment_ids()[0], invitation_path(self.post.next())

    def log(self) -> str:
        return self.log_file.read_text("utf-8")


def invitation_path(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://\S+?(/t/\S+)", body.get_content())
    assert found is not None
    return found[1]


class _Server(uvicorn.Server):
    """Tells another thread when it has started, and ends at once when told to: uvicorn's own loop looks ten times a
    second, and every test would wait for it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.has_started = threading.Event()

    async def main_loop(self) -> None:
        self._loop, self._told = asyncio.get_running_loop(), asyncio.Event()
        await self.on_tick(0)
        self.has_started.set()
        await self._told.wait()

    def end(self) -> None:
        """Ask it to end, from another thread."""
        self._loop.call_soon_threadsafe(self._told.set)


@contextmanager
def running(app: Any, listener: socket.socket) -> Iterator[None]:
    """Serve the application from a thread."""
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    assert server.has_started.wait(_PATIENCE)
    yield
    server.end()
    thread.join()


@pytest.fixture(autouse=True)
def fast_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow hashes are for attackers; here they would only slow the tests down."""
    fast = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("townhall.auth.PasswordHasher", lambda: fast)


@pytest.fixture
def post() -> Iterator[tuple[Postbox, int]]:
    postbox = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]  # aiosmtpd's controller cannot choose a free one by itself
    controller = Controller(postbox, hostname="127.0.0.1", port=port, server_hostname="post")
    controller.start()
    yield postbox, port
    controller.stop()


@pytest.fixture
def scripted_janus() -> Iterator[ScriptedJanus]:
    janus = ScriptedJanus()
    with serve(janus.talk, "127.0.0.1", 0, subprotocols=[Subprotocol("janus-protocol")]) as server:
        janus.url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield janus
        server.shutdown()
        for connection in janus.connections:
            connection.close()
        thread.join()


@pytest.fixture(scope="session")
def make_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Databases]]:
    """Gives the databases of a kind; PostgreSQL's server is started when the first test wants it."""
    with ExitStack() as stack:
        made: dict[str, Databases] = {}

        def make(kind: str) -> Databases:
            if kind not in made:
                sqlite = kind == "sqlite"
                made[kind] = Sqlite(tmp_path_factory.mktemp("model")) if sqlite else stack.enter_context(postgresql())
            return made[kind]

        yield make


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Files that say ON_BOTH run on both databases, where none is chosen: see ``chosen_kind``."""
    if getattr(metafunc.module, "ON_BOTH", False) and "databases" in metafunc.fixturenames and not is_chosen():
        metafunc.parametrize("databases", KINDS, indirect=True)


@pytest.fixture
def databases(make_databases: Callable[[str], Databases], request: pytest.FixtureRequest) -> Databases:
    """The databases of this test: SQLite, PostgreSQL if TOWNHALL_TEST_DATABASE says so, or what the test asks for."""
    return make_databases(getattr(request, "param", None) or chosen_kind())


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows."""
    address = databases.fresh(tmp_path)
    yield address
    databases.drop(address)


@pytest.fixture
def start_town(
    tmp_path: Path, database_url: str, post: tuple[Postbox, int], scripted_janus: ScriptedJanus
) -> Iterator[Callable[..., Town]]:
    """Gives a function that starts a town hall with the settings given, running until the test ends."""
    with ExitStack() as stack:

        def start(**settings: Any) -> Town:
            chosen: dict[str, Any] = {
                "database_url": database_url,
                "clock_file": tmp_path / "clock",
                "log_file": tmp_path / "town.log",
                "clerk_password": PASSWORD,
                "secret_key": "k" * 40,
                "smtp_port": post[1],
                "janus_url": scripted_janus.url,
                # Everybody here comes from one address; the tests of the limits set their own.
                **dict.fromkeys(("limit_logins", "limit_links", "limit_forms", "limit_joins"), 0),
            } | settings
            parsed = Settings(**chosen)
            logs.configure(parsed.log_file)
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            hall, janus = build_hall(parsed, address)
            set_up_clerks(hall)
            stack.enter_context(running(build_app(hall, janus), listener))
            client = httpx.Client(base_url=address, follow_redirects=True, timeout=30, verify=_NO_TLS)
            stack.enter_context(client)
            assert parsed.clock_file is not None
            assert parsed.log_file is not None
            return Town(hall, client, address, post[0], scripted_janus, parsed.clock_file, parsed.log_file)

        yield start
    logs.silence()


@pytest.fixture
def town(start_town: Callable[..., Town]) -> Town:
    return start_town()


@pytest.fixture
def appointment(town: Town) -> str:
    identifier, path = town.invited()
    town.client.get(path)
    return str(identifier)


@pytest.fixture
def dial(town: Town, appointment: str) -> Dial:
    """Gives a function that opens the WebSocket as somebody."""

    @contextmanager
    def opened(who: str = "clerk", identifier: str = "", **headers: str) -> Iterator[Browser]:
        names = {"clerk": "amt", "citizen": "termin", "nobody": "-"}
        cookie = "; ".join(f"{one.name}={one.value}" for one in town.client.cookies.jar if one.name == names[who])
        url = f"{town.address.replace('http', 'ws')}/api/call/{identifier or appointment}/ws?role={who}"
        with connect(url, additional_headers={"cookie": cookie, **headers}, open_timeout=_PATIENCE) as socket:
            yield Browser(socket)

    return opened
