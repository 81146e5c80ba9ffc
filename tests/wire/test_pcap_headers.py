"""Every field of every header between the link and the payload: what is read, what is passed over, what is refused."""

import struct

import pytest

from harness.model.errors import WireError
from harness.wire.pcap import Packet, packets
from tests.wire.test_pcap import HOST, HOST6, OTHER, capture, ethernet, ipv4, ipv6, tcp, udp

OTHER6 = bytes(range(16))
LINKS = {1: bytes(12), 101: None, 113: bytes(14), 276: b""}  # what stands before the ethertype; 101 has none
AFTER = {1: b"", 113: b"", 276: bytes(18)}
RTP = b"payload"


def framed(ip: bytes, kind: int, link: int) -> bytes:
    """An IP packet in a frame of a link."""
    before = LINKS[link]
    return ip if before is None else before + struct.pack("!H", kind) + AFTER[link] + ip


def header6(body: bytes, protocol: int, size: int | None = None) -> bytes:
    return struct.pack("!IHBB", 6 << 28, len(body) if size is None else size, protocol, 64) + HOST6 + OTHER6 + body


def read(*frames: bytes, link: int = 1) -> list[Packet]:
    return list(packets(capture(*frames, link=link)))


@pytest.mark.parametrize("link", LINKS)
def test_each_link_protocol_and_version_gives_all_of_the_packet(link: int) -> None:
    frames = [
        framed(ipv4(17, udp(1, 65535, RTP)), 0x0800, link),
        framed(ipv4(6, tcp(65535, 2, RTP, 2**32 - 1, 0x02)), 0x0800, link),
        framed(header6(udp(3, 4, b""), 17), 0x86DD, link),
        framed(header6(tcp(5, 6, b"", 0, 0xFD), 6), 0x86DD, link),
    ]
    assert read(*frames, link=link) == [
        Packet(100.5, "udp", HOST, 1, OTHER, 65535, RTP, 0, False),
        Packet(100.5, "tcp", HOST, 65535, OTHER, 2, RTP, 2**32 - 1, True),
        Packet(100.5, "udp", HOST6, 3, OTHER6, 4, b"", 0, False),
        Packet(100.5, "tcp", HOST6, 5, OTHER6, 6, b"", 0, False),
    ]


@pytest.mark.parametrize("link", [1, 113, 276])
def test_tags_of_vlans_are_looked_through_one_after_the_other(link: int) -> None:
    tags = struct.pack("!HHHH", 5, 0x8100, 6, 0x0800)
    head = framed(b"", 0x8100, link)
    assert read(head + tags + ipv4(17, udp(1, 2, RTP)), link=link)[0].payload == RTP


@pytest.mark.parametrize("kind", [0x0000, 0x0806, 0x0801, 0x0700, 0x86DC, 0x8101, 0xFFFF])
def test_other_ethertypes_are_passed_over(kind: int) -> None:
    assert read(ethernet(ipv4(17, udp(1, 2, RTP)), kind)) == []


@pytest.mark.parametrize("protocol", [0, 1, 5, 7, 16, 18, 58])
def test_other_protocols_are_passed_over(protocol: int) -> None:
    assert read(ethernet(ipv4(protocol, udp(1, 2, RTP))), ethernet(ipv6(protocol, udp(1, 2, RTP)), 0x86DD)) == []


@pytest.mark.parametrize(
    ("fragment", "is_whole"),
    [(0x0000, True), (0x4000, True), (0x8000, True), (0xC000, True), (0x2000, False), (0x0001, False), (0x1000, False)],
)
def test_fragments_are_passed_over_and_other_bits_are_none(fragment: int, is_whole: bool) -> None:
    assert len(read(ethernet(ipv4(17, udp(1, 2, RTP), fragment)))) == is_whole


def test_options_of_ipv4_are_skipped_and_what_the_card_padded_is_left_out() -> None:
    plain = bytearray(ipv4(17, bytes(40) + udp(1, 2, RTP)))
    plain[0] = 0x4F  # the largest header: 60 bytes
    assert read(ethernet(bytes(plain)))[0].payload == RTP
    assert read(ethernet(ipv4(6, tcp(1, 2, RTP)) + bytes(9)))[0].payload == RTP
    assert read(ethernet(header6(tcp(1, 2, RTP), 6) + bytes(9), 0x86DD))[0].payload == RTP


def test_length_of_nought_means_all_that_was_captured() -> None:
    plain = bytearray(ipv4(6, tcp(1, 2, RTP)))
    plain[2:4] = bytes(2)
    assert read(ethernet(bytes(plain)))[0].payload == RTP
    assert read(ethernet(header6(tcp(1, 2, RTP), 6, size=0), 0x86DD))[0].payload == RTP


def test_packets_of_more_than_32_kib_have_lengths_without_a_sign() -> None:
    long = bytes(40_000)
    frames = [
        ethernet(ipv4(17, udp(1, 2, long)) + b"pad"), ethernet(ipv4(6, tcp(1, 2, long)) + b"pad"),
        ethernet(header6(udp(1, 2, long), 17) + b"pad", 0x86DD), ethernet(header6(tcp(1, 2, long), 6) + b"pad", 0x86DD),
    ]  # fmt: skip
    assert [packet.payload for packet in read(*frames)] == [long] * 4
    assert read(ethernet(ipv4(200, udp(1, 2, RTP))), ethernet(header6(udp(1, 2, RTP), 200), 0x86DD)) == []


