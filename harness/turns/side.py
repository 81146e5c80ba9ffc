"""One of the two that are played by turns: what the bench can start or reach, with a flaw, over a network."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from harness.matrix.stamp import code_of
from harness.model.errors import TargetError
from harness.net.reach import why_not
from harness.quality.ground import CLEAR
from harness.quality.networks import network_profile
from harness.quality.run import Setting
from harness.targets.checkout import OWN, Checkout, find_checkout
from harness.targets.profile import ProfileTarget, read_profile
from harness.targets.protocol import Target
from harness.targets.townhall import TownhallTarget

_SAID = re.compile(r"(?P<place>.+?)(?:\+(?P<flaw>[a-z0-9-]+))?(?:@(?P<network>[a-z0-9-]+))?")


@dataclass(frozen=True)
class Side:
    """``PLACE[+FLAW][@NETWORK]``; the place is ``townhall``, the folder of a checkout, or a profile FILE.toml.

    A text that is itself the path of a file or folder is all place, whatever signs are in it.
    """

    place: str
    flaw: str = ""
    network: str = ""

    @classmethod
    def read(cls, text: str) -> "Side":
        """Reads one. Raises ``TargetError`` or ``NetworkError`` in a sentence where it cannot be started or reached."""
        said = None if Path(text).exists() else _SAID.fullmatch(text)
        side = cls(said["place"], said["flaw"] or "", said["network"] or "") if said else cls(text)
        side.check()
        return side

    def check(self) -> None:
        """Raises before time is spent on it."""
        if self.network:
            network_profile(self.network)
        flaws = self.target.flaws
        if self.flaw and self.flaw not in flaws:
            known = ", ".join(flaws) or "none"
            raise TargetError(f"{self.place} cannot be started with a flaw {self.flaw!r}: there are {known}.")
        if self.network not in ("", CLEAR):
            if not self.started:
                raise TargetError(f"{self.place} runs elsewhere, not behind our links: leave @{self.network} out.")
            reason = why_not()
            if reason is not None:
                raise TargetError(f"{self.place} cannot be put behind {self.network}: {reason.en}")

    @property
    def started(self) -> bool:
        """Whether the bench starts it, on hosts of its own; else it is reached where it is."""
        return not isinstance(self.target, ProfileTarget)

    @cached_property
    def checkout(self) -> Checkout | None:
        """Where its sources are; ``None`` where it is reached."""
        if self.place == TownhallTarget.name:
            return OWN
        return None if self.place.endswith(".toml") else find_checkout(Path(self.place))

    @cached_property
    def target(self) -> Target:
        """As stories are played against it."""
        return TownhallTarget(checkout=self.checkout) if self.checkout else read_profile(Path(self.place))

    def setting(self, *, linked: bool) -> Setting:
        """As calls are measured on it."""
        checkout = self.checkout

        def at(address: str) -> Target:
            return TownhallTarget(recorder=False, address=address, checkout=checkout) if checkout else self.target

        return Setting(at, self.flaw, linked)

    @property
    def code(self) -> str:
        """12 hex that change when what is started does; of what is reached, when its profile does."""
        if self.checkout:
            return code_of(self.checkout.root).digest
        return hashlib.sha256(Path(self.place).read_bytes()).hexdigest()[:12]

    @property
    def name(self) -> str:
        """What the reader calls it."""
        own = self.place == TownhallTarget.name
        place = self.place if own else Path(self.place).resolve().name.removesuffix(".toml")
        return place + (f"+{self.flaw}" if self.flaw else "") + (f"@{self.network}" if self.network else "")
