"""Writes a capture of the network as tcpdump does: the packets of a call of two; STUN, DTLS and RTCP in between."""

import random
import struct
from pathlib import Path

from harness.wire.rtp import RtpPacket, build_rtp

PORT = 40_000  # of the media server
STEP = 0.004  # seconds from packet to packet
OTHERS_EVERY = 50  # of so many packets one is none of media
_STREAMS = ((0x11111111, 111, 110, 960), (0x22222222, 98, 1150, 3600), (0x33333333, 111, 110, 960),
            (0x44444444, 98, 1150, 3600))  # fmt: skip  # source, payload type, bytes, steps of the clock
_STUN = struct.pack("!HHI", 1, 0, 0x2112A442) + bytes(12)
_RTCP = bytes((0x80, 200, 0, 6)) + bytes(24)
_DTLS = bytes((23, 0xFE, 0xFD)) + bytes(30)


def datagrams(count: int, seed: int = 1) -> list[bytes]:
    """That many datagrams; of each fifty one is no media."""
    chance = random.Random(seed)
    made: list[bytes] = []
    for index in range(count):
        if index % OTHERS_EVERY == OTHERS_EVERY - 1:
            made.append((_STUN, _RTCP, _DTLS)[index // OTHERS_EVERY % 3])
            continue
        source, kind, size, step = _STREAMS[index % len(_STREAMS)]
        number = index // len(_STREAMS)
        payload = chance.randbytes(int(size * chance.uniform(0.7, 1.0)))
        made.append(build_rtp(RtpPacket(kind, number % 2**16, number * step % 2**32, source, payload, number % 3 == 0)))
    return made


def capture(count: int, seed: int = 1) -> bytes:
    """A capture of Ethernet with microseconds, little-endian."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)]
    for index, payload in enumerate(datagrams(count, seed)):
        at, (source, target) = index * STEP, ((1, 2), (3, 2))[index // 2 % 2]
        udp = struct.pack("!HHHH", 50_000 + source, PORT, 8 + len(payload), 0) + payload
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0x4000, 64, 17, 0)
        frame = bytes(12) + b"\x08\x00" + ip + bytes((10, 0, 0, source, 10, 0, 0, target)) + udp
        parts += [struct.pack("<IIII", int(at), int(at % 1 * 1e6), len(frame), len(frame)), frame]
    return b"".join(parts)


def write_capture(file: Path, count: int, seed: int = 1) -> int:
    """Writes it and says how many bytes it has."""
    return file.write_bytes(capture(count, seed))
