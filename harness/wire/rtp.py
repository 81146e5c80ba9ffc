"""RTP packets (RFC 3550 section 5.1) with header extensions (RFC 8285) kept aside unread."""

import struct
from typing import NamedTuple

from harness.model.errors import WireError

_FIXED = struct.Struct("!BBHII")
_EXTENSION = struct.Struct("!HH")


class RtpPacket(NamedTuple):
    """One RTP packet. ``payload`` is without padding; ``padding`` counts the padding bytes, its length byte included.

    ``extension`` is the body of the header extension (whole 32-bit words), ``extension_profile`` its "defined by
    profile" field (0xBEDE for RFC 8285 one-byte headers), or ``None`` where the packet has no extension.
    """

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes
    marker: bool = False
    csrcs: tuple[int, ...] = ()
    extension_profile: int | None = None
    extension: bytes = b""
    padding: int = 0

    @property
    def size(self) -> int:
        """Bytes of the whole packet."""
        extension = 0 if self.extension_profile is None else 4 + len(self.extension)
        return 12 + 4 * len(self.csrcs) + extension + len(self.payload) + self.padding


def parse_rtp(data: bytes) -> RtpPacket:
    """Read a packet (RFC 3550 section 5.1). Raises ``WireError`` where it is not RTP version 2 or is cut short."""
    size = len(data)
    if size < 12:
        raise WireError("RTP: cut inside the fixed header")
    first, second, sequence, timestamp, ssrc = _FIXED.unpack_from(data)
    if first >> 6 != 2:
        raise WireError(f"RTP: version {first >> 6} instead of 2")
    at = 12
    csrcs: tuple[int, ...] = ()
    if count := first & 0x0F:
        if size < at + 4 * count:
            raise WireError("RTP: cut inside the list of contributing sources")
        csrcs = struct.unpack_from(f"!{count}I", data, at)
        at += 4 * count
    profile: int | None = None
    extension = b""
    if first & 0x10:
        if size < at + 4:
            raise WireError("RTP: cut inside the header extension")
        profile, words = _EXTENSION.unpack_from(data, at)
        at += 4
        if size < at + 4 * words:
            raise WireError("RTP: cut inside the header extension")
        extension = data[at : at + 4 * words]
        at += 4 * words
    padding = 0
    if first & 0x20:
        padding = data[-1]
        if padding == 0 or padding > size - at:
            raise WireError(f"RTP: {padding} bytes of padding in {size - at} bytes of payload")
    return RtpPacket(
        second & 0x7F,
        sequence,
        timestamp,
        ssrc,
        data[at : size - padding],
        bool(second & 0x80),
        csrcs,
        profile,
        extension,
        padding,
    )


def build_rtp(packet: RtpPacket) -> bytes:
    """The packet as bytes; padding is zeros. Raises ``WireError`` for a field that does not fit its bits."""
    has_extension = packet.extension_profile is not None
    if not 0 <= packet.payload_type < 128 or len(packet.csrcs) > 15 or not 0 <= packet.padding < 256:
        raise WireError("RTP: payload type, sources or padding do not fit the header")
    if len(packet.extension) % 4 or (packet.extension and not has_extension):
        raise WireError("RTP: the header extension is not a whole number of 32-bit words under a profile")
    first = 0x80 | bool(packet.padding) << 5 | has_extension << 4 | len(packet.csrcs)
    second = packet.marker << 7 | packet.payload_type
    try:
        head = _FIXED.pack(first, second, packet.sequence, packet.timestamp, packet.ssrc)
        sources = struct.pack(f"!{len(packet.csrcs)}I", *packet.csrcs)
        profile = packet.extension_profile
        extension = b"" if profile is None else _EXTENSION.pack(profile, len(packet.extension) // 4) + packet.extension
    except struct.error as error:
        raise WireError("RTP: a header field does not fit its bits") from error
    padding = bytes(packet.padding - 1) + bytes([packet.padding]) if packet.padding else b""
    return head + sources + extension + packet.payload + padding
