"""Frames of products with a trailer, and which bytes of a frame may be clear."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.frame_profiles import (
    PROFILES,
    ClearBytes,
    TrailedFrame,
    build_trailed,
    is_key_frame,
    parse_trailed,
    permitted,
)

FRAMES = st.builds(
    TrailedFrame,
    clear=st.binary(max_size=12),
    ciphertext=st.binary(max_size=40),
    tag=st.binary(min_size=16, max_size=16),
    iv=st.binary(min_size=12, max_size=12),
    key_index=st.integers(0, 255),
)
ONE = TrailedFrame(b"clear", b"ciphertext", b"t" * 16, b"i" * 12, 3)


@given(FRAMES)
def test_what_was_built_is_read(frame: TrailedFrame) -> None:
    assert parse_trailed(build_trailed(frame), len(frame.clear)) == frame


def test_parts_lie_where_products_put_them() -> None:
    assert build_trailed(ONE) == b"clear" + b"ciphertext" + b"t" * 16 + b"i" * 12 + bytes((12, 3))


@given(FRAMES, st.integers(1, 100))
def test_a_frame_cut_short_never_becomes_the_whole_one(frame: TrailedFrame, cut: int) -> None:
    with suppress(WireError):
        assert parse_trailed(build_trailed(frame)[:-cut], len(frame.clear)) != frame


@given(st.binary(max_size=80), st.integers(-2, 20))
def test_any_bytes_are_survived(data: bytes, clear: int) -> None:
    with suppress(WireError):
        assert build_trailed(parse_trailed(data, clear)) == data


@pytest.mark.parametrize(
    ("data", "clear", "sentence"),
    [
        (b"", 0, "frame trailer: cut inside the trailer"),
        (b"\x0c", 0, "frame trailer: cut inside the trailer"),
        (bytes(40), 0, "frame trailer: an IV of 0 bytes is unknown"),
        (b"\x0c\x01", 0, "frame trailer: too short for clear bytes, tag and IV"),
        (bytes(27) + b"\x0c\x01", 0, "frame trailer: too short for clear bytes, tag and IV"),
        (bytes(28) + b"\x0c\x01", 1, "frame trailer: too short for clear bytes, tag and IV"),
        (bytes(28) + b"\x0d\x01", 0, "frame trailer: an IV of 13 bytes is unknown"),
        (build_trailed(ONE), 16, "frame trailer: too short for clear bytes, tag and IV"),
        (build_trailed(ONE), -1, "frame trailer: no frame has fewer than 0 clear bytes"),
    ],
)
def test_broken_trailers_are_named(data: bytes, clear: int, sentence: str) -> None:
    with pytest.raises(WireError) as caught:
        parse_trailed(data, clear)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("tag", "iv", "key_index"),
    [
        (b"t" * 15, b"i" * 12, 0),
        (b"t" * 17, b"i" * 12, 0),
        (b"t" * 16, b"i" * 11, 0),
        (b"t" * 16, b"i" * 13, 0),
        (b"t" * 16, b"i" * 12, 256),
        (b"t" * 16, b"i" * 12, -1),
    ],
)
def test_parts_that_do_not_fit_are_refused(tag: bytes, iv: bytes, key_index: int) -> None:
    with pytest.raises(WireError, match="^frame trailer: a tag has 16 bytes, an IV 12 and a key index one$"):
        build_trailed(TrailedFrame(b"", b"", tag, iv, key_index))


@pytest.mark.parametrize("key_index", [0, 255])
@pytest.mark.parametrize("clear", [0, 5])
def test_shortest_frame_is_nothing_but_clear_bytes_and_trailer(clear: int, key_index: int) -> None:
    frame = TrailedFrame(bytes(clear), b"", b"t" * 16, b"i" * 12, key_index)
    assert len(build_trailed(frame)) == clear + 30
    assert parse_trailed(build_trailed(frame), clear) == frame


def test_each_bit_of_the_first_byte_of_a_key_frame_counts_or_does_not() -> None:
    for first in range(256):
        assert is_key_frame("vp8", bytes([first])) == (first % 2 == 0)
        # two bits of marker 10, two of profile 0, show_existing_frame 0, frame_type 0, two that say nothing of it
        assert is_key_frame("vp9", bytes([first])) == (first in (0x80, 0x81, 0x82, 0x83))
        assert not is_key_frame("opus", bytes([first]))


def test_profiles_say_of_themselves_what_products_do() -> None:
    assert [(profile.name, profile.title, profile.header, profile.trailer) for profile in PROFILES.values()] == [
        ("sframe", "SFrame (RFC 9605)", True, False),
        ("jitsi", "Jitsi Meet", False, True),
        ("livekit", "LiveKit", False, True),
    ]
    assert PROFILES["sframe"].clear == ClearBytes(0, 0, 0)


@pytest.mark.parametrize(
    ("codec", "first", "key"),
    [
        ("vp8", 0x10, True),
        ("vp8", 0x11, False),
        ("vp9", 0x82, True),
        ("vp9", 0x86, False),
        ("vp9", 0x88, False),  # shows a picture that was there before
        ("vp9", 0x49, False),
        ("av1", 0x82, False),
    ],
)
def test_key_frames_are_known_by_their_first_byte(codec: str, first: int, key: bool) -> None:
    assert is_key_frame(codec, bytes((first, 0))) is key
    assert not is_key_frame(codec, b"")


def test_what_may_be_clear_depends_on_product_and_frame() -> None:
    clear = PROFILES["livekit"].clear
    assert clear == PROFILES["jitsi"].clear == ClearBytes(10, 3, 1)
    assert [permitted(clear, codec, data) for codec, data in (("vp8", b"\0"), ("vp8", b"\1"), ("opus", b"\x78"))] == [
        10,
        3,
        1,
    ]
    assert {permitted(PROFILES["sframe"].clear, codec, b"\0") for codec in ("vp8", "vp9", "opus")} == {0}
