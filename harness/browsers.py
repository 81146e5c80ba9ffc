"""Real browsers with a canary for a camera, one a party, instrumented before the first page loads."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

import psutil
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Playwright,
    Route,
    sync_playwright,
)

from harness.deadline import Deadline, end_below
from harness.driver_pipe import driver_of, widen
from harness.engines import Engine, engine_of, launch
from harness.media.canary import Canaries
from harness.media.document import SIZE as DOCUMENT_SIZE
from harness.media.scene import TALL
from harness.model.errors import ProvisionError, TargetError
from harness.person import Person, instrument
from harness.vantage.devices import FILM_PATH, PAGE_PATH, VOICE_PATH, Devices, Look
from harness.vantage.http import HttpTap
from harness.vantage.instrument import (
    codec_script,
    devices_script,
    series_script,
)
from harness.vantage.tapped import Tapped
from harness.vantage.websocket import WebSocketTap
from harness.wait import PATIENCE

CAMERA = Look(640, 360, 20)  # as the film of the canary is drawn
SCREEN = Look(960, 540, 8)
DOCUMENT = Look(*DOCUMENT_SIZE, 5)
WATCHED = Look(640, 360, 25)  # above the 20 that EN 301 549 (6.5.3) wants, below what two cores cannot carry
# The size that EN 301 549 (6.5.2) recommends; its 30 a second (6.5.3) are too much for two cores (docs/quality.md).
MEASURED = Look(640, TALL, 25)
CLOSING = 60.0  # seconds that browsers may take to close
Through = Callable[[str], Path]  # from a browser's program to one that starts it on another host
STATE = Path(__file__).resolve().parents[1] / ".pruefstand"  # where the launcher keeps what it installed


@dataclass(slots=True)
class Browsers:
    """One browser process a party, started once and used for every call of a run."""

    headed: bool = False
    name: str = "chromium"
    consent: Mapping[str, str] = field(default_factory=dict)  # device -> selector of the button that agrees to it
    lock: str = ""  # selector of what is to be seen while a page says that the call is encrypted
    hosts: Mapping[str, Through] = field(default_factory=dict)  # party -> how its browser gets onto a host of its own
    _stack: ExitStack = field(default_factory=ExitStack)
    _playwright: Playwright | None = None
    _browsers: dict[tuple[str, Engine, bool], Browser] = field(default_factory=dict)
    _canaries: Canaries | None = None
    _driver: psutil.Process | None = None
    _deadlines: list[Deadline] = field(default_factory=list)

    def __enter__(self) -> "Browsers":
        try:
            manager = sync_playwright()
            self._playwright = self._stack.enter_context(manager)
        except OSError as error:
            raise ProvisionError(f"Playwright did not start ({error.strerror}): run './pruefstand doctor'.") from error
        widen(manager)
        self._driver = driver_of(manager)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with Deadline(CLOSING, self._end):
            self._forget()
        self._stack.close()

    @contextmanager
    def within(self, seconds: float) -> Iterator[Deadline]:
        """A block of so many seconds at most: then every browser is ended and none is started, until the block is left.

        What waits for a page in it raises Playwright's ``Error``. Afterwards browsers are started anew; people from
        before are gone with theirs. Such blocks may stand in each other.
        """
        deadline = Deadline(seconds, self._end)
        self._deadlines.append(deadline)
        try:
            with deadline:
                yield deadline
        finally:
            self._deadlines.remove(deadline)
            if deadline.over:
                self._forget()  # not every one may have been heard to end

    def _end(self) -> int:
        """From any thread."""
        return end_below(self._driver)

    def _forget(self) -> None:
        for browser in self._browsers.values():
            with suppress(Error):
                browser.close()
        self._browsers.clear()

    def version(self) -> str:
        """Names and versions of the browsers in use."""
        started = {f"{engine} {browser.version}" for (_, engine, _), browser in self._browsers.items()}
        return ", ".join(sorted(started)) or self.name

    def start(self, party: str, canaries: Canaries) -> Browser:
        """The browser of a party, with canaries for devices. Raises ``ProvisionError`` when it does not start."""
        self._canaries = canaries
        return self._browser(party, engine_of(self.name, party))

    def _browser(self, party: str, engine: Engine, udp: bool = True) -> Browser:
        started = self._browsers.get((party, engine, udp))
        if started is not None and started.is_connected():  # one that has crashed is started anew
            return started
        if self._playwright is None or self._canaries is None:
            raise ProvisionError("The browsers are used before they were opened: this is an error of the bench.")
        if any(deadline.over for deadline in self._deadlines):
            raise TargetError(f"The time is over: no browser is started for the {party} any more.")
        canaries = self._canaries
        try:
            browser = launch(
                self._playwright, engine, STATE,
                headed=self.headed, camera=canaries.camera(party), microphone=canaries.voice(party), udp=udp,
                through=self.hosts.get(party),
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
        instrument(person, self.consent, self.lock)
        return person

    def watcher(self, party: str, camera: Look = WATCHED) -> Person:
        """A person at whose glass is measured: no taps slow the page, and the moments of what it sends are known.

        It is always Chromium: Firefox runs no audio graph where there is no sound card.
        """
        devices = replace(self._devices(party), camera=camera, screen=SCREEN)
        return self._enter(party, "chromium", devices, devices_script(devices, "glass"))

    def measured(self, party: str, camera: Look = MEASURED, *, page: Path | None = None) -> Person:
        """A person whose whole call is measured: every picture and every half second of sound bear a mark.

        ``page`` is what the person's screen shows when it is shared (see ``harness.media.document.write_page``).

        No taps slow the page. ``harness.glass_series`` fetches what the page notes. Always Chromium, as ``watcher``.
        """
        made = self._devices(party, tall=4 * camera.height == 3 * camera.width)
        devices = replace(made, camera=camera, screen=DOCUMENT if page else SCREEN, page=page)
        return self._enter(party, "chromium", devices, series_script(devices), bypasses_csp=True)

    def unmeasured(self, party: str, camera: Look = MEASURED) -> Person:
        """As ``measured``, with nothing measured: beside it measuring is seen to cost what it costs."""
        made = self._devices(party, tall=4 * camera.height == 3 * camera.width)
        devices = replace(made, camera=camera, screen=SCREEN)
        return self._enter(party, "chromium", devices, devices_script(devices, "idle"))

    def program_of(self, party: str) -> str:
        """A part of the command line by which the party's browser is found among this process' children."""
        if self._canaries is None:
            raise ProvisionError("A browser is looked for before it was started: this is an error of the bench.")
        return str(self._canaries.camera(party))

    def _enter(
        self,
        party: str,
        engine: Engine,
        made: Devices,
        script: str = "",
        *,
        devices: bool = True,
        udp: bool = True,
        bypasses_csp: bool = False,
    ) -> Person:
        browser = self._browser(party, engine, udp)
        context = browser.new_context(
            locale="de-DE", permissions=["camera", "microphone"] if devices else [], bypass_csp=bypasses_csp
        )
        context.set_default_timeout(1000 * PATIENCE)
        context.add_init_script(script or devices_script(made))
        _serve_devices(context, made)
        sockets = WebSocketTap()
        return Person(party, browser, context, context.new_page(), Tapped(websockets=sockets), HttpTap(), sockets)

    def _devices(self, party: str, *, tall: bool = False) -> Devices:
        if self._canaries is None:
            raise ProvisionError("A person comes before the browsers were started: this is an error of the bench.")
        film = self._canaries.tall_film(party) if tall else self._canaries.film(party)
        return Devices(film=film, voice=self._canaries.voice(party))


def _serve_devices(context: BrowserContext, devices: Devices) -> None:
    for path, file, kind in (
        (FILM_PATH, devices.film, "application/octet-stream"),
        (VOICE_PATH, devices.voice, "audio/wav"),
        (PAGE_PATH, devices.page, "application/octet-stream"),
    ):
        if file:
            context.route(re.compile(f"{re.escape(path)}$"), _serving(file, kind))


def _serving(file: Path, kind: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(content_type=kind, body=file.read_bytes())
