"""The RTCP that a bot sends, as bytes; ``load.pump.rtcp`` reads it back."""

import struct
from collections.abc import Iterable, Sequence

from load.pump.rtcp import BYE, NACK_FMT, PLI_FMT, PSFB, REMB_FMT, RR, RTPFB, SDES, SR, Report

_MOST_REMB = (1 << 18) - 1  # mantissa


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return struct.pack("!BBH", 0x80 | count, kind, len(body) // 4) + body


def _reports(reports: Sequence[Report]) -> bytes:
    return b"".join(
        struct.pack(
            "!IIIIII", each.ssrc, each.fraction << 24 | max(-(1 << 23), min(each.lost, (1 << 23) - 1)) & 0xFFFFFF,
            each.highest & 0xFFFFFFFF, each.jitter & 0xFFFFFFFF, each.lsr, each.dlsr,
        )
        for each in reports
    )  # fmt: skip


def sender_report(ssrc: int, ntp: int, rtp: int, packets: int, octets: int) -> bytes:
    """SR without blocks: the bots' two directions are two transports."""
    return _packet(SR, 0, struct.pack("!IQIII", ssrc, ntp, rtp & 0xFFFFFFFF, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF))


def receiver_report(ssrc: int, reports: Sequence[Report]) -> bytes:
    """RR of at most 31 streams."""
    return _packet(RR, len(reports), struct.pack("!I", ssrc) + _reports(reports))


def source_description(ssrc: int, cname: str) -> bytes:
    """SDES with the canonical name alone (RFC 3550, section 6.5.1)."""
    item = struct.pack("!IBB", ssrc, 1, len(cname)) + cname.encode("ascii")
    return _packet(SDES, 1, item + bytes(4 - len(item) % 4))


def picture_loss(ssrc: int, media: int) -> bytes:
    """PLI: asks for a key frame."""
    return _packet(PSFB, PLI_FMT, struct.pack("!II", ssrc, media))


def missing(ssrc: int, media: int, lost: Iterable[int]) -> bytes:
    """NACK of these sequence numbers, given in the order in which they were sent."""
    pairs: list[list[int]] = []
    for number in lost:
        ahead = (number - pairs[-1][0] - 1) & 0xFFFF if pairs else 16
        if ahead < 16:
            pairs[-1][1] |= 1 << ahead
        else:
            pairs.append([number, 0])
    return _packet(RTPFB, NACK_FMT, struct.pack("!II", ssrc, media) + b"".join(struct.pack("!HH", *p) for p in pairs))


def estimate(ssrc: int, bitrate: int, ssrcs: Sequence[int]) -> bytes:
    """REMB: this side can take so many bits a second of these streams together."""
    shift = max(0, bitrate.bit_length() - 18)
    head = len(ssrcs) << 24 | shift << 18 | bitrate >> shift & _MOST_REMB
    body = struct.pack("!II4sI", ssrc, 0, b"REMB", head) + b"".join(struct.pack("!I", each) for each in ssrcs)
    return _packet(PSFB, REMB_FMT, body)


def goodbye(ssrcs: Sequence[int]) -> bytes:
    """BYE."""
    return _packet(BYE, len(ssrcs), b"".join(struct.pack("!I", each) for each in ssrcs))
