"""Janus recordings (.mjr) of format MJR00002, as the recorder of Janus 1.x writes them.

The file begins with ``MJR00002``, a 2-byte length and a JSON header; each packet follows under an 8-byte tag
(``MEET`` and the milliseconds since the first packet), a 2-byte length and the RTP packet as the server held it.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeGuard

from harness.model.errors import WireError
from harness.wire.rtp import RtpPacket, build_rtp, parse_rtp

_MAGIC = b"MJR00002"
_TAG = struct.Struct("!4sIH")
_KINDS: dict[str, Literal["audio", "video"]] = {"a": "audio", "v": "video"}


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded stream, in the order the server received it.

    ``codec`` is Janus' name in lower case ("vp9", "opus"); ``created_at`` and ``first_at`` are wall-clock seconds
    since the epoch (of the recorder and of the first packet); ``packets`` holds (received at, packet);
    ``truncated`` says that the file ends inside a packet, as a killed run leaves it; ``malformed`` counts recorded
    packets that are not RTP.
    """

    media: Literal["audio", "video"]
    codec: str
    created_at: float
    first_at: float
    packets: list[tuple[float, RtpPacket]]
    truncated: bool
    malformed: int


def parse_mjr(data: bytes) -> Recording:
    """Read a recording. A cut tail is tolerated and told.

    Raises ``WireError`` where the header is missing (Janus writes it with the first packet, so a stream that never
    sent anything has none), of another format or not of audio or video, or where bytes between packets are foreign.
    """
    if len(data) < 10:
        raise WireError("MJR: the recording ends inside its header")
    if data[:8] != _MAGIC:
        raise WireError("MJR: does not begin with MJR00002")
    length = int.from_bytes(data[8:10], "big")
    at = 10 + length
    if len(data) < at:
        raise WireError("MJR: the recording ends inside its header")
    media, codec, created, first = _header(data[10:at])
    packets: list[tuple[float, RtpPacket]] = []
    malformed = 0
    while at + _TAG.size <= len(data):
        tag, millis, length = _TAG.unpack_from(data, at)
        if tag != b"MEET":
            raise WireError(f"MJR: no packet tag at byte {at}")
        end = at + _TAG.size + length
        if end > len(data):
            break
        try:
            packets.append((first + millis / 1000, parse_rtp(data[at + _TAG.size : end])))
        except WireError:
            malformed += 1
        at = end
    return Recording(media, codec, created, first, packets, at != len(data), malformed)


def _header(text: bytes) -> tuple[Literal["audio", "video"], str, float, float]:
    """Media, codec, created at and first packet at; the file gives the times in microseconds as "s" and "u"."""
    try:
        info: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError("MJR: the header is not JSON") from error
    if not isinstance(info, dict):
        raise WireError("MJR: the header is not a JSON object")
    kind, codec = info.get("t"), info.get("c")
    if not isinstance(kind, str) or kind not in _KINDS or not isinstance(codec, str):
        raise WireError("MJR: the header names no audio or video codec")
    created, first = info.get("s"), info.get("u")
    if not _is_time(created) or not _is_time(first):
        raise WireError("MJR: the header has no time of creation and first packet")
    return _KINDS[kind], codec.lower(), created / 1e6, first / 1e6


def _is_time(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value < 2**63


def build_mjr(
    media: Literal["audio", "video"], codec: str, first_at: float, packets: Iterable[tuple[float, RtpPacket]]
) -> bytes:
    """A recording as Janus would have written it, for evidence made in tests. Times as in ``Recording``."""
    micros = round(first_at * 1e6)
    header = json.dumps({"t": media[0], "c": codec, "s": micros, "u": micros}).encode()
    parts = [_MAGIC, len(header).to_bytes(2, "big"), header]
    for received_at, packet in packets:
        body = build_rtp(packet)
        try:
            parts += [_TAG.pack(b"MEET", round((received_at - first_at) * 1000), len(body)), body]
        except struct.error as error:
            raise WireError("MJR: a packet is too long or lies before the first") from error
    return b"".join(parts)
