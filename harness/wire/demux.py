"""What a packet between a browser and a media server or relay is, told by its first bytes (RFC 7983, RFC 8656)."""

import struct
from collections.abc import Iterator

from harness.model.errors import WireError
from harness.wire import stun

KINDS = ("stun", "zrtp", "dtls", "turn-channel", "rtp", "rtcp", "tls")
UNKNOWN = "unknown"
_TLS_RECORDS = range(20, 24)  # change cipher spec, alert, handshake, application data (RFC 8446, section 5.1)


def kind_of(datagram: bytes) -> str:
    """One of ``KINDS``, or ``unknown``: the range of the first byte, and what a packet of that range must look like."""
    if not datagram:
        return UNKNOWN
    first = datagram[0]
    if first < 4:
        return "stun" if _is_stun(datagram) else UNKNOWN
    if 16 <= first < 20:
        return "zrtp"
    if 20 <= first < 64:
        return "dtls" if _is_dtls(datagram) else UNKNOWN
    if 64 <= first < 80:
        return "turn-channel" if _is_channel(datagram) else UNKNOWN
    if 128 <= first < 192 and len(datagram) >= 8:
        return "rtcp" if 192 <= datagram[1] < 224 else "rtp"  # RFC 5761, section 4
    return UNKNOWN


def inside_channel(datagram: bytes) -> bytes:
    """What a TURN channel message carries (RFC 8656, section 12.4). Raises ``WireError`` where its header is cut."""
    if len(datagram) < 4:
        raise WireError("TURN: cut inside the header of a channel message")
    (size,) = struct.unpack_from("!H", datagram, 2)
    return datagram[4 : 4 + size]


def is_plain_rtcp(datagram: bytes) -> bool:
    """Whether an RTCP packet is readable to its end: sealed ones (RFC 3711, section 3.4) end in an index and a tag."""
    at = 0
    while at + 4 <= len(datagram):
        first, kind, words = struct.unpack_from("!BBH", datagram, at)
        if first >> 6 != 2 or not 192 <= kind < 224:
            return False
        at += 4 * (words + 1)
    return at == len(datagram) > 0


def messages_of(stream: bytes) -> Iterator[tuple[str, bytes]]:
    """The messages in one direction of a TCP connection to a relay: TLS records, or STUN and channel messages.

    A message that the end cuts is left out; what is nothing of these is one last ``unknown``, to the end.
    """
    at = 0
    while at < len(stream):
        size = _message_size(stream, at)
        if size is None:
            yield UNKNOWN, stream[at:]
            return
        if size == 0 or at + size > len(stream):
            return  # cut by the end of the capture
        part = stream[at : at + size]
        kind = "tls" if part[0] in _TLS_RECORDS else kind_of(part)
        yield kind, part
        at += size


def _message_size(stream: bytes, at: int) -> int | None:
    """The size of the message that begins there: 0 where its header is cut, None where it is none."""
    first = stream[at]
    if first in _TLS_RECORDS:
        return 5 + struct.unpack_from("!H", stream, at + 3)[0] if at + 5 <= len(stream) else 0
    if at + 4 > len(stream):
        return 0
    (size,) = struct.unpack_from("!H", stream, at + 2)
    if first < 4:
        return stun.HEADER + int(size)
    return 4 + int(size) + -int(size) % 4 if 64 <= first < 80 else None  # over TCP padded to four bytes


def _is_stun(datagram: bytes) -> bool:
    if len(datagram) < stun.HEADER:
        return False
    size, magic = struct.unpack_from("!HI", datagram, 2)
    return bool(magic == stun.MAGIC and len(datagram) == stun.HEADER + size)


def _is_dtls(datagram: bytes) -> bool:
    if datagram[0] >= 32:  # the short header of DTLS 1.3 (RFC 9147, section 4)
        return len(datagram) > 16
    return len(datagram) >= 13 and datagram[1] == 0xFE


def _is_channel(datagram: bytes) -> bool:
    return len(datagram) >= 4 and struct.unpack_from("!H", datagram, 2)[0] <= len(datagram) - 4
