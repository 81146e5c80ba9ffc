"""The credentials for the relay that pages were given, and what the relay makes of them and of others."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from harness.model.observations import RelayCredential, RelayTry
from harness.vantage.tapped import IceServer
from harness.vantage.turn import relay_address, try_allocation

_EXPIRY = re.compile(r"(\d{9,12})(?::|$)")  # seconds since the epoch, then the name of somebody
FORGED = "not the password"


def relays_of(servers: Iterable[IceServer]) -> list[IceServer]:
    """Those of a page's servers that relay (TURN); the others only say how one is seen from outside (STUN)."""
    return [server for server in servers if server.url.lower().startswith("turn")]


def credentials_seen(relays: Sequence[IceServer], party: str, turn: int, now: float) -> list[RelayCredential]:
    """Each credential once, by its hash, with the end of its time as the user name tells it."""
    found = {}
    for relay in relays:
        name = hashlib.sha256(f"{relay.user}\0{relay.password}".encode()).hexdigest()[:16]
        told = _EXPIRY.match(relay.user)
        found[name] = RelayCredential(
            party=party, turn=turn, credential_id=name, given_at=now, expires_at=float(told[1]) if told else None
        )
    return list(found.values())


def relay_tried(relay: IceServer, party: str, when: Literal["fresh", "old", "forged"], age: float = 0.0) -> RelayTry:
    """Asks the relay for an address. Raises ``TargetError`` where it does not answer at all."""
    where = relay_address(relay.url)
    answer = try_allocation(where, relay.user, FORGED if when == "forged" else relay.password)
    return RelayTry(
        party=party, when=when, transport=where.transport, age=age, allocated=answer.allocated, code=answer.code
    )