def test_raw_link_tells_versions_by_the_first_four_bits() -> None:
    other = b"\x5f" + header6(udp(1, 2, RTP), 17)[1:]
    assert [packet.target for packet in read(header6(udp(1, 2, RTP), 17), other, link=101)] == [OTHER6, OTHER6]
    with pytest.raises(WireError, match="^capture: a packet is cut inside its headers$"):
        read(b"", link=101)


@pytest.mark.parametrize(
    ("size", "sentence"), [(7, "a datagram of 7 bytes in 15"), (16, "a datagram of 16 bytes in 15")]
)
def test_datagram_whose_length_does_not_fit_is_refused(size: int, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^capture: {sentence}$"):
        read(ethernet(ipv4(17, struct.pack("!HHHH", 1, 2, size, 0) + RTP)))


@pytest.mark.parametrize(("size", "payload"), [(8, b""), (9, b"p"), (15, RTP)])
def test_datagram_ends_where_it_says(size: int, payload: bytes) -> None:
    assert read(ethernet(ipv4(17, struct.pack("!HHHH", 1, 2, size, 0) + RTP)))[0].payload == payload


@pytest.mark.parametrize(("words", "payload"), [(5, bytes(40)), (6, bytes(36)), (15, b"")])
def test_tcp_header_is_as_long_as_it_says(words: int, payload: bytes) -> None:
    segment = struct.pack("!HHIIBB", 1, 2, 3, 4, words << 4 | 0x0F, 0) + bytes(46)
    assert read(ethernet(ipv4(6, segment)))[0].payload == payload


@pytest.mark.parametrize(("words", "size"), [(4, 60), (0, 60), (15, 59), (6, 23)])
def test_tcp_header_that_does_not_fit_is_refused(words: int, size: int) -> None:
    segment = struct.pack("!HHIIBB", 1, 2, 3, 4, words << 4, 0) + bytes(46)
    with pytest.raises(WireError, match="^capture: a TCP header does not fit its packet$"):
        read(ethernet(ipv4(6, segment[:size])))


@pytest.mark.parametrize("size", [*range(14 + 20), 14 + 20 + 5])
def test_packet_cut_inside_its_headers_is_refused(size: int) -> None:
    whole = bytearray(ethernet(ipv4(17, udp(1, 2, RTP))))
    whole[16:18] = bytes(2)  # so that its own length is not what is wrong
    with pytest.raises(WireError, match="^capture: a packet is cut inside its headers$"):
        read(bytes(whole[:size]))


WHOLE = capture(b"", ethernet(b"", 0x0806))


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (0, "it does not begin as one"), (3, "it does not begin as one"), (23, "it does not begin as one"),
        (25, "cut inside the header of a record"), (39, "cut inside the header of a record"),
        (41, "cut inside the header of a record"), (55, "cut inside the header of a record"),
        (56, "cut inside a record"), (69, "cut inside a record"),
    ],
)  # fmt: skip
def test_place_at_which_a_capture_is_cut_is_named(size: int, sentence: str) -> None:
    data = capture(ethernet(b"", 0x0806), ethernet(b"", 0x0806)) if size >= 40 else WHOLE
    cut = {41: 55, 55: 69, 56: 70, 69: 83}.get(size, size)  # behind the first record of 30 bytes
    with pytest.raises(WireError, match=f"^capture: {sentence}$"):
        list(packets(data[:cut]))


def test_capture_of_another_byte_order_link_or_magic_is_told() -> None:
    for order in "<>":
        assert list(packets(capture(order=order))) == []
        with pytest.raises(WireError, match="^capture: link type 147 is unknown$"):
            list(packets(capture(order=order, link=147)))
        marked = capture(ethernet(ipv4(17, udp(1, 2, RTP))), order=order, link=0xF0000001)  # with a checksum's length
        assert next(packets(marked)).payload == RTP
    with pytest.raises(WireError, match="^capture: it does not begin as one$"):
        list(packets(b"\xd4\xc3\xb2\xa2" + capture()[4:]))


@pytest.mark.parametrize(
    ("order", "nano", "parts", "at"), [("<", False, 999_999, 100.999999), (">", True, 1, 100.000000001)]
)
def test_parts_of_a_second_are_what_the_magic_says(order: str, nano: bool, parts: int, at: float) -> None:
    whole = bytearray(capture(ethernet(ipv4(17, udp(1, 2, RTP))), order=order, nano=nano))
    struct.pack_into(f"{order}I", whole, 28, parts)
    assert next(packets(bytes(whole))).at == pytest.approx(at, abs=1e-10)


def test_packet_kept_in_part_is_refused_and_more_than_the_packet_is_borne() -> None:
    whole = bytearray(capture(ethernet(ipv4(17, udp(1, 2, RTP)))))
    struct.pack_into("<I", whole, 36, 50)
    with pytest.raises(WireError, match="^capture: 49 bytes were kept of a packet of 50$"):
        list(packets(bytes(whole)))
    struct.pack_into("<I", whole, 36, 48)
    assert next(packets(bytes(whole))).payload == RTP
