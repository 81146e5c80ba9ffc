"""Real browsers with a canary for a camera, one a party, instrumented before the first page loads."""

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
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

from harness.engines import Engine, engine_of, launch
from harness.media.canary import Canaries
from harness.model.errors import ProvisionError
from harness.vantage.devices import FILM_PATH, VOICE_PATH, Devices, Look
from harness.vantage.http import HttpTap
from harness.vantage.instrument import (
    OBSERVER_PATH,
    WORKER_MARK,
    codec_script,
    devices_script,
    observer_script,
    page_script,
    worker_prologue,
)
from harness.vantage.tapped import Tapped
from harness.vantage.websocket import WebSocketTap

CAMERA = Look(640, 360, 20)  # as the film of the canary is drawn
SCREEN = Look(960, 540, 8)
MEASURED = Look(640, 360, 25)  # above the 20 that EN 301 549 (6.5.3) wants, below what two cores cannot carry
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
    in_front_of_workers: list[str] = field(default_factory=list)  # scripts of the bench, beside the tap

    def withhold_messages(self, withheld: Callable[[str], bool]) -> None:
        """Drops WebSocket messages of this party's page, in both directions; call it before the page connects."""

        def relay(page_side: WebSocketRoute) -> None:
            server_side = page_side.connect_to_server()
            page_side.on_message(lambda message: _pass_on(message, withheld, server_side))
            server_side.on_message(lambda message: _pass_on(message, withheld, page_side))

        self.page.route_web_socket("**/*", relay)

    def flush(self) -> None:
        """Fetches what the page still holds back; a page that is closed or navigating holds nothing."""
        with suppress(Error):
            self.page.evaluate("typeof pruefstandBench === 'object' && pruefstandBench.flush()")

    def close(self) -> None:
        """Closes the pages of this call; the browser stays for the next."""
        self.context.close()


@dataclass(slots=True)
class Browsers:
    """One browser process a party, started once and used for every call of a run."""

    headed: bool = False
    name: str = "chromium"
    consent: Mapping[str, str] = field(default_factory=dict)  # device -> selector of the button that agrees to it
    lock: str = ""  # selector of what is to be seen while a page says that the call is encrypted
    _stack: ExitStack = field(default_factory=ExitStack)
    _playwright: Playwright | None = None
    _browsers: dict[tuple[str, Engine, bool], Browser] = field(default_factory=dict)
    _canaries: Canaries | None = None

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
        """Names and versions of the browsers in use."""
        started = {f"{engine} {browser.version}" for (_, engine, _), browser in self._browsers.items()}
        return ", ".join(sorted(started)) or self.name

    def start(self, party: str, canaries: Canaries) -> Browser:
        """The browser of a party, with canaries for devices. Raises ``ProvisionError`` when it does not start."""
        self._canaries = canaries
        return self._browser(party, engine_of(self.name, party))

    def _browser(self, party: str, engine: Engine, udp: bool = True) -> Browser:
        if (party, engine, udp) in self._browsers:
            return self._browsers[party, engine, udp]
        if self._playwright is None or self._canaries is None:
            raise ProvisionError("The browsers are used before they were opened: this is an error of the bench.")
        canaries = self._canaries
        try:
            browser = launch(
                self._playwright, engine, STATE,
                headed=self.headed, camera=canaries.camera(party), microphone=canaries.voice(party), udp=udp,
            )  # fmt: skip
        except Error as error:
            reason = error.message.splitlines()[0]
            raise ProvisionError(
                f"The browser {engine} did not start ({reason}): run './pruefstand doctor'."
            ) from error
        self._browsers[party, engine, udp] = browser
        return browser

    def person(self, party: str, *, devices: bool = True, udp: bool = True, codec: str = "") -> Person:
        """A fresh, instrumented context for a party; ``devices`` says whether it allows camera and microphone.

        Without ``udp`` its browser is one whose WebRTC sends nothing by UDP. A ``codec`` (``video/VP8``) is the only
        one of its kind that its pages find in the browser.
        """
        engine = engine_of(self.name, party)
        made = self._devices(party)
        if engine == "firefox":  # whose fake devices play no files, and whose question nobody would answer
            made = replace(made, allowed=devices, camera=CAMERA, screen=SCREEN)
        person = self._enter(party, engine, made, devices=devices, udp=udp)
        if codec:
            person.context.add_init_script(codec_script(codec))
        _instrument(person, self.consent, self.lock)
        return person

    def watcher(self, party: str, camera: Look = MEASURED) -> Person:
        """A person at whose glass is measured: no taps slow the page, and the moments of what it sends are known.

        It is always Chromium: Firefox runs no audio graph where there is no sound card.
        """
        return self._enter(party, "chromium", replace(self._devices(party), camera=camera, screen=SCREEN), "glass")

    def _enter(
        self, party: str, engine: Engine, made: Devices, *scripts: str, devices: bool = True, udp: bool = True
    ) -> Person:
        browser = self._browser(party, engine, udp)
        context = browser.new_context(locale="de-DE", permissions=["camera", "microphone"] if devices else [])
        context.set_default_timeout(15_000)
        context.add_init_script(devices_script(made, *scripts))
        _serve_devices(context, made)
        sockets = WebSocketTap()
        return Person(party, browser, context, context.new_page(), Tapped(websockets=sockets), HttpTap(), sockets)

    def _devices(self, party: str) -> Devices:
        if self._canaries is None:
            raise ProvisionError("A person comes before the browsers were started: this is an error of the bench.")
        return Devices(film=self._canaries.film(party), voice=self._canaries.voice(party))


def _serve_devices(context: BrowserContext, devices: Devices) -> None:
    for path, file, kind in (
        (FILM_PATH, devices.film, "application/octet-stream"),
        (VOICE_PATH, devices.voice, "audio/wav"),
    ):
        if file:
            context.route(re.compile(f"{re.escape(path)}$"), _serving(file, kind))


def _serving(file: Path, kind: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type=kind, body=file.read_bytes())


def _instrument(person: Person, consent: Mapping[str, str], lock: str) -> None:
    context, page = person.context, person.page
    context.expose_binding("pruefstandReport", lambda _source, text: person.tapped.take(text))
    blind = person.browser.browser_type.name == "firefox"  # its remote control tells nothing of WebSockets
    context.add_init_script(page_script(consent, lock=lock, reports_sockets=blind))
    context.route(re.compile(f"{re.escape(OBSERVER_PATH)}$"), _serve_observer)
    context.route(re.compile(f"[?&]{WORKER_MARK}=1"), _router(person))
    page.on("request", lambda request: person.http.request(request))
    page.on("requestfinished", lambda request: person.http.finished(request))
    if not blind:
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
        route.fulfill(response=response, body=worker_prologue(*person.in_front_of_workers) + response.text())

    return route


def _without_mark(url: str) -> str:
    return url.replace(f"?{WORKER_MARK}=1", "").replace(f"&{WORKER_MARK}=1", "")
