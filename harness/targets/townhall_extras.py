"""How people use what the reference town hall's call page offers beside picture and sound, by its contract of ids."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Download, Error, Page

from harness.model.errors import TargetError
from harness.targets.protocol import Appointment
from harness.targets.townhall_journey import TownhallJourney
from harness.wait import PATIENCE, wait_until

_FIELDS = {"clerk": "notes", "citizen": "allergies"}  # long text fields of the form for the kindergarten
_INPUT = {"chat": "#chat-text", "caption": "#untertitel-text"}
_LOG = {"chat": "#chat-log", "caption": "#untertitel"}
# A live region by role or attribute (WAI-ARIA 1.2, 6.6.1), on the element or around it.
_LIVE = """(log) => {
  const region = log.closest('[aria-live], [role=log], [role=status], [role=alert]');
  return !!region && region.getAttribute('aria-live') !== 'off';
}"""
# Keeps the newest Blob for which the page asked an address.
_KEEP_SAVED = """() => {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.pruefstandSaved = blob; return make.call(URL, blob); };
}"""


class TownhallExtras:
    """Drives the call page of a town hall."""

    def __init__(self, journey: TownhallJourney) -> None:
        self._journey = journey

    def shares_screen(self, page: Page) -> None:
        """The browser of the bench picks what is shared by itself (see ``harness.browsers``)."""
        self._press(page, "#bildschirm", "true")

    def sees_screen(self, page: Page) -> None:
        """The shared screen is on the page and has a picture."""
        self._becomes(page, "#screen", "(video) => video.videoWidth > 0", "Appearance of the shared screen")

    def mutes(self, page: Page) -> None:
        """The button says afterwards that the microphone is off."""
        self._press(page, "#mikrofon", "true")

    def unmutes(self, page: Page) -> None:
        """The button says afterwards that the microphone is on."""
        self._press(page, "#mikrofon", "false")

    def opens_form(self, page: Page) -> None:
        """The clerk's button."""
        self._do(page, "#formular-oeffnen", "The form cannot be opened", lambda: page.click("#formular-oeffnen"))

    def begins_field(self, page: Page, party: str) -> None:
        """Clerk and citizen have a field each."""
        field = f"#formular [name={_FIELDS[party]}]"
        self._do(page, field, f"The {party} cannot write into the form", lambda: page.click(field))

    def field_of(self, page: Page, party: str) -> str:
        """What the field holds now."""
        return page.locator(f"#formular [name={_FIELDS[party]}]").first.input_value()

    def input_of(self, what: Literal["chat", "caption"]) -> str:
        """Both take a line and send it with Enter."""
        return _INPUT[what]

    def lines(self, page: Page, what: Literal["chat", "caption"]) -> str:
        """Everything in the log."""
        return page.locator(_LOG[what]).first.inner_text()

    def announces(self, page: Page, what: Literal["chat", "caption"]) -> bool:
        """Whether the log is a live region."""
        return bool(page.locator(_LOG[what]).first.evaluate(_LIVE))

    def shares_file(self, page: Page, file: Path) -> None:
        """Choosing a file shares it."""
        self._do(page, "#datei", "A file cannot be shared", lambda: page.set_input_files("#datei", file))

    def fetches_file(self, page: Page) -> bytes:
        """The button of the file that was offered last; the page downloads it when it is whole."""
        if page.context.browser is not None and page.context.browser.browser_type.name == "firefox":
            return self._saves_file(page)
        try:
            with page.expect_download(timeout=PATIENCE * 1000) as waiting:
                page.locator("#dateien [data-fetch]").last.click()
            download: Download = waiting.value
            return download.path().read_bytes()
        except Error as error:
            raise TargetError(f"The shared file cannot be fetched: {error.message.splitlines()[0]}") from error

    def _saves_file(self, page: Page) -> bytes:
        """Firefox tells Playwright nothing of downloads: what the page gives it to save is taken where it is given."""
        try:
            page.evaluate(_KEEP_SAVED)
            page.locator("#dateien [data-fetch]").last.click()
            page.wait_for_function("() => window.pruefstandSaved !== undefined", timeout=PATIENCE * 1000)
            return bytes(page.evaluate("async () => [...new Uint8Array(await window.pruefstandSaved.arrayBuffer())]"))
        except Error as error:
            raise TargetError(f"The shared file cannot be fetched: {error.message.splitlines()[0]}") from error

    def people(self, page: Page) -> tuple[str, ...]:
        """The list of people on the page."""
        roles = page.locator("#participants li[data-role]").evaluate_all("all => all.map(one => one.dataset.role)")
        return tuple(str(role) for role in roles)

    def invites(self, page: Page, tenant: str, appointment: str, name: str, mail: str) -> str:
        """The clerk's form in the call; the link comes by mail like the citizen's."""
        if not page.locator("details.guest").evaluate("details => details.open"):
            page.click("details.guest summary")
        page.fill("#gast-name", name)
        page.fill("#gast-email", mail)
        page.click("#gast-absenden")
        return self._journey.invitation(Appointment(appointment, tenant, name, mail)).link

    def guest_comes(self, page: Page, link: str) -> None:
        """The same three clicks as the citizen's."""
        self._journey.citizen_opens(page, link)
        self._journey.checks_devices(page)
        self._journey.joins(page)

    def admits_guest(self, page: Page) -> None:
        """By name, from the list of those who wait."""
        self._do(
            page,
            "#lobby [data-admit]",
            "The guest does not wait at the door",
            lambda: page.click("#lobby [data-admit]"),
        )

    def _press(self, page: Page, button: str, pressed: str) -> None:
        self._do(page, button, f"The button {button} cannot be pressed", lambda: page.click(button))
        self._becomes(page, button, f"(button) => button.ariaPressed === {pressed!r}", f"Change of the button {button}")

    def _becomes(self, page: Page, selector: str, condition: str, what: str) -> None:
        found = page.locator(selector).first
        try:
            wait_until(lambda: found.evaluate(condition), what, PATIENCE)
        except (Error, TargetError) as error:
            raise TargetError(f"{what} did not happen; the page says: {self._journey.message(page)}") from error

    def _do(self, page: Page, selector: str, complaint: str, action: Callable[[], None]) -> None:
        try:
            page.wait_for_selector(selector, timeout=PATIENCE * 1000, state="attached")
            action()
        except Error as error:
            raise TargetError(f"{complaint}: {error.message.splitlines()[0]}") from error
