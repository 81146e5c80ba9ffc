"""Janus recordings."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.mjr import Recording, build_mjr, parse_mjr
from harness.wire.rtp import RtpPacket

FIRST = 1_700_000_000.25
PACKETS = [(FIRST + n / 50, RtpPacket(111, n, 960 * n, 7, bytes([n]) * (n + 1))) for n in range(4)]
WHOLE = build_mjr("audio", "opus", FIRST, PACKETS)
HEADER = WHOLE.index(b"MEET")


def header(text: bytes) -> bytes:
    return b"MJR00002" + len(text).to_bytes(2, "big") + text


def test_a_recording_gives_codec_times_and_packets() -> None:
    recording = parse_mjr(WHOLE)
    assert (recording.media, recording.codec, recording.first_at) == ("audio", "opus", FIRST)
    assert recording.packets == PACKETS
    assert (recording.truncated, recording.malformed) == (False, 0)


def test_the_header_of_janus_1_1_2_is_read() -> None:
    times = b'"s": 1700000000000000, "u": 1700000001500000'
    text = b'{"t": "v", "c": "vp9", "x": {"13": "urn:3gpp:video-orientation"}, ' + times + b"}"
    recording = parse_mjr(header(text))
    assert (recording.media, recording.codec) == ("video", "vp9")
    assert (recording.created_at, recording.first_at) == (1_700_000_000.0, 1_700_000_001.5)


@given(st.integers(HEADER, len(WHOLE) - 1))
def test_a_killed_run_leaves_the_whole_packets(cut: int) -> None:
    recording = parse_mjr(WHOLE[:cut])
    whole_ends = [len(build_mjr("audio", "opus", FIRST, PACKETS[:n])) for n in range(5)]
    assert len(recording.packets) == sum(end <= cut for end in whole_ends) - 1
    assert recording.truncated == (cut not in whole_ends)


@given(st.integers(0, HEADER - 1))
def test_a_cut_header_is_a_wire_error(cut: int) -> None:
    with pytest.raises(WireError, match="^MJR: the recording ends inside its header$"):
        parse_mjr(WHOLE[:cut])


@given(st.binary(max_size=60))
def test_random_bytes_are_a_recording_or_a_wire_error(noise: bytes) -> None:
    for data in (noise, header(noise), WHOLE[:HEADER] + noise, WHOLE[:HEADER] + b"MEET" + noise):
        with contextlib.suppress(WireError):
            parse_mjr(data)


def test_a_packet_that_is_not_rtp_is_counted_and_the_rest_kept() -> None:
    stun = b"MEET" + bytes(4) + b"\x00\x03abc"
    recording = parse_mjr(WHOLE[:HEADER] + stun + WHOLE[HEADER:])
    assert (recording.malformed, len(recording.packets), recording.truncated) == (1, 4, False)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"MJR00001" + WHOLE[8:], "MJR: does not begin with MJR00002"),
        (WHOLE + b"X" * 10, f"MJR: no packet tag at byte {len(WHOLE)}"),
        (header(b"{"), "MJR: the header is not JSON"),
        (header(b"[]"), "MJR: the header is not a JSON object"),
        (header(b'{"t": "d", "c": "text", "s": 1, "u": 1}'), "MJR: the header names no audio or video codec"),
        (header(b'{"t": "a", "c": "opus", "s": 1}'), "MJR: the header has no time of creation and first packet"),
    ],
)
def test_a_broken_recording_is_named(data: bytes, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_mjr(data)


NO_CODEC = "MJR: the header names no audio or video codec"
NO_TIME = "MJR: the header has no time of creation and first packet"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ('"t": 1, "c": "opus", "s": 1, "u": 1', NO_CODEC), ('"t": "a", "c": 1, "s": 1, "u": 1', NO_CODEC),
        ('"t": "a", "s": 1, "u": 1', NO_CODEC), ('"c": "opus", "s": 1, "u": 1', NO_CODEC),
        ('"t": [], "c": "opus", "s": 1, "u": 1', NO_CODEC), ('"t": "a", "c": "opus", "u": 1', NO_TIME),
        ('"t": "a", "c": "opus", "s": -1, "u": 1', NO_TIME), ('"t": "a", "c": "opus", "s": 1, "u": -1', NO_TIME),
        (f'"t": "a", "c": "opus", "s": {2**63}, "u": 1', NO_TIME), ('"t": "a", "c": "opus", "s": "1", "u": 1', NO_TIME),
        ('"t": "a", "c": "opus", "s": 1, "u": 1.5', NO_TIME),
    ],
)  # fmt: skip
def test_header_without_one_of_its_fields_is_named(fields: str, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_mjr(header(f"{{{fields}}}".encode()))


def test_outermost_times_are_times_and_the_codec_is_in_lower_case() -> None:
    recording = parse_mjr(header(f'{{"t": "v", "c": "VP8", "s": 0, "u": {2**63 - 1}}}'.encode()))
    assert recording == Recording("video", "vp8", 0.0, (2**63 - 1) / 1e6, [], False, 0)


def test_header_of_more_than_255_bytes_is_read_whole() -> None:
    text = b'{"t": "a", "c": "opus", "s": 0, "u": 0, "x": "' + b"x" * 300 + b'"}'
    assert parse_mjr(header(text)).codec == "opus"
    with pytest.raises(WireError, match="^MJR: the recording ends inside its header$"):
        parse_mjr(header(text)[:-1])


def test_empty_recording_and_deep_header_are_named() -> None:
    with pytest.raises(WireError, match="^MJR: the header is not JSON$"):
        parse_mjr(header(b""))
    with pytest.raises(WireError, match="^MJR: the header is not JSON$"):
        parse_mjr(header(b"[" * 60_000))


def test_recording_lies_as_janus_writes_it() -> None:
    at = FIRST + 1.234
    body = bytes.fromhex("806f 0007 00000000 00000005") + b"x" * 300
    whole = build_mjr("video", "vp9", FIRST, [(at, RtpPacket(111, 7, 0, 5, b"x" * 300))])
    text = b'{"t": "v", "c": "vp9", "s": 1700000000250000, "u": 1700000000250000}'
    assert whole == header(text) + b"MEET" + (1234).to_bytes(4, "big") + len(body).to_bytes(2, "big") + body
    [(received_at, packet)] = parse_mjr(whole).packets
    assert (received_at, packet.payload) == (FIRST + 1.234, b"x" * 300)


def test_packet_that_ends_with_its_tag_is_counted_and_one_byte_less_is_a_cut() -> None:
    empty = WHOLE[:HEADER] + b"MEET" + bytes(6)
    assert (parse_mjr(empty).malformed, parse_mjr(empty).truncated) == (1, False)
    assert (parse_mjr(empty[:-1]).malformed, parse_mjr(empty[:-1]).truncated) == (0, True)
    assert parse_mjr(empty + empty[HEADER:]).malformed == 2


LONG = RtpPacket(111, 0, 0, 0, bytes(65535 - 12))


def test_a_packet_before_the_first_or_of_more_than_two_bytes_of_length_cannot_be_built() -> None:
    assert len(parse_mjr(build_mjr("audio", "opus", FIRST, [(FIRST, LONG)])).packets) == 1
    longer = LONG._replace(payload=LONG.payload + b"x")
    for at, packet in ((FIRST - 1, PACKETS[0][1]), (FIRST, longer)):
        with pytest.raises(WireError, match="^MJR: a packet is too long or lies before the first$"):
            build_mjr("audio", "opus", FIRST, [(at, packet)])
