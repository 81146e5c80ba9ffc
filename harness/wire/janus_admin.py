"""What Janus' admin API says of its WebRTC handles: who sends what into a VideoRoom, and who receives it.

The forms are those of Janus 1.x (proven with 1.1.2): ``handle_info`` of a handle at the VideoRoom plugin, and the
plugin's own ``listforwarders``. A connection is known by its certificate: the ``remote-fingerprint`` is that of the
peer that really completed the DTLS handshake, whatever names it gave itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeGuard

from harness.model.errors import WireError

_VIDEOROOM = "janus.plugin.videoroom"


@dataclass(frozen=True, slots=True)
class SfuHandle:
    """One PeerConnection at the server.

    A publisher has its own ``feed``; a subscriber the ``feeds`` that it is given. ``fingerprint`` is the SHA-256 of the
    peer's certificate (upper-case hex pairs, empty until the handshake), ``connected`` whether media can flow.
    ``certificate`` is the SHA-256 of the certificate that the server itself shows on it (empty where it does not say).
    """

    kind: Literal["publisher", "subscriber"]
    room: int
    feed: int
    feeds: tuple[int, ...]
    fingerprint: str
    connected: bool
    certificate: str = ""


def parse_ids(answer: object, name: Literal["sessions", "handles"]) -> tuple[int, ...]:
    """The ids of ``list_sessions`` or ``list_handles``. Raises ``WireError`` for any other answer."""
    ids = _object(answer).get(name)
    if not isinstance(ids, list) or not all(_is_id(each) for each in ids):
        raise WireError(f"Janus: the answer lists no {name}")
    return tuple(ids)


def parse_handle(answer: object) -> SfuHandle | None:
    """A ``handle_info`` answer; ``None`` for a handle that neither sends nor receives in a room.

    Raises ``WireError`` where the answer is of another form.
    """
    info = _object(_object(answer).get("info"))
    if info.get("plugin") != _VIDEOROOM:
        return None
    own = _object(info.get("plugin_specific"))
    kind = own.get("type")
    if kind not in ("publisher", "subscriber"):
        return None
    dtls = _optional(_optional(info.get("webrtc")).get("dtls"))
    fingerprint, certificate = dtls.get("remote-fingerprint", ""), dtls.get("fingerprint", "")
    if not isinstance(fingerprint, str) or not isinstance(certificate, str):
        raise WireError("Janus: a fingerprint is not text")
    return SfuHandle(
        kind="publisher" if kind == "publisher" else "subscriber",
        room=_id(own.get("room")),
        feed=_id(own.get("id")) if kind == "publisher" else 0,
        feeds=_feeds(own.get("streams")) if kind == "subscriber" else (),
        fingerprint=fingerprint.upper(),
        connected=dtls.get("dtls-state") == "connected",
        certificate=certificate.upper(),
    )


def parse_forwarders(answer: object) -> Mapping[int, int]:
    """How many RTP forwarders each feed of a room has: the answer to ``listforwarders`` (``message_plugin``).

    Raises ``WireError`` where the answer is of another form or a refusal.
    """
    response = _object(_object(answer).get("response"))
    publishers = response.get("publishers", response.get("rtp_forwarders"))
    if not isinstance(publishers, list):
        raise WireError("Janus: the answer lists no forwarders")
    count: dict[int, int] = {}
    for each in publishers:
        publisher = _object(each)
        forwarders = publisher.get("forwarders", publisher.get("rtp_forwarders", []))
        if not isinstance(forwarders, list):
            raise WireError("Janus: the forwarders are not a list")
        feed = _id(publisher.get("publisher_id"))
        count[feed] = count.get(feed, 0) + len(forwarders)
    return count


def _feeds(streams: object) -> tuple[int, ...]:
    if not isinstance(streams, list):
        raise WireError("Janus: a subscriber has no list of streams")
    feeds = [_object(stream).get("feed_id") for stream in streams]
    # A stream whose publisher is gone stays in the list without a feed.
    return tuple(dict.fromkeys(_id(feed) for feed in feeds if feed is not None))


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise WireError("Janus: an object is missing in the answer")
    return value


def _optional(value: object) -> Mapping[str, object]:
    return {} if value is None else _object(value)


def _id(value: object) -> int:
    if not _is_id(value):
        raise WireError("Janus: an id is not a number")
    return value


def _is_id(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64
