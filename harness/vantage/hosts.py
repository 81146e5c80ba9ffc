"""The hosts that a page contacts, from the addresses that it asked for and gave to its WebRTC connections."""

from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

from harness.model.observations import HostContacted

Via = Literal["http", "websocket", "stun", "turn"]
_VIA: dict[str, Via] = {
    "http": "http", "https": "http", "ws": "websocket", "wss": "websocket",
    "stun": "stun", "stuns": "stun", "turn": "turn", "turns": "turn",
}  # fmt: skip


def host_of(url: str) -> tuple[str, Via] | None:
    """Host without port, and the way; ``None`` for what contacts nobody (``data:``, ``blob:``) and what is no address.

    The addresses of STUN and TURN (RFC 7064, RFC 7065) have no slashes: ``turn:host:port?transport=udp``.
    """
    scheme, _, rest = url.strip().partition(":")
    via = _VIA.get(scheme.lower())
    if via is None:
        return None
    try:
        host = urlsplit(rest if rest.startswith("//") else f"//{rest}").hostname
    except ValueError:
        return None
    return (host, via) if host else None


def hosts_contacted(page: str, urls: Iterable[str], *, call: str = "", party: str = "") -> list[HostContacted]:
    """Each host and way once, in the order in which they were first seen."""
    seen = dict.fromkeys(found for url in urls if (found := host_of(url)))
    return [HostContacted(call=call, party=party, page=page, host=host, via=via) for host, via in seen]
