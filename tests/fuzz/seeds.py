"""Inputs to begin with, made by our own builders, and large ones of as many parts as a parser can be told of."""

import json
import struct

from harness.wire import sframe, sframe_forms, stun
from harness.wire.frame_profiles import TrailedFrame, build_trailed
from harness.wire.frames import Frame, pack_frames
from harness.wire.mjr import build_mjr
from harness.wire.rtp import RtpPacket, build_rtp
from tests.fuzz.sealed import KEYS

NOISE = bytes(n * 151 % 256 for n in range(1, 160))


def piece(*parts: bytes) -> bytes:
    """Parts led by their length, as ``readers.pieces`` takes them apart."""
    return b"".join(bytes([len(part)]) + part for part in parts)


RTP = (
    build_rtp(RtpPacket(111, 7, 960, 5, NOISE[:40])),
    build_rtp(RtpPacket(98, 7, 3000, 5, b"payload", True, (1, 2), 0xBEDE, b"\x10\x01\x00\x00", 4)),
)
_UDP = struct.pack("!HHHH", 20000, 3478, 48, 0) + RTP[0][:40]
_TCP = struct.pack("!HHIIBBHHH", 40000, 443, 7, 0, 0x60, 0x12, 0, 0, 0) + bytes(4) + b"stream"


def _ipv4(protocol: int, body: bytes) -> bytes:
    return struct.pack("!BBHHHBBHII", 0x45, 0, 20 + len(body), 0, 0, 64, protocol, 0, 1, 2) + body


def _ipv6(protocol: int, body: bytes) -> bytes:
    return struct.pack("!IHBB", 6 << 28, len(body), protocol, 64) + bytes(32) + body


def _capture(link: int, *frames: bytes) -> bytes:
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, link)
    return head + b"".join(struct.pack("<IIII", 100, 5, len(one), len(one)) + one for one in frames)


def _ether(kind: int, ip: bytes) -> bytes:
    return bytes(12) + struct.pack("!H", kind) + ip


PCAP = (
    _capture(1, _ether(0x0800, _ipv4(17, _UDP)), _ether(0x86DD, _ipv6(6, _TCP)), _ether(0x0806, b"")),
    _capture(1, bytes(12) + struct.pack("!HHH", 0x8100, 5, 0x0800) + _ipv4(6, _TCP)),
    _capture(101, _ipv4(17, _UDP), _ipv6(17, _UDP)),
    _capture(276, struct.pack("!H", 0x0800) + bytes(18) + _ipv4(17, _UDP)),
)
STUN = (
    stun.build_stun(
        stun.StunMessage(stun.REFUSED, bytes(12), ((stun.ERROR_CODE, b"\0\0\4\1no"), (stun.REALM, b"hall")))
    ),
    stun.build_stun(stun.StunMessage(stun.ALLOCATE, bytes(12), ((stun.REQUESTED_TRANSPORT, stun.UDP),)), b"key"),
)
_CHANNEL = b"\x40\x00\x00\x08" + b"\x80\xc8\x00\x01abcd"
_RTCP = b"\x81\xc9\x00\x01abcd\x80\xca\x00\x00"
_DTLS = b"\x16\xfe\xfd" + bytes(8) + b"\x00\x04data"
SPECIALS = (b"\xf8\xff\xfe", b"\xd8\xff\xfe", b"\x08", NOISE[:40])
DATAGRAMS = (STUN[0], RTP[0], _RTCP, _DTLS, _CHANNEL, b"\x2f" + NOISE[:30])


def _hello(version: int, extensions: bytes) -> bytes:
    body = struct.pack("!H", version) + NOISE[:32] + b"\x00" + struct.pack("!HB", 0x1301, 0)
    message_body = body + struct.pack("!H", len(extensions)) + extensions
    message = b"\x02" + len(message_body).to_bytes(3, "big") + message_body
    return struct.pack("!BHH", 22, 0x0303, len(message)) + message


