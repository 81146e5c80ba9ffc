"""The RTP headers in a capture, as columns: for whoever needs numbers of all packets and the payload of none.

An object for each packet costs more than to read it. Plain IPv4 datagrams, which nearly all are, are read a column at
a time; every other packet goes through ``harness.wire.pcap``, so that both say the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harness.wire.pcap import ETHERTYPE_AT, IPV4, PAYLOAD_AT, RAW, RECORD_HEADER, UDP, head_of, packet_in, records

Numbers = NDArray[np.int64]
_FIXED = 12  # bytes of the fixed header (RFC 3550, section 5.1)
_ROUND = 1 << 14  # packets that are read at a time, so that their columns stay in the processor's cache


@dataclass(frozen=True, slots=True)
class RtpHeaders:
    """One entry a packet, in the order of the capture; ``at``: seconds since the epoch, ``size``: its bytes."""

    at: NDArray[np.float64]
    sequence: Numbers
    timestamp: Numbers
    ssrc: Numbers
    payload_type: Numbers
    marker: NDArray[np.bool_]
    size: Numbers

    def __len__(self) -> int:
        return len(self.at)


def rtp_headers(data: bytes | memoryview) -> RtpHeaders:
    """The headers of every UDP packet that is RTP by its first bytes (RFC 7983) and has a whole fixed header.

    Raises ``WireError`` for a capture that is not whole, as ``harness.wire.pcap.packets`` does.
    """
    whole = memoryview(data)
    link, record, fraction = head_of(whole)
    found = np.fromiter(records(whole, record), np.dtype("i8,i8"))["f0"]  # where they begin; their sizes are the gaps
    # The last record ends where the capture does; each other one before the header of the next.
    ends = np.append(found[1:] - RECORD_HEADER, len(whole))[: len(found)]
    order = "<" if record.format.startswith("<") else ">"
    text = np.frombuffer(whole, np.uint8)
    parts = [
        _round(whole, text, found[at : at + _ROUND], ends[at : at + _ROUND], link, order, fraction)
        for at in range(0, len(found), _ROUND)
    ]
    empty = (np.zeros(0), np.zeros((0, _FIXED), np.uint8), np.zeros(0, np.int64))
    at_, heads, sizes = (np.concatenate(column) for column in zip(empty, *parts, strict=True))
    numbers = np.ascontiguousarray(heads).view(">u4").reshape(-1, 3).astype(np.int64)
    return RtpHeaders(
        at=at_,
        sequence=numbers[:, 0] & 0xFFFF,
        timestamp=numbers[:, 1],
        ssrc=numbers[:, 2],
        payload_type=numbers[:, 0] >> 16 & 0x7F,
        marker=(numbers[:, 0] >> 23 & 1).astype(np.bool_),
        size=sizes,
    )


def _round(
    whole: memoryview, text: NDArray[np.uint8], starts: Numbers, ends: Numbers, link: int, order: str, fraction: float
) -> tuple[NDArray[np.float64], NDArray[np.uint8], Numbers]:
    """Time, fixed header and size of the RTP packets in some records."""
    ip = starts + (0 if link == RAW else PAYLOAD_AT[link])
    # A whole IPv4 header without options, and one of UDP. A frame that ends inside of them lends bytes of its
    # neighbours, but no length of theirs fits it: like all that is not plain, it is read one by one.
    head = _rows(text, ip, 28)
    plain = head[:, 0] == 0x45
    if link != RAW:
        kind = _rows(text, starts + ETHERTYPE_AT[link], 2)
        plain &= (kind[:, 0] == IPV4 >> 8) & (kind[:, 1] == IPV4 & 0xFF)
    total, fragment, size = _two(head, 2), _two(head, 6) & 0x3FFF, _two(head, 24)
    plain &= (fragment == 0) & (head[:, 9] == UDP) & (total >= 28) & (ip + total <= ends)
    plain &= (size >= 8) & (size <= total - 20)
    payload, sizes = np.where(plain, ip + 28, 0), np.where(plain, size - 8, 0)
    heads = _rows(text, payload, _FIXED)
    for index in np.flatnonzero(~plain).tolist():
        packet = packet_in(0.0, whole[int(starts[index]) : int(ends[index])], link)
        if packet is not None and packet.protocol == "udp" and len(packet.payload) >= _FIXED:
            heads[index] = np.frombuffer(packet.payload, np.uint8, _FIXED)
            sizes[index] = len(packet.payload)
    is_rtp = (sizes >= _FIXED) & (heads[:, 0] >> 6 == 2) & ~((heads[:, 1] >= 192) & (heads[:, 1] < 224))
    chosen = np.flatnonzero(is_rtp)
    times = _rows(text, starts[chosen] - RECORD_HEADER, 8).view(f"{order}u4").astype(np.int64)
    return times[:, 0] + times[:, 1] * fraction, heads[chosen], sizes[chosen]


def _rows(text: NDArray[np.uint8], places: Numbers, width: int) -> NDArray[np.uint8]:
    """So many bytes from each place on, one row each; what would reach beyond the end is taken from before it."""
    every = np.ndarray((len(text) - width + 1,), f"V{width}", text, strides=(1,))
    return every[np.minimum(places, len(text) - width)].view(np.uint8).reshape(-1, width)


def _two(head: NDArray[np.uint8], at: int) -> Numbers:
    """A number of two bytes, big-endian, of each row."""
    return head[:, at].astype(np.int64) << 8 | head[:, at + 1]
