"""Captures: every UDP and TCP packet is seen, and a capture that is not whole is never taken for one."""

import contextlib
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.pcap import Packet, packets

HOST, OTHER = bytes([127, 0, 0, 1]), bytes([10, 1, 2, 3])
HOST6 = bytes(15) + b"\x01"
PORTS = st.integers(0, 65535)


def udp(source: int, target: int, payload: bytes) -> bytes:
    return struct.pack("!HHHH", source, target, 8 + len(payload), 0) + payload


def tcp(source: int, target: int, payload: bytes, sequence: int = 7, flags: int = 0x18) -> bytes:
    return struct.pack("!HHIIBBHHH", source, target, sequence, 0, 0x60, flags, 0, 0, 0) + bytes(4) + payload


def ipv4(protocol: int, body: bytes, fragment: int = 0) -> bytes:
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, fragment, 64, protocol, 0) + HOST + OTHER + body


def ipv6(protocol: int, body: bytes) -> bytes:
    return struct.pack("!IHBB", 6 << 28, len(body), protocol, 64) + HOST6 + HOST6 + body


def ethernet(ip: bytes, kind: int = 0x0800) -> bytes:
    return bytes(12) + struct.pack("!H", kind) + ip


def capture(*frames: bytes, link: int = 1, order: str = "<", nano: bool = False) -> bytes:
    magic = 0xA1B23C4D if nano else 0xA1B2C3D4
    head = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 262144, link)
    parts = 500_000_000 if nano else 500_000
    return head + b"".join(struct.pack(f"{order}IIII", 100, parts, len(one), len(one)) + one for one in frames)


@given(PORTS, PORTS, st.binary(max_size=60), st.sampled_from("<>"), st.booleans())
def test_datagram_is_read(source: int, target: int, payload: bytes, order: str, nano: bool) -> None:
    [packet] = packets(capture(ethernet(ipv4(17, udp(source, target, payload))), order=order, nano=nano))
    assert packet == Packet(100.5, "udp", HOST, source, OTHER, target, payload)


@given(st.lists(st.binary(max_size=30), max_size=5), st.data())
def test_cut_capture_is_an_error_or_ends_between_packets(payloads: list[bytes], data: st.DataObject) -> None:
    frames = [ethernet(ipv4(17, udp(1, 2, payload))) for payload in payloads]
    whole = capture(*frames)
    at = data.draw(st.integers(0, len(whole)))
    between = {len(capture(*frames[:count])): count for count in range(len(frames) + 1)}
    if at in between:
        assert [packet.payload for packet in packets(whole[:at])] == payloads[: between[at]]
    else:
        with pytest.raises(WireError):
            list(packets(whole[:at]))


@given(st.binary(max_size=80), st.sampled_from([1, 101, 113, 276]))
def test_any_frame_is_a_packet_nothing_or_an_error(frame: bytes, link: int) -> None:
    with contextlib.suppress(WireError):
        assert len(list(packets(capture(frame, link=link)))) <= 1


@given(st.binary(max_size=100))
def test_any_bytes_are_no_other_error(data: bytes) -> None:
    with pytest.raises(WireError):
        list(packets(data))


@pytest.mark.parametrize("link", [101, 113, 276])
@pytest.mark.parametrize(("ip", "kind"), [(ipv4(17, udp(5, 6, b"x")), 0x0800), (ipv6(17, udp(5, 6, b"x")), 0x86DD)])
def test_other_links(link: int, ip: bytes, kind: int) -> None:
    head = {101: b"", 113: bytes(14) + struct.pack("!H", kind), 276: struct.pack("!H", kind) + bytes(18)}[link]
    [packet] = packets(capture(head + ip, link=link))
    assert (packet.source_port, packet.target_port, packet.payload) == (5, 6, b"x")


def test_tcp_brings_its_sequence_and_skips_options() -> None:
    [first, second] = packets(
        capture(ethernet(ipv4(6, tcp(1, 2, b"", flags=2))), ethernet(ipv4(6, tcp(1, 2, b"abc", sequence=8))))
    )
    assert first.opens
    assert (second.protocol, second.sequence, second.payload, second.opens) == ("tcp", 8, b"abc", False)


def test_vlan_is_looked_through_and_what_is_neither_is_passed_over() -> None:
    tagged = bytes(12) + struct.pack("!HHH", 0x8100, 5, 0x0800) + ipv4(17, udp(1, 2, b"in"))
    arp, icmp = ethernet(b"", 0x0806), ethernet(ipv4(1, b"ping"))
    fragment = ethernet(ipv4(17, b"the middle of a datagram", fragment=3))
    assert [packet.payload for packet in packets(capture(arp, icmp, fragment, tagged))] == [b"in"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "does not begin"),
        (capture()[:20], "does not begin"),
        (capture(link=147), "link type 147"),
        (capture(ethernet(ipv4(17, udp(1, 2, b"abc"))))[:-60] + bytes(3), "cut"),
        (capture(ethernet(ipv4(17, struct.pack("!HHHH", 1, 2, 900, 0)))), "datagram of 900 bytes in 8"),
        (capture(ethernet(ipv4(6, bytes(12) + b"\xf0" + bytes(7)))), "TCP header"),
    ],
)
def test_what_is_not_whole_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(WireError, match=reason):
        list(packets(data))


def test_packet_kept_in_part_is_an_error() -> None:
    whole = bytearray(capture(ethernet(ipv4(17, udp(1, 2, b"abc")))))
    struct.pack_into("<I", whole, 24 + 12, 1500)
    with pytest.raises(WireError, match="bytes were kept of a packet of 1500"):
        list(packets(bytes(whole)))


def test_reading_is_linear_and_quick() -> None:
    one = ethernet(ipv4(17, udp(20000, 40000, bytes(1100))))
    data = capture(*[one] * 20_000)
    began = time.process_time()
    assert sum(len(packet.payload) for packet in packets(memoryview(data))) == 22_000_000
    assert time.process_time() - began < 2.0  # 23 MB; takes a tenth of that alone on a core
