"""The deliberate defects the town hall can be started with, and the checks that each of them must turn to fail."""

from townhall.errors import SettingsError
from townhall.flaws import access, attacks, frame_cipher, keys, media, network, papers, privacy
from townhall.flaws.flaw import Flaw

__all__ = ["FLAWS", "Flaw", "flaw_named"]

_AREAS = (media, keys, papers, privacy, access, network, attacks, frame_cipher)
FLAWS: dict[str, Flaw] = {flaw.name: flaw for area in _AREAS for flaw in area.FLAWS}


def flaw_named(name: str) -> Flaw | None:
    """Return the flaw with this name, None for the empty name; raise SettingsError for a name that does not exist."""
    if not name:
        return None
    if name not in FLAWS:
        raise SettingsError(f"There is no flaw called {name!r}; choose one of: {', '.join(FLAWS)}.")
    return FLAWS[name]
