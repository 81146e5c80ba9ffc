"""The ways that a page's connections have and take, from its own statistics (W3C webrtc-stats)."""

import json

from playwright.sync_api import Error, Page

from harness.model.observations import RelayPath

_UDP = ("host/udp", "srflx/udp", "prflx/udp", "relay/udp")


def path_seen(page: Page, party: str) -> RelayPath:
    """What the page says now; a page that says nothing has no way. ``connected``: every open connection stands."""
    try:
        found = json.loads(page.evaluate("pruefstandBench.paths()"))
    except (Error, ValueError, TypeError):
        found = {}
    candidates = [str(way) for way in found.get("candidates", ())]
    states = [state for state in found.get("states", ()) if state != "closed"]
    return RelayPath(
        party=party,
        connected=bool(states) and set(states) == {"connected"},
        candidates=tuple(sorted(set(candidates))),
        pairs=tuple(sorted({str(way) for way in found.get("pairs", ())})),
        direct_udp=sum(way in _UDP for way in candidates),
    )
