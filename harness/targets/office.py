"""What the bench asks of a deployment whose office can be tried, too: booking, hours, municipalities, the pilot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from playwright.sync_api import Page

from harness.targets.letters import Letter


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time that a form offers: its start (aware), what people read there, and the form's value."""

    start: datetime
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class MovedHours:
    """Opening hours from ``opens`` to ``closes`` (local) of one day that are given to another from ``to_opens`` on."""

    day: date
    opens: time
    closes: time
    to_day: date
    to_opens: time


@dataclass(frozen=True, slots=True)
class Municipality:
    """What an operator fills in: one clerk, one service by video; ``colour`` is #rrggbb, ``place`` its name alone."""

    id: str
    place: str
    mail: str
    colour: str
    initials: str
    clerk: str


@dataclass(frozen=True, slots=True)
class PilotReport:
    """The figures that the report shows: days of the pilot (both included), appointments, answers."""

    start: date
    end: date
    booked: int
    no_shows: int
    answers: int


class Office(Protocol):
    """How people use what is around the calls. Each step raises ``TargetError`` when it fails."""

    def letters(self, address: str) -> Sequence[Letter]:
        """All mails to an address so far, oldest first."""

    def next_letter(self, address: str, after: int) -> Letter:
        """Waits until more than ``after`` mails have come to an address, and returns the first of them."""

    def free_slots(
        self, page: Page, tenant: str, service: str, *, clerk: str = "", first: date | None = None
    ) -> Sequence[Slot]:
        """Searches free slots by service and clerk (login name; empty: any) from a day on; right now is none."""

    def books(
        self, page: Page, tenant: str, name: str, mail: str, service: str, slot: Slot | None = None, *, clerk: str = ""
    ) -> str:
        """Books a slot (``None``: right now) by video and returns the appointment's id."""

    def books_at_the_counter(
        self, page: Page, tenant: str, name: str, mail: str, service: str, slot: Slot
    ) -> tuple[str, str]:
        """Tries it by video, is told why not, takes the offer of the counter: the sentences, the appointment's id."""

    def offers_call(self, page: Page, tenant: str, appointment: str) -> bool:
        """Whether the list of appointments leads into a call from this one, which it must hold."""

    def moves(self, page: Page, tenant: str, appointment: str, slot: Slot) -> None: ...

    def deliveries(self, page: Page, tenant: str, appointment: str) -> Mapping[str, str]:
        """What the clerk sees of an appointment's mails: kind -> state (``pending``, ``sent``, …)."""

    def moves_hours(self, page: Page, tenant: str, hours: MovedHours) -> str:
        """Moves opening hours and returns the name of the new rule."""

    def takes_hours_back(self, page: Page, tenant: str, rule: str) -> None:
        """Removes the rule that was made last."""

    def capacity(self, page: Page, tenant: str, day: date) -> int:
        """The slots that the page of hours shows for the week of a day, at most five weeks ahead."""

    def makes_municipality(self, page: Page, new: Municipality) -> str:
        """The operator logs in and fills in the form; returns the clerk's password."""

    def logs_in(self, page: Page, tenant: str, user: str, password: str) -> None: ...

    def fetches(self, page: Page, path: str) -> tuple[int, str]:
        """Opens a path with a person's cookies: HTTP status and text."""

    def reads_pilot(self, page: Page, tenant: str) -> PilotReport: ...

    def pilot_pdf(self, page: Page, tenant: str) -> bytes: ...

    def answers(self, page: Page, link: str, marks: Sequence[int]) -> None:
        """The citizen goes from the link of an appointment that is over to the questions, and answers with 1 to 5."""

    def questions(self, page: Page, link: str) -> tuple[int, int]:
        """What the page of questions asks for: how many marks, and how many fields of free text."""
