"""RTP headers as columns, for every form of packet: what is plain by columns alone, and the rest all the same."""

import struct

import pytest

from harness.model.errors import WireError
from harness.wire import rtp_headers as module
from harness.wire.demux import kind_of
from harness.wire.pcap import packets
from harness.wire.rtp_headers import rtp_headers
from tests.wire.test_pcap import capture, ipv4, ipv6, tcp, udp
from tests.wire.test_pcap_headers import framed

FULL = bytes([0x91, 0xE2, 0x34, 0x56, 0xF8, 0x9A, 0xBC, 0xDE, 0xE1, 0x23, 0x45, 0x67]) + b"payload"
LINKS = pytest.mark.parametrize("link", [1, 101, 113, 276])


def rtp(first: int = 0x80, second: int = 98, size: int = 20) -> bytes:
    return (bytes([first, second]) + FULL[2:])[:size]


PLAIN = [
    FULL, rtp(), rtp(0xBF), rtp(0x80, 191), rtp(0x80, 224), rtp(0x80, 255), rtp(0x80, 127), rtp(0x80, 128),
    rtp(size=12), rtp(size=13), rtp() * 60,
    rtp(0x80, 192), rtp(0x80, 223), rtp(0x7F), rtp(0xC0), rtp(0x40), rtp(size=11), b"", b"\x80",
]  # fmt: skip


def changed(ip: bytes, at: int, new: bytes) -> bytes:
    return ip[:at] + new + ip[at + len(new) :]


ONE = ipv4(17, udp(7, 8, FULL))
ODD = [
    changed(ipv4(17, bytes(4) + udp(7, 8, FULL)), 0, b"\x46"),  # with options
    changed(ipv4(17, bytes(4) + udp(20, 8, FULL)), 0, b"\x46"),  # whose port stands where a length might
    changed(ONE, 2, bytes(2)),  # offloaded: no length of its own
    ipv6(17, udp(7, 8, FULL)),
    ipv4(6, tcp(7, 8, FULL)),
    ipv4(6, FULL + bytes(4) + b"\x50" + bytes(30)),
    ipv4(17, udp(7, 8, FULL), 0x2000),
    ipv4(17, udp(7, 8, FULL), 0x0001),
    ipv4(17, udp(7, 8, FULL), 0x1F00),
    ipv4(1, udp(7, 8, FULL)),
    ipv4(1, b""),
    ipv4(18, udp(7, 8, FULL)),
    ipv4(16, udp(7, 8, FULL)),
]
PADDED = [
    ONE + bytes(6),
    ipv4(17, udp(7, 8, FULL + bytes(40_000))),
    changed(ONE, 24, b"\x00\x14"),
    changed(ONE, 24, b"\x00\x13"),
    ipv4(17, udp(7, 8, FULL), 0x4000),
]


def check(whole: bytes) -> None:
    """The columns are what the packets say, one by one."""
    found = [
        (packet.at, packet.payload)
        for packet in packets(whole)
        if packet.protocol == "udp" and kind_of(packet.payload) == "rtp" and len(packet.payload) >= 12
    ]
    heads = [struct.unpack("!BBHII", body[:12]) for _, body in found]
    columns = rtp_headers(whole)
    assert columns.at.tolist() == [at for at, _ in found]
    assert columns.size.tolist() == [len(body) for _, body in found]
    assert columns.payload_type.tolist() == [head[1] & 127 for head in heads]
    assert columns.marker.tolist() == [head[1] > 127 for head in heads]
    assert columns.sequence.tolist() == [head[2] for head in heads]
    assert columns.timestamp.tolist() == [head[3] for head in heads]
    assert columns.ssrc.tolist() == [head[4] for head in heads]
    assert [column.dtype.str for column in (columns.at, columns.marker, columns.size)] == ["<f8", "|b1", "<i8"]
    assert {columns.sequence.dtype.str, columns.timestamp.dtype.str, columns.ssrc.dtype.str} == {"<i8"}


