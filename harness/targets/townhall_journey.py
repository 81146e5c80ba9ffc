"""How people use the reference town hall: its pages, by their contract (ids and data attributes), step by step."""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

from harness.model.errors import TargetError
from harness.targets.pages import Keys, Sight, Trespass
from harness.targets.protocol import AgreementStep, Appointment
from harness.targets.townhall_crossings import attempt, trespasses
from harness.targets.townhall_keyboard import by_keyboard
from harness.targets.townhall_pages import sights
from harness.wait import PATIENCE, wait_until

_LOOK = 2.0  # seconds for one try: a page may end the call while the button is looked for
_REMEMBER = """() => {
  const main = document.querySelector("main");
  window.pruefstandStates = [];
  new MutationObserver(() => pruefstandStates.push(main.dataset.callState))
    .observe(main, { attributeFilter: ["data-call-state"] });
}"""


class TownhallJourney:
    """Drives the pages of a town hall at ``base_url``; ``mails`` is where its SMTP sink keeps what it was given."""

    def __init__(
        self,
        base_url: str,
        clerks: Mapping[str, str],
        password: str,
        mails: Path,
        clock: Path | None,
        operator_password: str = "",
    ) -> None:
        self._base = base_url.rstrip("/")
        self._clerks = clerks
        self._password = password
        self._mails = mails
        self._clock = clock
        self._operator_password = operator_password
        self._booked: set[str] = set()

    def clerk_logs_in(self, page: Page, tenant: str) -> None:
        """Logs the first clerk of a town hall in. Raises ``TargetError`` where the bench knows none."""
        if tenant not in self._clerks:
            raise TargetError(f"The bench knows no clerk of {tenant}: name one among the profile's clerks.")
        self.logs_in(page, tenant, self._clerks[tenant], self._password)

    def logs_in(self, page: Page, tenant: str, user: str, password: str) -> None:
        """Logs a clerk in."""
        self._open(page, f"{self._base}/{tenant}/amt/anmelden")
        page.fill("[name=user]", user)
        page.fill("[name=password]", password)
        with page.expect_navigation():
            page.click("#anmelden")
        if "/amt/termine" not in urlsplit(page.url).path:
            raise TargetError(f"The clerk of {tenant} could not log in: check the clerk's password of the target.")

    def operator_logs_in(self, page: Page) -> bool:
        """The operator's one page has a password of its own."""
        if not self._operator_password:
            return False
        self._open(page, f"{self._base}/verwaltung/anmelden")
        page.fill("#password", self._operator_password)
        with page.expect_navigation():
            page.click("#anmelden")
        if urlsplit(page.url).path != "/verwaltung":
            raise TargetError("The operator could not log in: check the operator's password of the target.")
        return True

    def clerk_books(
        self, page: Page, tenant: str, name: str, mail: str, service: str, *, start: str = "now"
    ) -> Appointment:
        """Books by telephone and returns the appointment, whose mail has not gone out yet when it starts later."""
        self._fill_booking(page, tenant, name, mail, service, start)
        return self.newly_booked(page, tenant, name, mail)

    def newly_booked(self, page: Page, tenant: str, name: str, mail: str) -> Appointment:
        """The appointment that was booked last under a name, from the list that is open after booking."""
        rows = page.locator("[data-appointment]")
        listed = {
            rows.nth(index).get_attribute("data-appointment") or ""
            for index in range(rows.count())
            if name in rows.nth(index).inner_text()
        }
        new = listed - self._booked  # callers may share a name; ids are never used twice
        if not new:
            raise TargetError(f"The appointment of {name} is not in the list of {tenant} after booking.")
        self._booked |= new
        return Appointment(new.pop(), tenant, name, mail)

    def clerk_is_refused(self, page: Page, tenant: str, name: str, mail: str, service: str) -> str:
        """Tries to book a service that needs presence; returns the sentence that says why it cannot be by video."""
        self._fill_booking(page, tenant, name, mail, service, "now")
        notice = page.locator(".hinweis[data-reason=presence]")
        if not notice.count():
            raise TargetError(f"{tenant} booked the service {service} by video although it needs presence.")
        return notice.first.inner_text().strip()

    def _fill_booking(self, page: Page, tenant: str, name: str, mail: str, service: str, start: str) -> None:
        self._open(page, f"{self._base}/{tenant}/amt/termine/neu")
        page.fill("[name=name]", name)
        page.fill("[name=email]", mail)
        page.select_option("[name=service]", service)
        options = page.locator("[name=slot] option").evaluate_all("all => all.map(option => option.value)")
        slots = sorted(value for value in options if value)
        if not slots:
            raise TargetError(f"{tenant} offers no slot to book.")
        later = [slot for slot in slots if datetime.fromisoformat(slot).timestamp() > time.time() + 3600]
        page.select_option("[name=slot]", slots[0] if start == "now" else later[0])
        with page.expect_navigation():
            page.click("#buchen")

    def invitation(self, appointment: Appointment) -> Appointment:
        """Waits for the mail to the citizen and takes the link from it."""

        def link() -> str | None:
            for file in sorted(self._mails.glob("*.eml")):
                message = message_from_bytes(file.read_bytes(), policy=policy.default)
                if appointment.citizen_mail in str(message["To"]):
                    body = message.get_body(("plain", "html"))
                    found = re.search(r"https?://[^\s\"<>]+/t/[^\s\"<>]+", body.get_content() if body else "")
                    if found:
                        return found.group(0)
            return None

        seen = wait_until(link, f"The invitation to {appointment.citizen_mail}", PATIENCE)
        return Appointment(appointment.id, appointment.tenant, appointment.citizen_name, appointment.citizen_mail, seen)

    def citizen_opens(self, page: Page, link: str) -> str:
        """Click 1: opens the link and returns what kind of page it is."""
        self._open(page, link)
        return page.locator("main").first.get_attribute("data-state") or ""

    def clerk_opens(self, page: Page, appointment: Appointment) -> None:
        """The clerk opens the same appointment from the list."""
        self._open(page, f"{self._base}/{appointment.tenant}/amt/termine")
        page.click(f"[data-appointment='{appointment.id}'] [data-action=anruf]")
        page.wait_for_selector("#geraete-pruefen")

    def checks_devices(self, page: Page) -> str:
        """Click 2: camera and microphone."""
        page.click("#geraete-pruefen")
        return self.waits_for(page, "checked", "denied", "failed")

    def can_join(self, page: Page) -> bool:
        """Whether the button for click 3 is there and enabled."""
        button = page.locator("#beitreten").first
        return button.is_visible() and button.is_enabled()

    def joins(self, page: Page) -> None:
        """Click 3."""
        page.click("#beitreten")

    def state(self, page: Page) -> str:
        """The state of the call on this page."""
        return page.locator("main").first.get_attribute("data-call-state") or ""

    def waits_for(self, page: Page, *states: str, seconds: float = PATIENCE) -> str:
        """Waits for one of the states. Raises ``TargetError`` with the state and sentence that are there instead."""
        wanted = ", ".join(f"main[data-call-state={state}]" for state in states)
        try:
            page.wait_for_selector(wanted, timeout=seconds * 1000)
        except Error as error:
            if (now := self.state(page)) in states:  # a busy machine answers when the time is over
                return now
            raise TargetError(
                f"The page did not get {' or '.join(states)} within {seconds:.0f} s; it is {now!r} "
                f"and says: {self.message(page)}"
            ) from error
        return self.state(page)

    def remembers_states(self, page: Page) -> None:
        """Keeps every state of the call from now on."""
        page.evaluate(_REMEMBER)

    def waits_until_passed(self, page: Page, state: str, seconds: float = PATIENCE) -> None:
        """Waits until the call has been in the state. Raises ``TargetError`` with what it has been in instead."""
        try:
            page.wait_for_function(
                "wanted => pruefstandStates.includes(wanted)", arg=state, polling=50, timeout=seconds * 1000
            )
        except Error as error:
            been = page.evaluate("pruefstandStates.join(', ')")
            raise TargetError(
                f"The page was never {state!r} within {seconds:.0f} s; it has been: {been or self.state(page)}."
            ) from error

    def message(self, page: Page) -> str:
        """The sentence for the person: the call's own, or the page's."""
        for place in ("#message", "main"):
            found = page.locator(place).first
            if found.count() and (text := found.inner_text().strip()):
                return text
        return ""

    def safety_code(self, page: Page) -> str:
        """The code that both people compare."""
        return page.locator("#safety-code").first.inner_text().strip()

    def hangs_up(self, page: Page) -> None:
        """Ends the call for this person, unless it ends by itself before the button is pressed."""

        def over() -> bool:
            if self.state(page) in ("ended", "failed"):
                return True
            try:
                page.click("#auflegen", timeout=_LOOK * 1000)
            except Error:
                return False
            return True

        wait_until(over, "Hanging up", PATIENCE)

    def clerk_admits(self, page: Page) -> bool:
        """Lets in by name who waits in the lobby."""
        here = "#lobby [data-admit], main[data-call-state=connecting], main[data-call-state=connected]"
        try:
            page.wait_for_selector(here)
        except Error as error:
            raise TargetError(f"Nobody came to the clerk's door; the page says: {self.message(page)}") from error
        waiting = page.locator("#lobby [data-admit]")
        if not waiting.count():
            return False
        name = waiting.first.get_attribute("data-admit")
        waiting.first.click()
        page.wait_for_selector(f"#lobby [data-admit='{name}']", state="detached")
        return True

    def clerk_cancels(self, page: Page, appointment: Appointment) -> None:
        """The clerk cancels it on its page."""
        self._open(page, f"{self._base}/{appointment.tenant}/amt/termine/{appointment.id}")
        try:
            page.check("#sicher")
            with page.expect_navigation():
                page.click("#absagen")
        except Error as error:
            raise TargetError(f"The appointment of {appointment.tenant} could not be cancelled.") from error

    def sights(self, appointment: Appointment) -> Sequence[Sight]:
        """See ``townhall_pages``."""
        return sights(self._base, appointment, operated=bool(self._operator_password))

    def trespasses(self, one: Appointment, other: Appointment) -> Sequence[Trespass]:
        """See ``townhall_crossings``."""
        return list(trespasses(one, other, operated=bool(self._operator_password)))

    def trespass(self, page: Page, what: Trespass, *, rightful: bool) -> tuple[int, bool]:
        """See ``townhall_crossings``."""
        return attempt(page, self._base, what, rightful=rightful)

    def by_keyboard(self, keys: Keys, citizen: Page, clerk: Page, link: str) -> Iterator[str]:
        """See ``townhall_keyboard``."""
        return by_keyboard(self, keys, citizen, clerk, link)

    def carries_keys(self, message: str) -> bool:
        """The town hall relays the key agreement in messages of type ``e2ee``."""
        try:
            parsed = json.loads(message)
        except ValueError:
            return False
        return isinstance(parsed, dict) and parsed.get("type") == "e2ee"

    def agreement_step(self, message: str) -> AgreementStep | None:
        """In messages of type ``e2ee`` a ``body`` of type ``commit`` or ``reveal``, with the label of its round."""
        if not self.carries_keys(message):
            return None
        parsed = json.loads(message)
        body, sender = parsed.get("body"), parsed.get("from", "")
        if not isinstance(body, dict) or not isinstance(body.get("round"), str) or not isinstance(sender, str):
            return None
        if body.get("t") == "commit":
            return AgreementStep("commitment", body["round"], sender)
        return AgreementStep("reveal", body["round"], sender) if body.get("t") == "reveal" else None

    def turns_clock(self, seconds: float) -> None:
        """Moves the town hall's clock to so many seconds after real time."""
        if self._clock is None:
            raise TargetError("The clock of this target cannot be set.")
        part = self._clock.with_suffix(".part")
        part.write_text(f"{seconds}\n")
        part.replace(self._clock)

    def goes_to(self, page: Page, path: str) -> None:
        """Opens a page of the town hall by its path."""
        self._open(page, f"{self._base}{path}")

    def _open(self, page: Page, url: str) -> None:
        try:
            page.goto(url)
        except Error as error:
            raise TargetError(f"{urlsplit(url).netloc} did not answer: {error.message.splitlines()[0]}") from error
