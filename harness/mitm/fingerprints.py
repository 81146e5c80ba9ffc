"""A signalling that announces another certificate than the one that will be shown (RFC 8827, section 6.5)."""

import re
import secrets
from collections.abc import Mapping

from harness.mitm.signalling import SignallingMitm, Way
from harness.person import Person

_FINGERPRINT = re.compile(r"(a=fingerprint:\S+ )((?:[0-9A-Fa-f]{2}:)+[0-9A-Fa-f]{2})")
_NOBODYS = secrets.token_bytes(64)  # a digest of no certificate that anybody here has


class FingerprintMitm:
    """Swaps the fingerprints in a party's descriptions, one way at a time, and relays nothing.

    Make it before the pages connect; until ``begins`` everything passes as it is. ``swapped`` counts the messages that
    were changed since then.
    """

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._at: tuple[str, Way] | None = None
        self.swapped = 0
        SignallingMitm(people, self._change)

    def begins(self, party: str, way: Way) -> None:
        """From now on descriptions of a party's connections are changed, on their way to its page or from it."""
        self._at, self.swapped = (party, way), 0

    def ends(self) -> None:
        """From now on everything passes as it is."""
        self._at = None

    def _change(self, party: str, way: Way, message: str) -> str | None:
        if (party, way) != self._at:
            return message
        changed, count = _FINGERPRINT.subn(lambda found: found[1] + _instead(found[2]), message)
        self.swapped += count > 0
        return changed


def _instead(fingerprint: str) -> str:
    return ":".join(f"{byte:02X}" for byte in _NOBODYS[: (len(fingerprint) + 1) // 3])
