"""Captures of the network as tcpdump writes them (draft-ietf-opsawg-pcap): the UDP and TCP packets in IPv4 and IPv6.

One pass, a slice a packet and nothing kept: memory is bounded by the capture itself, which may be a mapped file.
"""

import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

from harness.model.errors import WireError

_MAGIC = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6), b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9), b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}  # fmt: skip
_FILE_HEADER, RECORD_HEADER = 24, 16
ETHERTYPE_AT = {1: 12, 113: 14, 276: 0}  # Ethernet, Linux "cooked" and its second version: where the type stands
PAYLOAD_AT = {1: 14, 113: 16, 276: 20}
RAW, _VLAN, IPV4, _IPV6, _TCP, UDP = 101, 0x8100, 0x0800, 0x86DD, 6, 17


class Packet(NamedTuple):
    """One packet: ``at`` in seconds since the epoch, addresses as their bytes; ``sequence`` is TCP's, else 0."""

    at: float
    protocol: Literal["udp", "tcp"]
    source: bytes
    source_port: int
    target: bytes
    target_port: int
    payload: bytes
    sequence: int = 0
    opens: bool = False  # a TCP packet with SYN


def packets(data: bytes | memoryview) -> Iterator[Packet]:
    """The whole UDP and TCP packets of a capture; what else it holds (ARP, ICMP, fragments) is passed over.

    Raises ``WireError`` where it is no capture, of a link that is not known here, or cut inside a record; a packet that
    was captured in part, or whose own lengths do not fit, is an error, too: nothing of it must go unseen.
    """
    whole = memoryview(data)
    link, record, fraction = head_of(whole)
    for start, kept in records(whole, record):
        seconds, parts, _, _ = record.unpack_from(whole, start - RECORD_HEADER)
        found = packet_in(seconds + parts * fraction, whole[start : start + kept], link)
        if found is not None:
            yield found


def head_of(whole: memoryview) -> tuple[int, struct.Struct, float]:
    """The link type of a capture, how a record's header is laid out (seconds, parts of a second, bytes kept, bytes of
    the packet), and how long one part of a second is. Raises ``WireError`` as ``packets`` does."""
    known = _MAGIC.get(bytes(whole[:4]))
    if known is None or len(whole) < _FILE_HEADER:
        raise WireError("capture: it does not begin as one")
    order, fraction = known
    link = struct.unpack_from(f"{order}I", whole, 20)[0] & 0xFFFF
    if link != RAW and link not in PAYLOAD_AT:
        raise WireError(f"capture: link type {link} is unknown")
    return link, struct.Struct(f"{order}IIII"), fraction


def records(whole: memoryview, record: struct.Struct) -> Iterator[tuple[int, int]]:
    """Where each frame of a capture begins, and its size. Raises ``WireError`` as ``packets`` does."""
    unpack = record.unpack_from
    at, end = _FILE_HEADER + RECORD_HEADER, len(whole)
    while at <= end:
        _, _, kept, size = unpack(whole, at - RECORD_HEADER)
        if end - at < kept:
            raise WireError("capture: cut inside a record")
        if kept < size:
            raise WireError(f"capture: {kept} bytes were kept of a packet of {size}")
        yield at, kept
        at += kept + RECORD_HEADER
    if at - RECORD_HEADER != end:
        raise WireError("capture: cut inside the header of a record")


def packet_in(at: float, frame: memoryview, link: int) -> Packet | None:
    """The packet in one frame, None where it is none of UDP or TCP. Raises ``WireError`` as ``packets`` does."""
    try:
        ip, kind = _network(frame, link)
        if kind == IPV4:
            return _ipv4(at, ip)
        return _ipv6(at, ip) if kind == _IPV6 else None
    except (struct.error, IndexError) as error:
        raise WireError("capture: a packet is cut inside its headers") from error


def _network(frame: memoryview, link: int) -> tuple[memoryview, int]:
    """The IP packet in a frame, and its ethertype."""
    if link == RAW:
        return frame, IPV4 if frame[0] >> 4 == 4 else _IPV6
    (kind,) = struct.unpack_from("!H", frame, ETHERTYPE_AT[link])
    start = PAYLOAD_AT[link]
    while kind == _VLAN:
        (kind,) = struct.unpack_from("!H", frame, start + 2)
        start += 4
    return frame[start:], int(kind)


def _ipv4(at: float, ip: memoryview) -> Packet | None:
    header = (ip[0] & 15) * 4
    size, _, fragment, _, protocol = struct.unpack_from("!HHHBB", ip, 2)
    if fragment & 0x3FFF:  # more to come, or not the first
        return None
    # Offloaded packets may say 0 for their length (Linux, beyond 64 KiB): then the frame tells it.
    return _transport(at, protocol, bytes(ip[12:16]), bytes(ip[16:20]), ip[header : size or len(ip)])


def _ipv6(at: float, ip: memoryview) -> Packet | None:
    size, protocol = struct.unpack_from("!HB", ip, 4)
    end = 40 + size if size else len(ip)
    return _transport(at, protocol, bytes(ip[8:24]), bytes(ip[24:40]), ip[40:end])


def _transport(at: float, protocol: int, source: bytes, target: bytes, data: memoryview) -> Packet | None:
    if protocol == UDP:
        source_port, target_port, size = struct.unpack_from("!HHH", data)
        if size < 8 or size > len(data):
            raise WireError(f"capture: a datagram of {size} bytes in {len(data)}")
        return Packet(at, "udp", source, source_port, target, target_port, bytes(data[8:size]))
    if protocol == _TCP:
        source_port, target_port, sequence, _, offset, flags = struct.unpack_from("!HHIIBB", data)
        start = (offset >> 4) * 4
        if start < 20 or start > len(data):
            raise WireError("capture: a TCP header does not fit its packet")
        return Packet(
            at, "tcp", source, source_port, target, target_port, bytes(data[start:]), sequence, bool(flags & 2)
        )
    return None
