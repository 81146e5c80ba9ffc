"""What the bench asks of a deployment whose calls offer more than picture and sound."""

from pathlib import Path
from typing import Literal, Protocol

from playwright.sync_api import Page


class Extras(Protocol):
    """How people use what is beside picture and sound. Each step raises ``TargetError`` when it fails."""

    def shares_screen(self, page: Page) -> None:
        """The person shares the screen."""

    def sees_screen(self, page: Page) -> None:
        """Waits until the page shows the screen that another shares."""

    def mutes(self, page: Page) -> None:
        """The microphone is off when this returns."""

    def unmutes(self, page: Page) -> None:
        """The microphone is on when this returns."""

    def opens_form(self, page: Page) -> None:
        """The clerk opens the form for everybody."""

    def begins_field(self, page: Page, party: str) -> None:
        """The person puts the cursor into a text field of the form that is the party's own in these stories."""

    def field_of(self, page: Page, party: str) -> str:
        """What stands in the party's field, on whichever page."""

    def input_of(self, what: Literal["chat", "caption"]) -> str:
        """The selector of the field that takes a line; Enter sends it."""

    def lines(self, page: Page, what: Literal["chat", "caption"]) -> str:
        """All lines that the page shows."""

    def announces(self, page: Page, what: Literal["chat", "caption"]) -> bool:
        """Whether screen readers are told of new lines (a live region, WAI-ARIA 1.2)."""

    def shares_file(self, page: Page, file: Path) -> None:
        """The person shares a file with the others."""

    def fetches_file(self, page: Page) -> bytes:
        """The person fetches the file that was shared last."""

    def people(self, page: Page) -> tuple[str, ...]:
        """The parties that the page shows as present, itself included."""

    def invites(self, page: Page, tenant: str, appointment: str, name: str, mail: str) -> str:
        """The clerk invites a third person for one appointment; returns the link from the mail."""

    def guest_comes(self, page: Page, link: str) -> None:
        """The third person follows the link, checks the devices and joins."""

    def admits_guest(self, page: Page) -> None:
        """The clerk lets the third person in."""