def frames_of(packets_: list[bytes], link: int) -> list[bytes]:
    return [framed(ip, 0x86DD if ip[0] >> 4 == 6 else 0x0800, link) for ip in packets_]


@LINKS
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("nano", [False, True])
def test_every_form_of_packet_is_read_as_one_by_one(link: int, order: str, nano: bool) -> None:
    every = frames_of([ipv4(17, udp(7, 8, body)) for body in PLAIN] + ODD + PADDED, link)
    for frames in (every, every[::-1], *([frame] for frame in every), [], [b"\x45" + bytes(80)] if link == 1 else []):
        check(capture(*frames, link=link, order=order, nano=nano))


@LINKS
def test_plain_packets_are_read_without_looking_at_them_one_by_one(link: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(module, "packet_in", lambda at, frame, link: asked.append(bytes(frame)))
    plain = frames_of([ipv4(17, udp(7, 8, body)) for body in PLAIN] + PADDED, link)
    assert len(rtp_headers(capture(*plain, link=link))) == 15
    assert asked == []
    odd = frames_of(ODD, link)
    assert len(rtp_headers(capture(*odd, *plain, link=link))) == 15
    assert asked == odd


@pytest.mark.parametrize("kind", [0x0801, 0x0900, 0x0700, 0x0806, 0x86DD, 0x0000])
@pytest.mark.parametrize("link", [1, 113, 276])
def test_what_looks_like_a_plain_packet_under_another_ethertype_is_none(kind: int, link: int) -> None:
    other = framed(ONE, kind, link) if kind != 0x86DD else framed(changed(ONE, 6, b"\x01"), kind, link)
    whole = capture(framed(ONE, 0x0800, link), other, link=link)
    check(whole)
    assert len(rtp_headers(whole)) == 1


@pytest.mark.parametrize("round_", [1, 2, 3, 4, 100])
def test_rounds_of_any_size_give_all_packets_in_their_order(round_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROUND", round_)
    frames = frames_of([ipv4(17, udp(7, 8, struct.pack("!BBHII", 128, 98, n, n, n))) for n in range(4)] + ODD, 1)
    check(capture(*frames))
    assert rtp_headers(capture(*frames)).sequence[:4].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (changed(ONE, 24, b"\x00\x07"), "a datagram of 7 bytes in 27"),
        (changed(ONE, 24, b"\x00\x1c"), "a datagram of 28 bytes in 27"),
        (changed(ONE, 2, b"\x00\x19"), "a packet is cut inside its headers"),
        (changed(ONE, 2, b"\x00\x1b"), "a datagram of 27 bytes in 7"),
        (changed(ONE, 2, b"\x00\x1c"), "a datagram of 27 bytes in 8"),
        (ONE[:25], "a packet is cut inside its headers"),
        (ONE[:27], "a datagram of 27 bytes in 7"),
        (ONE[:28], "a datagram of 27 bytes in 8"),
        (ONE[:30], "a datagram of 27 bytes in 10"),
        (b"\x45", "a packet is cut inside its headers"),
    ],
    ids=range(10),
)
@LINKS
def test_packet_that_does_not_fit_is_refused_as_one_by_one(broken: bytes, sentence: str, link: int) -> None:
    for frames in ([broken], [ONE, broken], [broken, ONE]):
        whole = capture(*frames_of(frames, link), link=link)
        for read in (rtp_headers, lambda data: list(packets(data))):
            with pytest.raises(WireError, match=f"^capture: {sentence}$"):
                read(whole)


def test_capture_cut_anywhere_is_refused() -> None:
    whole = capture(*frames_of([ONE, ONE], 1))
    for size in range(len(whole)):
        if size not in (24, 24 + (len(whole) - 24) // 2):
            with pytest.raises(WireError, match="^capture: "):
                rtp_headers(memoryview(whole)[:size])
    assert len(rtp_headers(memoryview(whole))) == 2
