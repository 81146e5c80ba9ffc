"""RTCP as far as a client of an SFU says and hears it (RFC 3550 section 6, RFC 4585, RFC 5104; REMB).

Bytes in, values out: what arrives is of a system under test, so every length is checked, and ``RtcpError`` is the only
error. A compound packet is read as a list; packet types that a bot does not act on are left out.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from load.pump.errors import RtcpError

SR, RR, SDES, BYE, RTPFB, PSFB = 200, 201, 202, 203, 205, 206
NACK_FMT, TWCC_FMT = 1, 15  # of RTPFB (RFC 4585, section 6.2.1; draft-holmer-rmcat-transport-wide-cc-extensions)
PLI_FMT, FIR_FMT, REMB_FMT = (
    1,
    4,
    15,
)  # of PSFB (RFC 4585, section 6.3.1; RFC 5104, section 4.3.1; draft-alvestrand-rmcat-remb)
_HEAD = struct.Struct("!BBH")
_BLOCK = struct.Struct("!IIIIII")
_SR = struct.Struct("!IQIII")
_REMB = b"REMB"


@dataclass(frozen=True, slots=True)
class Report:
    """One report block: what a receiver says of stream ``ssrc``; ``jitter`` in units of its clock, ``lsr`` and
    ``dlsr`` in 1/65536 s, ``lost`` cumulative and possibly negative (24 bits, RFC 3550 section 6.4.1)."""

    ssrc: int
    fraction: int
    lost: int
    highest: int
    jitter: int
    lsr: int = 0
    dlsr: int = 0


@dataclass(frozen=True, slots=True)
class SenderReport:
    """``ntp`` in 2^-32 s since 1900 and ``rtp`` name the same instant."""

    ssrc: int
    ntp: int
    rtp: int
    packets: int
    octets: int
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """What ``ssrc`` receives."""

    ssrc: int
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Nack:
    """Packets of ``media`` that the other side misses, by their sequence numbers."""

    media: int
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyFrameAsked:
    """A PLI, or one entry of a FIR."""

    media: int


@dataclass(frozen=True, slots=True)
class Remb:
    """The other side's estimate of what it can receive: bits a second, for these streams."""

    bitrate: int
    ssrcs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TransportFeedback:
    """Transport-wide feedback came; a pump does not adapt its rate and only counts it."""

    media: int


@dataclass(frozen=True, slots=True)
class Bye:
    """These streams have ended."""

    ssrcs: tuple[int, ...]


Packet = SenderReport | ReceiverReport | Nack | KeyFrameAsked | Remb | TransportFeedback | Bye


def parse(data: bytes) -> list[Packet]:
    """Read a compound packet. Raises ``RtcpError`` where it is cut short or a length in it does not fit."""
    packets: list[Packet] = []
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            raise RtcpError("RTCP: cut inside a header")
        first, kind, words = _HEAD.unpack_from(data, at)
        end = at + 4 * (words + 1)
        if first >> 6 != 2:
            raise RtcpError(f"RTCP: version {first >> 6} instead of 2")
        if end > len(data):
            raise RtcpError(f"RTCP: a packet of {end - at} bytes where {len(data) - at} are left")
        body = data[at + 4 : end]
        if first & 0x20:
            if end != len(data) or not body or not 0 < body[-1] <= len(body):
                raise RtcpError("RTCP: padding that does not fit its packet")
            body = body[: -body[-1]]
        packets += _one(kind, first & 31, body)
        at = end
    return packets


def _one(kind: int, count: int, body: bytes) -> Iterable[Packet]:
    if kind == SR:
        ssrc, ntp, rtp, sent, octets = _unpack(_SR, body, "a sender report")
        return [SenderReport(ssrc, ntp, rtp, sent, octets, _blocks(body, _SR.size, count))]
    if kind == RR:
        return [ReceiverReport(_words(body, 0, 1)[0], _blocks(body, 4, count))]
    if kind == BYE:
        return [Bye(_words(body, 0, count))]
    if kind == RTPFB and count == NACK_FMT:
        return [Nack(_words(body, 4, 1)[0], _lost(body))]
    if kind == RTPFB and count == TWCC_FMT:
        return [TransportFeedback(_words(body, 4, 1)[0])]
    if kind == PSFB and count == PLI_FMT:
        return [KeyFrameAsked(_words(body, 4, 1)[0])]
    if kind == PSFB and count == FIR_FMT:
        _words(body, 0, 2)
        return [KeyFrameAsked(_words(body, at, 2)[0]) for at in range(8, len(body), 8)]
    if kind == PSFB and count == REMB_FMT and body[8:12] == _REMB:
        head = _words(body, 12, 1)[0]
        return [Remb((head & 0x3FFFF) << (head >> 18 & 63), _words(body, 16, head >> 24))]
    return []


def _unpack(form: struct.Struct, body: bytes, what: str) -> tuple[int, ...]:
    if len(body) < form.size:
        raise RtcpError(f"RTCP: cut inside {what}")
    return form.unpack_from(body)


def _words(body: bytes, at: int, count: int) -> tuple[int, ...]:
    if at + 4 * count > len(body):
        raise RtcpError("RTCP: cut inside a list of streams")
    return struct.unpack_from(f"!{count}I", body, at)


def _blocks(body: bytes, at: int, count: int) -> tuple[Report, ...]:
    if at + _BLOCK.size * count > len(body):
        raise RtcpError("RTCP: cut inside a report block")
    found = []
    for number in range(count):
        ssrc, loss, highest, jitter, lsr, dlsr = _BLOCK.unpack_from(body, at + number * _BLOCK.size)
        lost = loss & 0xFFFFFF
        found.append(Report(ssrc, loss >> 24, lost - (1 << 24 if lost >> 23 else 0), highest, jitter, lsr, dlsr))
    return tuple(found)


def _lost(body: bytes) -> tuple[int, ...]:
    """The generic NACK's pairs of a number and a mask of the sixteen after it (RFC 4585, section 6.2.1)."""
    if (len(body) - 8) % 4 or len(body) < 12:
        raise RtcpError("RTCP: cut inside a NACK")
    lost = []
    for at in range(8, len(body), 4):
        first, mask = struct.unpack_from("!HH", body, at)
        lost += [first, *(first + 1 + bit & 0xFFFF for bit in range(16) if mask >> bit & 1)]
    return tuple(lost)
