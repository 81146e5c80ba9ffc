"""How the town hall's server would lie, in its own messages."""

import json

from harness.targets.townhall_swap import TownhallKeySwap


class TownhallHostile:
    """Lies about encryption. No page of the town hall asks a server about that: nothing to change, only to add."""

    def without_encryption(self, message: str) -> str:
        """Whoever is welcomed, and whoever comes, is told to be without end-to-end encryption."""
        try:
            said = json.loads(message)
        except ValueError:
            return message
        if not isinstance(said, dict) or said.get("type") not in ("welcome", "joined"):
            return message
        said["e2ee"] = False
        for person in (said.get("participant"), *(said.get("participants") or ())):
            if isinstance(person, dict):
                person["e2ee"] = False
        return json.dumps(said)

    def key_swap(self, appointment: str, *, swaps: bool) -> TownhallKeySwap:
        """See ``townhall_swap``."""
        return TownhallKeySwap(appointment, swaps=swaps)
