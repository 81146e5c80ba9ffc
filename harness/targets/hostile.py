"""What a bench must know of a target's signalling to be a malicious server in it."""

from collections.abc import Iterator
from typing import Protocol


class KeySwap(Protocol):
    """A place between the two pages of a call at which their key agreement can be watched, repeated or replaced."""

    @property
    def agreed(self) -> bool:
        """Whether both pages have said all they have to say since the last time they were made to agree."""

    def change(self, party: str, way: str, message: str) -> str | None:
        """What is passed on of a message (``SignallingMitm``)."""

    def says(self) -> Iterator[tuple[str, str]]:
        """What the stranger in between has to say by now: to which party's page, and the message."""

    def again(self) -> Iterator[tuple[str, str]]:
        """The messages, with the party, that make both pages agree anew."""

    def close(self) -> None:
        """Ends the stranger."""


class Hostile(Protocol):
    """How the servers of a deployment would lie to its pages."""

    def without_encryption(self, message: str) -> str:
        """A message of the server to a page as one would write it that has no end-to-end encryption.

        A message that says nothing of it comes back as it is.
        """

    def key_swap(self, appointment: str, *, swaps: bool) -> KeySwap:
        """A place between two pages; with ``swaps`` a stranger with own keys answers each in the other's name."""
