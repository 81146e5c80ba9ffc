"""Real browsers with a canary for a camera, one a party, instrumented before the first page loads."""

import os
import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Route,
    WebSocket,
    WebSocketRoute,
    sync_playwright,
)

from harness.model.errors import ProvisionError
from harness.provision.needs import find
from harness.vantage.http import HttpTap
from harness.vantage.instrument import OBSERVER_PATH, WORKER_MARK, observer_script, page_script, worker_prologue
from harness.vantage.tapped import Tapped
from harness.vantage.websocket import WebSocketTap

CHROMIUM_ARGUMENTS = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
    "--use-fake-device-for-media-stream",
)
STATE = Path(__file__).resolve().parents[1] / ".pruefstand"  # where the launcher keeps what it installed


@dataclass(slots=True)
class Person:
    """A party with an own browser: pages, and everything that was heard of them."""

    party: str
    browser: Browser
    context: BrowserContext
    page: Page
    tapped: Tapped
    http: HttpTap
    websockets: WebSocketTap
    blocks_workers: bool = False

    def withhold_messages(self, withheld: Callable[[str], bool]) -> None:
        """Drops WebSocket messages of this party's page, in both directions; call it before the page connects."""

        def relay(page_side: WebSocketRoute) -> None:
            server_side = page_side.connect_to_server()
            page_side.on_message(lambda message: _pass_on(message, withheld, server_side))
            server_side.on_message(lambda message: _pass_on(message, withheld, page_side))

        self.page.route_web_socket("**/*", relay)

    def close(self) -> None:
        """Closes the pages of this call; the browser stays for the next."""
        self.context.close()


@dataclass(slots=True)
class Browsers:
    """One browser process a party, started once and used for every call of a run."""

    headed: bool = False
    name: str = "chromium"
    _stack: ExitStack = field(default_factory=ExitStack)
    _playwright: Playwright | None = None
    _browsers: dict[str, Browser] = field(default_factory=dict)

    def __enter__(self) -> "Browsers":
        try:
            self._playwright = self._stack.enter_context(sync_playwright())
        except OSError as error:
            raise ProvisionError(f"Playwright did not start ({error.strerror}): run './pruefstand doctor'.") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for browser in self._browsers.values():
            browser.close()
        self._browsers.clear()
        self._stack.close()

    def version(self) -> str:
        """Name and version of the browser in use."""
        started = next(iter(self._browsers.values()), None)
        return f"{self.name} {started.version}" if started else self.name

    def start(self, party: str, *, camera: Path, microphone: Path) -> Browser:
        """The browser of a party, with canary files for devices. Raises ``ProvisionError`` when it does not start."""
        if party in self._browsers:
            return self._browsers[party]
        if self._playwright is None:
            raise ProvisionError("The browsers are used before they were opened: this is an error of the bench.")
        arguments = [
            *CHROMIUM_ARGUMENTS,
            f"--use-file-for-fake-video-capture={camera}",
            f"--use-file-for-fake-audio-capture={microphone}",
        ]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium refuses to sandbox for root
        try:
            browser = self._playwright.chromium.launch(
                executable_path=find(self.name, STATE), headless=not self.headed, args=arguments
            )
        except Error as error:
            reason = error.message.splitlines()[0]
            raise ProvisionError(
                f"The browser {self.name} did not start ({reason}): run './pruefstand doctor'."
            ) from error
        self._browsers[party] = browser
        return browser

    def person(self, party: str, *, devices: bool = True) -> Person:
        """A fresh, instrumented context for a party; ``devices`` says whether it allows camera and microphone."""
        browser = self._browsers[party]
        context = browser.new_context(locale="de-DE", permissions=["camera", "microphone"] if devices else [])
        context.set_default_timeout(15_000)
        person = Person(party, browser, context, context.new_page(), Tapped(), HttpTap(), WebSocketTap())
        _instrument(person)
        return person


def _instrument(person: Person) -> None:
    context, page = person.context, person.page
    context.expose_binding("pruefstandReport", lambda _source, text: person.tapped.take(text))
    context.add_init_script(page_script())
    context.route(re.compile(f"{re.escape(OBSERVER_PATH)}$"), _serve_observer)
    context.route(re.compile(f"[?&]{WORKER_MARK}=1"), _router(person))
    page.on("request", lambda request: person.http.request(request))
    page.on("requestfinished", lambda request: person.http.finished(request))
    page.on("websocket", _websocket_listener(person))


def _pass_on(message: str | bytes, withheld: Callable[[str], bool], to: WebSocketRoute) -> None:
    if isinstance(message, bytes) or not withheld(message):
        to.send(message)


def _websocket_listener(person: Person) -> Callable[[WebSocket], None]:
    def heard(socket: WebSocket) -> None:
        person.websockets.opened(socket.url)
        socket.on("framesent", lambda payload: person.websockets.sent(payload))
        socket.on("framereceived", lambda payload: person.websockets.received(payload))

    return heard


def _serve_observer(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body=observer_script())


def _router(person: Person) -> Callable[[Route], None]:
    def route(route: Route) -> None:
        if person.blocks_workers:
            route.abort()
            return
        response = route.fetch(url=_without_mark(route.request.url))
        route.fulfill(response=response, body=worker_prologue() + response.text())

    return route


def _without_mark(url: str) -> str:
    return url.replace(f"?{WORKER_MARK}=1", "").replace(f"&{WORKER_MARK}=1", "")
