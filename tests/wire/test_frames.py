"""The bench's container of frames."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.frames import Frame, pack_frames, unpack_frames

FRAMES = st.lists(
    st.builds(
        Frame,
        st.integers(0, 2**32 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.binary(max_size=40),
    ),
    max_size=6,
)


@given(FRAMES)
def test_what_is_packed_comes_back(frames: list[Frame]) -> None:
    assert unpack_frames(pack_frames(frames)) == frames


@given(FRAMES, st.data())
def test_every_cut_is_a_wire_error(frames: list[Frame], data: st.DataObject) -> None:
    packed = pack_frames(frames)
    with pytest.raises(WireError, match="cut inside"):
        unpack_frames(packed[: data.draw(st.integers(0, len(packed) - 1))])


@given(st.binary(max_size=80))
def test_random_bytes_are_frames_or_a_wire_error(noise: bytes) -> None:
    for data in (noise, b"PSFRAMES\x01" + noise):
        with contextlib.suppress(WireError):
            unpack_frames(data)


ONE = Frame(0x01020304, 1.5, b"abc")
PACKED = b"PSFRAMES\x01\0\0\0\x02" + bytes.fromhex("01020304 3ff8000000000000 00000003") + b"abc" + bytes(16)


def test_frames_lie_as_the_module_says() -> None:
    assert pack_frames([]) == b"PSFRAMES\x01" + bytes(4)
    assert pack_frames([ONE, Frame(0, 0.0, b"")]) == PACKED
    assert unpack_frames(PACKED) == [ONE, Frame(0, 0.0, b"")]


@pytest.mark.parametrize(
    ("size", "where"),
    [(0, "the header"), (12, "the header"), (13, "frame 0 of 2"), (28, "frame 0 of 2"), (31, "frame 0 of 2"),
     (32, "frame 1 of 2"), (len(PACKED) - 1, "frame 1 of 2")],
)  # fmt: skip
def test_place_of_a_cut_is_named(size: int, where: str) -> None:
    with pytest.raises(WireError, match=f"^frame container: cut inside {where}$"):
        unpack_frames(PACKED[:size])


@pytest.mark.parametrize("at", [math.inf, -math.inf])
def test_an_infinite_arrival_is_refused(at: float) -> None:
    with pytest.raises(WireError, match="^frame container: the arrival time is not a finite number$"):
        pack_frames([Frame(1, at, b"")])


def test_a_negative_timestamp_is_refused() -> None:
    with pytest.raises(WireError, match="^frame container: timestamp -1 is not an unsigned 32-bit number$"):
        pack_frames([Frame(-1, 0.0, b"")])


def test_another_format_is_named() -> None:
    with pytest.raises(WireError, match="^frame container: does not begin with PSFRAMES$"):
        unpack_frames(bytes(13))


def test_a_later_version_is_refused() -> None:
    with pytest.raises(WireError, match="^frame container: version 2 is unknown$"):
        unpack_frames(b"PSFRAMES\x02" + bytes(4))


def test_bytes_left_over_are_refused() -> None:
    with pytest.raises(WireError, match="^frame container: 1 bytes left over$"):
        unpack_frames(pack_frames([]) + b"x")


def test_an_arrival_that_is_no_number_is_refused_both_ways() -> None:
    with pytest.raises(WireError, match="^frame container: the arrival time is not a finite number$"):
        pack_frames([Frame(1, math.nan, b"")])
    packed = pack_frames([Frame(1, 0.0, b"")]).replace(bytes(8), b"\x7f\xf8" + bytes(6), 1)
    with pytest.raises(WireError, match="^frame container: frame 0 has no finite arrival time$"):
        unpack_frames(packed)


def test_a_timestamp_of_33_bits_is_refused() -> None:
    with pytest.raises(WireError, match="^frame container: timestamp 4294967296 is not an unsigned 32-bit number$"):
        pack_frames([Frame(2**32, 0.0, b"")])