TLS = (
    _hello(0x0303, b"\x00\x33\x00\x02\x00\x17\x00\x2b\x00\x02\x03\x04"),
    _hello(0x0303, b"\xff\x01\x00\x01\x00"),
    bytes([21, 3, 1, 0, 2, 2, 70]),
)
STREAM = (STUN[0] + _CHANNEL + STUN[1], TLS[0] + TLS[2], _CHANNEL * 3)
MJR = (
    build_mjr(
        "video", "vp9", 1_700_000_000.25, [(1_700_000_000.25 + n, RtpPacket(98, n, n, 7, b"ab")) for n in range(3)]
    ),
    build_mjr("audio", "opus", 1_700_000_000.25, [(1_700_000_000.5, RtpPacket(111, 1, 960, 7, NOISE[:30]))]),
)
FRAMES = (
    pack_frames([Frame(3000 * n, 1_700_000_000.5 + n, NOISE[: 9 * n]) for n in range(3)]),
    pack_frames([]),
)
_VP9 = (b"\x8a\x91\x02aa", b"\x04bb", b"\xbe\x81\x23\x05\x08\x02\x41\x04\x41rest", b"\xb0\x05\x21\x03\x02data")
_STRUCTURE = b"\x8a\x05\x18\x00\x10\x00\x10\x03\x04\x01\x08\x01\x02data"
VP9 = (*_VP9, _STRUCTURE)
VP8 = (b"\x10\x00rest", b"\x90\xf0\x81\x23\x05\x21rest", b"\x91\x80\x01rest")
PACKETS = (
    b"\x00" + piece(*(b"\x00\x00" + bytes([8 * (n == 0) | 4 * (n == 2)]) + NOISE[:9] for n in range(3))),
    b"\x00" + piece(*(b"\x10\x01" + part for part in VP9)),
    b"\x01" + piece(b"\x00\x00\x10ab", b"\x00\x00\x00cd", b"\x0a\x03\x11ef", b"\x12\x00\x10gh"),
    b"\x02" + piece(b"\x00\x00ab", b"\x01\x00cd", b"\x18\xf0ef"),
)
TRAILED = tuple(
    bytes([clear + 1]) + build_trailed(TrailedFrame(NOISE[:clear], NOISE[:20], NOISE[:16], NOISE[:12], 3))
    for clear in (10, 3, 0)
)
JANUS = (
    bytes(40),
    bytes(17) + b"\xa9" + bytes(20),
    json.dumps({"sessions": [1, 2], "handles": []}).encode(),
    json.dumps({"info": {"plugin": "janus.plugin.videoroom", "plugin_specific": {"type": "publisher"}}}).encode(),
)
_OFFER = """v=0
o=- 1 2 IN IP4 127.0.0.1
a=fingerprint:SHA-256 aa:bb:CC
a=setup:actpass
m=audio 9 UDP/TLS/RTP/SAVPF 111 63
a=mid:0
a=ice-pwd:secret
a=sendonly
a=rtpmap:111 opus/48000/2
m=video 0 UDP/TLS/RTP/SAVPF 98
a=bundle-only
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc
"""
SDP = (
    _OFFER.replace("\n", "\r\n").encode(),
    b"v=0\na=ice-pwd:x\nm=a 1/2 b\na=fingerprint:sha-1 0A\na=rtpmap:9  c/\n",
)
SFRAME = tuple(sframe.seal(key, ctr, NOISE[:33]) for key in KEYS for ctr in (3, 2**40 + 1))
FORMS = tuple(
    bytes([number + sealed]) + sframe.build_header(5, 900) + NOISE[:47] + (b"\x20" if form.clear == "all" else b"")
    for number, form in enumerate(sframe_forms.WRONG)
    for sealed in (0, 11 * 12)  # from 128 on the sender seals it
)
KIDS = (b"\x11\x09" + b"\0" + bytes(range(1, 9)), b"\x05\x01\x00\x2a", b"\x41\x41\x00" + bytes(8))
_ONE = NOISE[:40]
OVERLAP = (b"\x00" + piece(_ONE, b"x" + _ONE + b"y", NOISE[50:90], NOISE[90:130]), b"\x42" + piece(b"\xf8a", b"\xf8a"))
KEYSTREAM = (
    piece(NOISE[:60], _ONE, NOISE[60:120], _ONE),
    piece(NOISE[:60], _ONE, NOISE[:60], _ONE, NOISE[:99], b"\x01\x02\x03\x04\x05" * 18),
)
CLEAR = (b"\1\1\1\0\0\1\0\0", b"\0" * 40, b"\1" * 30 + b"\0" * 11)
SECRETS = (NOISE[:32], "Grüße & <Küsse> 🐟".encode("utf-16-le"), b"plain ascii text, 26 bytes")
