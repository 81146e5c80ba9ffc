"""What a packet is: by its first byte (RFC 7983), and by whether it looks like one of these inside."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.wire.demux import KINDS, UNKNOWN, inside_channel, is_plain_rtcp, kind_of, messages_of
from harness.wire.stun import StunMessage, build_stun

STUN = build_stun(StunMessage(1, bytes(12), ((0x0006, b"user"),)))
DTLS = bytes([22, 0xFE, 0xFD]) + bytes(10)
RTP = bytes([0x90, 98]) + bytes(30)
RTCP = bytes([0x80, 200]) + struct.pack("!H", 1) + bytes(4)
CHANNEL = struct.pack("!HH", 0x4001, len(RTP)) + RTP
TLS = bytes([22, 3, 3, 0, 4]) + b"ABCD"


@pytest.mark.parametrize(
    ("datagram", "kind"),
    [
        (STUN, "stun"), (STUN[:-1], UNKNOWN), (b"\x00\x01" + bytes(18), UNKNOWN),
        (b"\x10" + bytes(20), "zrtp"), (DTLS, "dtls"), (DTLS[:12], UNKNOWN), (b"\x16\x03\x03" + bytes(12), UNKNOWN),
        (b"\x2c" + bytes(30), "dtls"), (b"\x2c" + bytes(4), UNKNOWN),
        (CHANNEL, "turn-channel"), (CHANNEL[:-1], UNKNOWN), (RTP, "rtp"), (RTP[:6], UNKNOWN), (RTCP, "rtcp"),
        (b"", UNKNOWN), (b"GET / HTTP/1.1", UNKNOWN), (b"\xff" * 20, UNKNOWN), (b"\x0e" * 30, UNKNOWN),
    ],
)  # fmt: skip
def test_kinds(datagram: bytes, kind: str) -> None:
    assert kind_of(datagram) == kind


def looks_like_all(first: int, second: int) -> bytes:
    """A datagram that is whole as STUN, as DTLS, as a channel message and as RTP: its first byte alone decides."""
    return struct.pack("!BBHI", first, second, 24, 0x2112A442) + bytes(36)


FIRST = {range(4): "stun", range(16, 20): "zrtp", range(20, 64): "dtls", range(64, 80): "turn-channel",
         range(128, 192): "rtp"}  # fmt: skip


def test_first_byte_tells_what_a_packet_may_be_up_to_both_ends_of_each_range() -> None:
    for first in range(256):
        kind = next((kind for range_, kind in FIRST.items() if first in range_), UNKNOWN)
        assert kind_of(looks_like_all(first, 0xFE)) == kind
    for second in range(256):
        assert kind_of(looks_like_all(128, second)) == ("rtcp" if 192 <= second < 224 else "rtp")
        assert kind_of(looks_like_all(20, second)) == ("dtls" if second == 0xFE else UNKNOWN)


@pytest.mark.parametrize(
    ("first", "size", "kind"),
    [(20, 13, "dtls"), (31, 13, "dtls"), (32, 17, "dtls"), (63, 17, "dtls"), (16, 1, "zrtp"), (128, 8, "rtp")],
)
def test_datagram_one_byte_below_the_least_of_its_kind_is_unknown(first: int, size: int, kind: str) -> None:
    whole = looks_like_all(first, 0xFE)
    assert (kind_of(whole[:size]), kind_of(whole[: size - 1])) == (kind, UNKNOWN)


@pytest.mark.parametrize(
    ("size", "kind"), [(0, "turn-channel"), (1, UNKNOWN), (4, UNKNOWN), (0x8000, UNKNOWN), (0xFFFF, UNKNOWN)]
)
def test_channel_message_is_no_longer_than_its_datagram(size: int, kind: str) -> None:
    assert kind_of(struct.pack("!HH", 0x4001, size)) == kind
    assert kind_of(b"\x40\x01\x00") == UNKNOWN


def test_stun_of_another_length_or_without_its_cookie_is_unknown() -> None:
    shortest = build_stun(StunMessage(1, bytes(12)))
    assert (kind_of(shortest), kind_of(shortest[:19]), kind_of(b"\0")) == ("stun", UNKNOWN, UNKNOWN)
    assert kind_of(STUN + b"\0") == kind_of(STUN.replace(b"\x21\x12\xa4\x42", b"\x21\x12\xa4\x43")) == UNKNOWN


@given(st.binary(max_size=64))
def test_every_datagram_has_a_kind(datagram: bytes) -> None:
    assert kind_of(datagram) in (*KINDS, UNKNOWN)


def test_channel_carries_its_packet_without_padding() -> None:
    assert inside_channel(CHANNEL + b"\0\0") == RTP
    assert inside_channel(b"\x40\x01\0\0") == b""
    assert inside_channel(struct.pack("!HH", 0x4001, 40_000) + bytes(40_001)) == bytes(40_000)


@pytest.mark.parametrize(
    ("packet", "plain"),
    [
        (RTCP, True),
        (RTCP * 3, True),
        (RTCP + bytes(20), False),
        (RTCP[:6], False),
        (b"", False),
        (RTP, False),
        (b"\x80\xc0\0\0", True),
        (b"\xbf\xdf\0\0", True),  # the least, with the first and the last type
        (b"\x80\xbf\0\0", False),
        (b"\x80\xe0\0\0", False),
        (b"\x40\xc8\0\0", False),
        (b"\xc0\xc8\0\0", False),
        (RTCP + b"\x80\xc8\0\0", True),
        (RTCP + b"\x80\x60\0\0", False),
        (RTCP + b"\x80\xc8\0", False),
        (b"\x80\xc8\x01\0" + bytes(1024), True),
        (b"\x80\xc8\0\x02" + bytes(4), False),
    ],
)
def test_sealed_rtcp_is_told_from_plain(packet: bytes, plain: bool) -> None:
    assert is_plain_rtcp(packet) is plain


def test_stream_is_taken_apart() -> None:
    padded = CHANNEL + bytes(-len(CHANNEL) % 4)
    assert list(messages_of(STUN + padded + STUN)) == [("stun", STUN), ("turn-channel", padded), ("stun", STUN)]
    assert list(messages_of(TLS + TLS)) == [("tls", TLS), ("tls", TLS)]
    empty = [bytes([first, 3, 3, 0, 0]) for first in (20, 21, 22, 23)]
    assert list(messages_of(b"".join(empty))) == [("tls", each) for each in empty]
    for size in (258, 40_000):
        record = struct.pack("!BHH", 23, 0x0303, size) + bytes(size)
        assert list(messages_of(record + record[:4])) == [("tls", record)]


@pytest.mark.parametrize("first", [3, 64, 79])
def test_message_over_tcp_is_as_long_as_it_says(first: int) -> None:
    """A STUN message with its header of 20 bytes; a channel message padded to four."""
    for size in (0, 1, 2, 3, 4, 256, 259, 40_000):
        long = 20 + size if first == 3 else 4 + size + -size % 4
        whole = (struct.pack("!BBHI", first, 1, size, 0x2112A442) + bytes(40_020))[:long]
        kind = "stun" if first == 3 else "turn-channel"
        assert list(messages_of(whole + TLS)) == [(kind, whole), ("tls", TLS)]
        assert list(messages_of(whole[:-1])) == []


@pytest.mark.parametrize("first", [4, 19, 24, 63, 80, 255])
def test_first_byte_of_no_message_makes_the_rest_unknown(first: int) -> None:
    rest = bytes([first]) + bytes(40)
    assert list(messages_of(TLS + rest)) == [("tls", TLS), (UNKNOWN, rest)]
    assert list(messages_of(rest[:4])) == [(UNKNOWN, rest[:4])]
    assert list(messages_of(rest[:3])) == []  # too short to be told


def test_stream_of_something_else_is_unknown_to_its_end() -> None:
    assert list(messages_of(STUN + b"PRI * HTTP/2.0")) == [("stun", STUN), (UNKNOWN, b"PRI * HTTP/2.0")]


@given(st.binary(max_size=200))
def test_stream_never_goes_round_in_circles(stream: bytes) -> None:
    found = list(messages_of(stream))
    assert sum(len(message) for _, message in found) <= len(stream)
    assert all(message for _, message in found)


@given(st.integers(0, len(STUN + TLS)))
def test_message_that_the_end_cuts_is_left_out(at: int) -> None:
    whole = [kind for kind, size in (("stun", len(STUN)), ("tls", len(STUN + TLS))) if size <= at]
    assert [kind for kind, _ in messages_of((STUN + TLS)[:at])] == whole
