"""RTP packets (RFC 3550)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.rtp import RtpPacket, build_rtp, parse_rtp

U16, U32 = st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1)
WORDS = st.integers(0, 3).flatmap(lambda words: st.binary(min_size=4 * words, max_size=4 * words))
EXTENSIONS = st.none() | st.tuples(U16, WORDS)


@st.composite
def packets(draw: st.DrawFn) -> RtpPacket:
    profile, extension = draw(EXTENSIONS) or (None, b"")
    return RtpPacket(
        draw(st.integers(0, 127)),
        draw(U16),
        draw(U32),
        draw(U32),
        draw(st.binary(max_size=30)),
        draw(st.booleans()),
        tuple(draw(st.lists(U32, max_size=15))),
        profile,
        extension,
        draw(st.integers(0, 255)),
    )


@given(packets())
def test_what_is_built_is_parsed(packet: RtpPacket) -> None:
    assert parse_rtp(build_rtp(packet)) == packet


@given(packets(), st.data())
def test_a_cut_packet_is_shorter_or_a_wire_error(packet: RtpPacket, data: st.DataObject) -> None:
    whole = build_rtp(packet)
    try:
        parsed = parse_rtp(whole[: data.draw(st.integers(0, len(whole) - 1))])
    except WireError:
        return
    assert len(parsed.payload) + parsed.padding < len(packet.payload) + packet.padding


@given(st.binary(max_size=60))
def test_random_bytes_are_a_packet_or_a_wire_error(noise: bytes) -> None:
    for data in (noise, b"\xbf" + noise):
        with contextlib.suppress(WireError):
            parse_rtp(data)


def test_a_chromium_packet_is_read_past_its_header_extension() -> None:
    packet = bytes.fromhex("90ef1234 00000bb8 cafebabe bede0002 10ff 220a0b0c 0000 fc0102".replace(" ", ""))
    assert parse_rtp(packet) == RtpPacket(
        0x6F, 0x1234, 3000, 0xCAFEBABE, b"\xfc\x01\x02", True, (), 0xBEDE, bytes.fromhex("10ff220a0b0c0000")
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("80" * 11, "RTP: cut inside the fixed header"),
        ("00" + "00" * 11, "RTP: version 0 instead of 2"),
        ("40" + "00" * 11, "RTP: version 1 instead of 2"),
        ("c0" + "00" * 11, "RTP: version 3 instead of 2"),
        ("a0" + "00" * 11, "RTP: 0 bytes of padding in 0 bytes of payload"),
        ("a0" + "00" * 10 + "01", "RTP: 1 bytes of padding in 0 bytes of payload"),
        ("81" + "00" * 14, "RTP: cut inside the list of contributing sources"),
        ("90" + "00" * 14, "RTP: cut inside the header extension"),
        ("82" + "00" * 18, "RTP: cut inside the list of contributing sources"),
        ("90" + "00" * 13, "RTP: cut inside the header extension"),
        ("90" + "00" * 11 + "bede0001" + "000000", "RTP: cut inside the header extension"),
        ("a0" + "00" * 11 + "0003", "RTP: 3 bytes of padding in 2 bytes of payload"),
        ("a0" + "00" * 11 + "0100", "RTP: 0 bytes of padding in 2 bytes of payload"),
    ],
)
def test_a_broken_packet_is_named(data: str, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_rtp(bytes.fromhex(data))


EMPTY = RtpPacket(0, 0, 0, 0, b"")
PARTS = "RTP: payload type, sources or padding do not fit the header"
WORDS_ONLY = "RTP: the header extension is not a whole number of 32-bit words under a profile"
BITS = "RTP: a header field does not fit its bits"


@pytest.mark.parametrize(
    ("packet", "sentence"),
    [
        (EMPTY._replace(payload_type=128), PARTS),
        (EMPTY._replace(payload_type=-1), PARTS),
        (EMPTY._replace(csrcs=(1,) * 16), PARTS),
        (EMPTY._replace(padding=256), PARTS),
        (EMPTY._replace(padding=-1), PARTS),
        (EMPTY._replace(extension_profile=0xBEDE, extension=b"123"), WORDS_ONLY),
        (EMPTY._replace(extension=b"1234"), WORDS_ONLY),
        (EMPTY._replace(sequence=65536), BITS),
        (EMPTY._replace(timestamp=2**32), BITS),
        (EMPTY._replace(ssrc=-1), BITS),
        (EMPTY._replace(csrcs=(2**32,)), BITS),
        (EMPTY._replace(extension_profile=2**16), BITS),
    ],
)
def test_a_field_that_does_not_fit_is_refused(packet: RtpPacket, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        build_rtp(packet)


FULL = RtpPacket(
    127, 65535, 2**32 - 1, 2**32 - 2, b"payload", True, tuple(range(2**32 - 15, 2**32)), 0xFFFF, bytes(range(8)), 255
)


def test_the_largest_of_each_field_fits_and_lies_where_the_rfc_puts_it() -> None:
    built = build_rtp(FULL)
    assert built[:12].hex() == "bf" + "ff" + "ffff" + "ffffffff" + "fffffffe"
    assert built[12:72] == b"".join(each.to_bytes(4, "big") for each in FULL.csrcs)
    assert built[72:84].hex() == "ffff" + "0002" + "0001020304050607"
    assert built[84:] == b"payload" + bytes(254) + b"\xff"
    assert (parse_rtp(built), FULL.size) == (FULL, len(built))


@pytest.mark.parametrize(
    ("packet", "built"),
    [
        (EMPTY, "8000 0000 00000000 00000000"),
        (EMPTY._replace(marker=True), "8080 0000 00000000 00000000"),
        (EMPTY._replace(payload=b"\x01", padding=1), "a000 0000 00000000 00000000 01 01"),
        (EMPTY._replace(padding=4), "a000 0000 00000000 00000000 00000004"),  # nothing but padding
        (EMPTY._replace(extension_profile=0), "9000 0000 00000000 00000000 0000 0000"),
        (EMPTY._replace(csrcs=(5,)), "8100 0000 00000000 00000000 00000005"),
    ],
)
def test_one_bit_of_the_header_says_one_thing(packet: RtpPacket, built: str) -> None:
    assert build_rtp(packet) == bytes.fromhex(built)
    assert parse_rtp(bytes.fromhex(built)) == packet
    assert packet.size == len(bytes.fromhex(built))


@given(packets())
def test_size_is_that_of_the_bytes(packet: RtpPacket) -> None:
    assert packet.size == len(build_rtp(packet))
