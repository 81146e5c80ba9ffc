"""The media server's own view of who receives what, asked at its admin API, and whose connections these are.

Nobody's word is taken for who a connection belongs to: the certificate that completed the DTLS handshake is compared
with the descriptions that the pages made. A receiver whose certificate no page has is ``"unknown"``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from harness.model.errors import TargetError, WireError
from harness.targets.protocol import SfuAdmin
from harness.wire.janus_admin import SfuHandle, parse_forwarders, parse_handle, parse_ids
from harness.wire.sdp import parse_sdp

UNKNOWN = "unknown"
_ANSWER_SECONDS = 5.0
_GONE = 458, 459  # a session or handle that ended between the list and the look


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All connections of the media server at one moment, and the forwarders of each feed."""

    handles: tuple[SfuHandle, ...]
    forwarders: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who receives what one party sends, and how many copies go elsewhere."""

    parties: tuple[str, ...]
    forwarders: int


def take_snapshot(admin: SfuAdmin) -> Snapshot:
    """Asks the media server for all its connections. Raises ``TargetError`` in one sentence when it does not say."""
    try:
        with connect(
            admin.url, subprotocols=[Subprotocol("janus-admin-protocol")], open_timeout=_ANSWER_SECONDS
        ) as socket:
            handles = tuple(_handles(socket, admin.secret))
            forwarders: dict[int, int] = {}
            for room in dict.fromkeys(handle.room for handle in handles):
                asked = {"request": "listforwarders", "room": room, "secret": admin.room_secret}
                answer = _ask(socket, admin.secret, janus="message_plugin", plugin="janus.plugin.videoroom",
                              request=asked)  # fmt: skip
                forwarders.update(parse_forwarders(answer))
    except (OSError, WebSocketException, WireError) as error:
        raise TargetError(
            f"The media server's admin API did not say who receives media ({error}): check its address and secrets."
        ) from error
    return Snapshot(handles, forwarders)


def fingerprints(descriptions: Iterable[str]) -> set[str]:
    """The SHA-256 certificate fingerprints in a page's own descriptions."""
    found = set()
    for text in descriptions:
        try:
            sdp = parse_sdp(text)
        except WireError:
            continue
        every = [*sdp.fingerprints, *(one for section in sdp.media for one in section.fingerprints)]
        found |= {one.value for one in every if one.algorithm == "sha-256"}
    return found


def who_receives(snapshot: Snapshot, pages: Mapping[str, set[str]]) -> dict[str, Receivers]:
    """For each party of a call that sends: the receivers, by the certificates of the pages (``pages``: party to those).

    Connections that have not completed their handshake receive nothing yet and are left out. A party that receives its
    own media is named like any other.
    """
    owner = {print_: party for party, prints in pages.items() for print_ in prints}
    feeds: dict[str, set[int]] = {}
    for handle in snapshot.handles:
        if handle.kind == "publisher" and (party := owner.get(handle.fingerprint)):
            feeds.setdefault(party, set()).add(handle.feed)
    found = {}
    for party, own in feeds.items():
        takers = [
            owner.get(handle.fingerprint, UNKNOWN)
            for handle in snapshot.handles
            if handle.kind == "subscriber" and handle.connected and own & set(handle.feeds)
        ]
        found[party] = Receivers(tuple(sorted(set(takers))), sum(snapshot.forwarders.get(feed, 0) for feed in own))
    return found


def _handles(socket: ClientConnection, secret: str) -> Iterable[SfuHandle]:
    for session in parse_ids(_ask(socket, secret, janus="list_sessions"), "sessions"):
        listed = _ask(socket, secret, janus="list_handles", session_id=session)
        for handle in parse_ids(listed, "handles") if _there(listed) else ():
            answer = _ask(socket, secret, janus="handle_info", session_id=session, handle_id=handle)
            if _there(answer) and (parsed := parse_handle(answer)):
                yield parsed


def _there(answer: Mapping[str, object]) -> bool:
    error = answer.get("error")
    return not (isinstance(error, dict) and error.get("code") in _GONE)


def _ask(socket: ClientConnection, secret: str, **request: object) -> dict[str, object]:
    socket.send(json.dumps({**request, "transaction": "pruefstand", "admin_secret": secret}))
    try:
        answer = json.loads(socket.recv(_ANSWER_SECONDS))
    except (ValueError, RecursionError) as error:
        raise WireError("Janus: the answer is not JSON") from error
    if not isinstance(answer, dict):
        raise WireError("Janus: the answer is not an object")
    return answer
