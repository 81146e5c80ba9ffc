"""RTCP: what is built is read back, and nothing that a server sends does more than raise our own error."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.pump import rtcp, rtcp_build
from load.pump.errors import RtcpError

WORD = st.integers(0, 2**32 - 1)
BYTE = st.integers(0, 255)
REPORTS = st.lists(
    st.builds(rtcp.Report, WORD, BYTE, st.integers(-(2**23), 2**23 - 1), WORD, WORD, WORD, WORD), max_size=31
)


@given(WORD, st.integers(0, 2**64 - 1), WORD, WORD, WORD)
def test_a_sender_report_is_read_back(ssrc: int, ntp: int, rtp: int, packets: int, octets: int) -> None:
    built = rtcp_build.sender_report(ssrc, ntp, rtp, packets, octets) + rtcp_build.source_description(ssrc, "bot")
    assert rtcp.parse(built) == [rtcp.SenderReport(ssrc, ntp, rtp, packets, octets)]


@given(WORD, REPORTS)
def test_a_receiver_report_is_read_back(ssrc: int, reports: list[rtcp.Report]) -> None:
    assert rtcp.parse(rtcp_build.receiver_report(ssrc, reports)) == [rtcp.ReceiverReport(ssrc, tuple(reports))]


@given(st.integers(0, 65535), st.sets(st.integers(0, 200), min_size=1))
def test_a_nack_names_exactly_the_missing_packets_also_where_numbers_wrap(first: int, gaps: set[int]) -> None:
    lost = [first + gap & 0xFFFF for gap in sorted(gaps)]
    [nack] = rtcp.parse(rtcp_build.missing(1, 2, lost))
    assert nack == rtcp.Nack(2, tuple(lost))


@given(st.integers(1, 2**40), st.lists(WORD, max_size=5))
def test_an_estimate_is_read_back_as_exactly_as_it_can_be_written(bitrate: int, ssrcs: list[int]) -> None:
    [remb] = rtcp.parse(rtcp_build.estimate(1, bitrate, ssrcs))
    assert isinstance(remb, rtcp.Remb)
    assert remb.ssrcs == tuple(ssrcs)
    assert bitrate * (1 - 2**-17) <= remb.bitrate <= bitrate


def test_both_ways_to_ask_for_a_key_frame_are_understood() -> None:
    fir = struct.pack("!BBHIIIB3x", 0x80 | rtcp.FIR_FMT, rtcp.PSFB, 4, 1, 0, 7, 3)
    assert rtcp.parse(rtcp_build.picture_loss(1, 7)) == rtcp.parse(fir) == [rtcp.KeyFrameAsked(7)]
    assert rtcp.parse(rtcp_build.goodbye([7, 8])) == [rtcp.Bye((7, 8))]


@given(st.binary(max_size=200))
def test_no_bytes_of_a_server_raise_anything_but_our_error(data: bytes) -> None:
    with contextlib.suppress(RtcpError):
        rtcp.parse(data)


@given(st.binary(max_size=120), st.integers(0, 31), st.sampled_from([200, 201, 203, 205, 206]))
def test_no_body_under_a_whole_header_raises_anything_but_our_error(body: bytes, count: int, kind: int) -> None:
    body += bytes(-len(body) % 4)
    with contextlib.suppress(RtcpError):
        rtcp.parse(struct.pack("!BBH", 0x80 | count, kind, len(body) // 4) + body)


@pytest.mark.parametrize(
    ("packet", "sentence"),
    [
        (rtcp_build.sender_report(1, 2, 3, 4, 5), "RTCP: a packet of 28 bytes where 27 are left"),
        (rtcp_build.missing(1, 2, [3]), "RTCP: a packet of 16 bytes where 15 are left"),
        (b"\x80\xc8\x00\x00\x00", "RTCP: cut inside a sender report"),
        (b"\x81\xc9\x00\x01\x00\x00\x00\x01\x00", "RTCP: cut inside a report block"),
        (b"\x41\xc9\x00\x01\x00\x00\x00\x01\x00", "RTCP: version 1 instead of 2"),
        (b"\x82\xcb\x00\x01\x00\x00\x00\x01\x00", "RTCP: cut inside a list of streams"),
        (b"\xa0\xc9\x00\x01\x00\x00\x00\x09\x00", "RTCP: padding that does not fit its packet"),
        (b"\x81\xcd\x00\x02\x00\x00\x00\x09\x00\x00\x00\x09\x00", "RTCP: cut inside a NACK"),
    ],
)
def test_what_is_cut_short_is_named(packet: bytes, sentence: str) -> None:
    with pytest.raises(RtcpError, match=sentence):
        rtcp.parse(packet[:-1])
