"""A part of the bench as an inventory names it."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Component:
    """A package or program. ``licence`` is an SPDX expression, empty where nobody has said; ``needs`` are references.

    ``used`` says what for: "run" with the bench, "build" to build it alone, "machine" a program installed beside it.
    """

    kind: Literal["pypi", "npm", "deb"]
    name: str
    version: str
    licence: str
    used: Literal["run", "build", "machine"] = "run"
    needs: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """The package URL, which serves as reference, too; it names no host (purl-spec)."""
        place = "deb/debian" if self.kind == "deb" else self.kind
        version = f"@{quote(self.version)}" if self.version else ""
        return f"pkg:{place}/{quote(self.name, safe='/')}{version}"
