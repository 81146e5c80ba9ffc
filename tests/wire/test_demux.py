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


@given(st.binary(max_size=64))
def test_every_datagram_has_a_kind(datagram: bytes) -> None:
    assert kind_of(datagram) in (*KINDS, UNKNOWN)


def test_channel_carries_its_packet_without_padding() -> None:
    assert inside_channel(CHANNEL + b"\0\0") == RTP


@pytest.mark.parametrize(
    ("packet", "plain"),
    [(RTCP, True), (RTCP * 3, True), (RTCP + bytes(20), False), (RTCP[:6], False), (b"", False), (RTP, False)],
)
def test_sealed_rtcp_is_told_from_plain(packet: bytes, plain: bool) -> None:
    assert is_plain_rtcp(packet) is plain


def test_stream_is_taken_apart() -> None:
    padded = CHANNEL + bytes(-len(CHANNEL) % 4)
    assert list(messages_of(STUN + padded + STUN)) == [("stun", STUN), ("turn-channel", padded), ("stun", STUN)]
    assert list(messages_of(TLS + TLS)) == [("tls", TLS), ("tls", TLS)]


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
