"""Devices that are made in the page: what camera, microphone and screen of a person show, and where it is found."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILM_PATH = "/pruefstand-film"
VOICE_PATH = "/pruefstand-voice"
PAGE_PATH = "/pruefstand-page"


@dataclass(frozen=True, slots=True)
class Look:
    """Size in pixels and pictures a second of a made camera or screen."""

    width: int
    height: int
    rate: int


@dataclass(frozen=True, slots=True)
class Devices:
    """The devices of one person.

    ``film`` and ``voice`` are the files that the page is given; without a voice the browser's own sound serves.
    Without ``camera`` the browser's own devices serve, and without ``screen`` its own way of sharing one. ``level`` is
    the gain of the voice. ``page`` is the film that the made screen shows, the camera's own where there is none.
    """

    film: Path
    voice: Path | None
    allowed: bool = True
    camera: Look | None = None
    screen: Look | None = None
    level: float = 1.0
    page: Path | None = None

    def settings(self) -> dict[str, Any]:
        """What the script in the page needs to know."""
        return {
            "film": FILM_PATH,
            "voice": VOICE_PATH if self.voice else "",
            "allowed": self.allowed,
            "camera": asdict(self.camera) if self.camera else None,
            "screen": asdict(self.screen) if self.screen else None,
            "level": self.level,
            "page": PAGE_PATH if self.page else "",
        }
