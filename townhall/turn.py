"""How browsers reach the media server: short-lived TURN credentials ("TURN REST API", coturn's ``use-auth-secret``)."""

import base64
import hmac
from datetime import datetime
from typing import Literal

TTL_SECONDS = 600

IcePolicy = Literal["all", "relay"]


def ice_servers(urls: list[str], secret: str, pid: str, now: datetime) -> list[dict[str, object]]:
    """Return the ``iceServers`` of an RTCConfiguration for one participant; empty without TURN servers.

    ``urls`` are TURN URIs (RFC 7065): ``turn:host:port?transport=udp`` or ``tcp``, ``turns:host:port?transport=tcp``.
    The user name is ``<expiry, seconds since 1970>:<pid>``, the password its HMAC-SHA1 under the shared secret
    (draft-uberti-behave-turn-rest-00, section 2.2); coturn refuses it after the expiry.
    """
    if not urls:
        return []
    username = f"{int(now.timestamp()) + TTL_SECONDS}:{pid}"
    digest = hmac.digest(secret.encode(), username.encode(), "sha1")
    return [{"urls": urls, "username": username, "credential": base64.b64encode(digest).decode()}]
