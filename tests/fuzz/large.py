"""One large input a parser, of as many parts as so many bytes can hold: what grows faster than its input shows here."""

import json
import struct

from harness.wire.frames import Frame, pack_frames
from harness.wire.sdp import MOST_FINGERPRINTS
from tests.fuzz import seeds


def datagram(size: int) -> bytes:
    """RTCP packets of four bytes each."""
    return b"\x80\xc8\x00\x00" * (size // 4)


def stream(size: int) -> bytes:
    """Empty channel messages."""
    return b"\x40\x00\x00\x00" * (size // 4)


def packets(size: int) -> bytes:
    """Packets of an opus stream without order."""
    return b"\x02" + b"".join(seeds.piece(bytes([n & 0xF9, n * 7 % 256, 1])) for n in range(size // 4))


def frames(size: int) -> bytes:
    """Empty frames."""
    return pack_frames([Frame(0, 0.0, b"")] * (size // 16))


def janus(size: int) -> bytes:
    """A subscriber with many streams."""
    streams = [{"feed_id": n} for n in range(size // 20)]
    own = {"type": "subscriber", "room": 1, "streams": streams}
    return json.dumps({"info": {"plugin": "janus.plugin.videoroom", "plugin_specific": own}}).encode()


def mjr(size: int) -> bytes:
    """Recorded packets without payload."""
    return seeds.MJR[0] + (struct.pack("!4sIH", b"MEET", 0, 12) + b"\x80" + bytes(11)) * (size // 22)


def pcap(size: int) -> bytes:
    """Datagrams without payload."""
    frame = struct.pack("!BBHHHBBHII", 0x45, 0, 28, 0, 0, 64, 17, 0, 1, 2) + struct.pack("!HHHH", 1, 2, 8, 0)
    record = struct.pack("<IIII", 100, 5, len(frame), len(frame)) + frame
    return seeds.PCAP[2] + record * (size // len(record))


def vlans(size: int) -> bytes:
    """One packet in as many VLAN tags as fit."""
    frame = bytes(12) + b"\x81\x00\x00\x00" * (size // 4)
    return seeds.PCAP[0] + struct.pack("<IIII", 100, 5, len(frame), len(frame)) + frame


def rtp(size: int) -> bytes:
    """One packet with the longest header extension that the size allows."""
    words = min(size // 4, 65535)
    return b"\x90" + bytes(11) + struct.pack("!HH", 0xBEDE, words) + bytes(4 * words)


def sdp(size: int) -> bytes:
    """Half of it fingerprints for the whole session, half of it media sections that have none of their own."""
    return b"v=0\n" + b"a=fingerprint:x 0A\n" * (size // 38) + b"m=a 1 b\n" * (size // 16)


def sdp_sections(size: int) -> bytes:
    """As many fingerprints for the session as it may have, and media sections that take them."""
    return b"v=0\n" + b"a=fingerprint:x 0A\n" * MOST_FINGERPRINTS + b"m=a 1 b\n" * (size // 8)


def long_line(size: int) -> bytes:
    """One fingerprint, and one codec after many spaces."""
    return b"v=0\nm=a 1 b\na=fingerprint:x 0A" + b":0A" * (size // 6) + b"\na=rtpmap:9" + b" " * (size // 2)


def stun(size: int) -> bytes:
    """Empty attributes."""
    count = min(size // 4, 16383)
    return struct.pack("!HHI12s", 3, 4 * count, 0x2112A442, bytes(12)) + b"\x00\x06\x00\x00" * count


def tls(size: int) -> bytes:
    """Empty extensions."""
    extensions = b"\x00\x07\x00\x00" * min(size // 4, 16300)
    head = struct.pack("!H", 0x0303) + bytes(32) + b"\x00" + struct.pack("!HB", 0x1301, 0)
    body = head + struct.pack("!H", len(extensions)) + extensions
    message = b"\x02" + len(body).to_bytes(3, "big") + body
    return struct.pack("!BHH", 22, 0x0303, len(message)) + message


def overlap(size: int) -> bytes:
    """Frames that share bytes everywhere and are never the same."""
    return b"\x00" + b"".join(seeds.piece(seeds.NOISE[n % 7 :], seeds.NOISE[n % 5 : -9]) for n in range(size // 320))


def keystream(size: int) -> bytes:
    """Frames under keystream that comes again every seven bytes."""
    return seeds.piece(seeds.NOISE, bytes([1, 2, 3, 4, 5, 6, 7]) * 23) * (size // 330)
