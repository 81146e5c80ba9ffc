"""What people do in a minute of the long call. All of it ends as it began, so that memory has no reason to grow.

What grows by nature: a line of chat each and a finished caption a minute stay on both pages.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import Error, Page

from harness.beside import Line
from harness.media.shared import open_shared_page
from harness.model.errors import TargetError
from harness.targets.extras import Extras
from harness.targets.protocol import Appointment
from harness.targets.townhall import TownhallDeployment
from harness.wait import wait_until
from load.endurance.people import Person, person

# In which minutes something happens that is not done every minute. Each has its first time in the warm-up: code that
# is compiled when it first runs stays in memory, and is no leak.
CONNECTION_EVERY, FIRST_CONNECTION = 4, 1
SCREEN_EVERY, FIRST_SCREEN = 6, 2
GUEST_EVERY, FIRST_GUEST = 10, 3
_ARRIVES = 15.0  # seconds


@dataclass(slots=True)
class Churn:
    """The hands of the people in one call."""

    deployment: TownhallDeployment
    appointment: Appointment
    clerk: Person
    citizen: Person
    token: str  # of the shared screen's picture
    done: dict[str, int] = field(default_factory=dict)  # what was done, and how often

    def minute(self, number: int) -> None:
        """Does what belongs to a minute, as fast as the pages take it. Raises ``TargetError`` when a step fails."""
        try:
            self._write(number)
            self._mute((self.clerk, self.citizen)[number % 2].page)
            if number == FIRST_CONNECTION or number % CONNECTION_EVERY == 0:
                self._lose_connection((self.clerk, self.citizen)[number // CONNECTION_EVERY % 2])
            if number == FIRST_SCREEN or number % SCREEN_EVERY == 0:
                self._share_screen()
            if number == FIRST_GUEST or number % GUEST_EVERY == 0:
                self._third_person(number)
        except Error as error:
            raise TargetError(f"In minute {number} a page did not do its step: {error.message}") from error

    def opens_form(self) -> None:
        """Once, at the beginning."""
        self._extras.opens_form(self.clerk.page)

    @property
    def _extras(self) -> Extras:
        return self.deployment.extras

    def _write(self, number: int) -> None:
        for one, other in ((self.clerk, self.citizen), (self.citizen, self.clerk)):
            text = f"Minute {number:03}: das schreibt {one.party}."
            self._extras.begins_field(one.page, one.party)
            one.page.keyboard.press("Control+A")
            one.page.keyboard.insert_text(text)
            self._sees(other, text, partial(self._extras.field_of, other.page, one.party))
            self._line(one, other, "chat", text)
        self._line(self.citizen, self.clerk, "caption", f"Untertitel der Minute {number:03}.")
        self._count("form edits", 2)

    def _line(self, one: Person, other: Person, what: Line, text: str) -> None:
        one.page.fill(self._extras.input_of(what), text)
        one.page.press(self._extras.input_of(what), "Enter")
        self._sees(other, text, lambda: self._extras.lines(other.page, what))
        self._count(f"lines of {what}")

    def _mute(self, page: Page) -> None:
        self._extras.mutes(page)
        self._extras.unmutes(page)
        self._count("mutes")

    def _lose_connection(self, one: Person) -> None:
        self.deployment.journey.remembers_states(one.page)
        one.loses_connection()
        self.deployment.journey.waits_until_passed(one.page, "reconnecting")
        self._connected()
        self._count("lost connections")

    def _share_screen(self) -> None:
        with closing(open_shared_page(self.clerk.page.context, "clerk", self.token)):
            self.clerk.page.bring_to_front()
            self._extras.shares_screen(self.clerk.page)
            self._extras.sees_screen(self.citizen.page)
            self.clerk.page.click("#bildschirm")
            self.clerk.page.locator("#bildschirm[aria-pressed=false]").wait_for()
        self._count("shared screens")

    def _third_person(self, number: int) -> None:
        """Comes in the citizen's browser, which spares the machine a third; its page closes again."""
        mail = f"dolmetsch+{number}@example.org"
        link = self._extras.invites(
            self.clerk.page, self.appointment.tenant, self.appointment.id, f"Dolmetscherin {number}", mail
        )
        guest = person(self.citizen.browser, "guest")
        try:
            self._extras.guest_comes(guest.page, link)
            self._extras.admits_guest(self.clerk.page)
            self.deployment.journey.waits_for(guest.page, "connected")
            self.deployment.journey.hangs_up(guest.page)
        finally:
            guest.closes()
        wait_until(
            lambda: all(len(self._extras.people(one.page)) == 2 for one in (self.clerk, self.citizen)),
            "The third person leaving both pages", _ARRIVES,
        )  # fmt: skip
        self._connected()
        self._count("third persons")

    def _connected(self) -> None:
        for one in (self.clerk, self.citizen):
            self.deployment.journey.waits_for(one.page, "connected")

    def _sees(self, other: Person, text: str, shown: Callable[[], str]) -> None:
        wait_until(lambda: text in shown(), f"Arrival of {text!r} at the {other.party}", _ARRIVES)

    def _count(self, what: str, times: int = 1) -> None:
        self.done[what] = self.done.get(what, 0) + times
