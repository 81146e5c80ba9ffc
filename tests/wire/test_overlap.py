"""Common bytes of the server's and the encoder's frames."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.overlap import clear_frames

NOISE = random.Random(7)
SECRET = bytes(range(40, 80))


def noise(size: int) -> bytes:
    return NOISE.randbytes(size)


def plainly(server: list[bytes], encoder: list[bytes], run: int) -> list[bool]:
    """The definition, without any cleverness."""
    runs = {
        frame[i : i + run] for frame in encoder for i in range(len(frame) - run + 1) if len(set(frame[i : i + run])) > 3
    }
    return [
        (bool(frame) and frame in encoder) or any(frame[i : i + run] in runs for i in range(len(frame) - run + 1))
        for frame in server
    ]


@given(
    st.lists(st.binary(max_size=60), max_size=4),
    st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50), st.integers(0, 30)), max_size=4), max_size=4),
    st.lists(st.binary(max_size=12), min_size=1, max_size=3),
    st.integers(8, 25),
)
def test_the_answer_is_that_of_the_definition(
    encoder: list[bytes], cuttings: list[list[tuple[int, int, int]]], foreign: list[bytes], run: int
) -> None:
    pieces = [*encoder, SECRET]
    encoder = [*encoder, SECRET, bytes(20) + SECRET[:9] + bytes(20)]
    server = [
        b"".join(pieces[n % len(pieces)][at : at + size] + foreign[n % len(foreign)] for n, at, size in cutting)
        for cutting in cuttings
    ]
    assert clear_frames(server, encoder, run) == plainly(server, encoder, run)


@pytest.mark.parametrize("offset", range(20))
@pytest.mark.parametrize("place", [0, 1, 7, 24])
def test_sixteen_bytes_are_found_wherever_they_lie(offset: int, place: int) -> None:
    common = SECRET[:16]
    encoder = [noise(30), noise(offset) + common + noise(30), noise(9)]
    assert clear_frames([noise(50), noise(place) + common + noise(3)], encoder) == [False, True]


@pytest.mark.parametrize("strays", [3, 4, 5, 40])
def test_run_is_found_behind_words_that_are_common_and_no_run(strays: int) -> None:
    """A few words settle most frames: those that they do not settle are looked at to their end."""
    words = [noise(8) for _ in range(strays)]
    encoder = [b"".join(word + noise(8) for word in words), noise(8) + SECRET[:16] + noise(8)]
    server = b"".join(word + noise(8) for word in words)
    assert clear_frames([server, server + SECRET[:16], noise(80)], encoder) == [False, True, False]


@pytest.mark.parametrize("offset", range(20))
def test_fifteen_bytes_are_not_enough(offset: int) -> None:
    encoder = [noise(offset) + SECRET[:15] + b"\xff" * 9]
    assert clear_frames([b"\x00" + SECRET[:15] + b"\x00"], encoder) == [False]


def test_a_run_over_the_border_of_two_frames_does_not_count() -> None:
    assert clear_frames([SECRET[:16]], [SECRET[:10], SECRET[10:]]) == [False]
    assert clear_frames([SECRET[:10], SECRET[10:]], [SECRET[:16]]) == [False, False]


def test_padding_that_any_two_streams_share_does_not_count() -> None:
    encoder = [noise(20) + bytes(500), noise(8) + b"\x01\x02\x03" * 40]
    assert clear_frames([noise(30) + bytes(400), b"\x01\x02\x03" * 30], encoder) == [False, False]


@pytest.mark.parametrize(
    ("run", "counts"), [(b"abca" * 4, False), (b"abcd" * 4, True), (b"aaab" * 2 + b"cccd" * 2, True)]
)
def test_run_of_four_different_values_is_no_padding_and_of_three_it_is(run: bytes, counts: bool) -> None:
    assert clear_frames([b"-" + run + b"-"], [b"+" + run + b"+"]) == [counts]


def test_padding_counts_where_the_whole_frame_is_equal() -> None:
    assert clear_frames([bytes(40), bytes(41), b"ab" * 20], [bytes(40), b"ab" * 20]) == [True, False, True]


def test_a_text_inside_padding_counts() -> None:
    text = bytes(6) + b"canary" + bytes(6)
    assert clear_frames([noise(20) + text], [bytes(100) + b"canary" + bytes(100)]) == [True]


def test_a_short_frame_is_clear_only_when_equal() -> None:
    assert clear_frames([b"\xf8\xff\xfe", b"\xf8\xff", b""], [b"\xf8\xff\xfe", b""]) == [True, False, False]


def test_declared_clear_bytes_are_not_looked_at() -> None:
    frame = SECRET[:20]
    assert clear_frames([frame[:10] + noise(30)], [frame], 8) == [True]
    assert clear_frames([frame[:10] + noise(30)], [frame], 8, clear_prefix=10) == [False]
    assert clear_frames([frame, b"\xf8", b"\xf8ab"], [frame, b"\xf8", b"\xf8ab"], clear_prefix=1) == [True, False, True]


def test_without_frames_nothing_is_clear() -> None:
    assert clear_frames([], [SECRET]) == []
    assert clear_frames([SECRET], []) == [False]
    assert clear_frames([SECRET], [b"", b"abc"]) == [False]


def test_runs_below_a_word_are_refused() -> None:
    with pytest.raises(WireError, match="^overlap: runs need at least 8 bytes and the clear prefix none below 0$"):
        clear_frames([], [], run=7)


@pytest.mark.parametrize("size", [8, 9, 16, 23, 40])
def test_a_run_of_any_length_counts_when_it_is_whole(size: int) -> None:
    server, encoder = noise(13) + SECRET[:size] + noise(50), [noise(40), noise(5) + SECRET[:size]]
    assert clear_frames([server], encoder, size) == [True]
    assert clear_frames([server], encoder, size + 1) == [False]
