"""What repeats in ciphertext: blocks, and the keystream of two frames."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.repeats import Overlap, keystream_overlaps, repeated_blocks

NOISE = random.Random(11)
STREAM = NOISE.randbytes(4000)


def noise(size: int) -> bytes:
    return NOISE.randbytes(size)


def xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def overlaps(plain: list[bytes], streams: list[bytes]) -> list[Overlap]:
    return keystream_overlaps([xor(*each) for each in zip(plain, streams, strict=True)], plain)


def test_fresh_keystreams_never_overlap() -> None:
    plain = [noise(size) for size in (0, 3, 15, 16, 40, 900)]
    assert overlaps(plain, [noise(len(frame)) for frame in plain]) == []
    assert keystream_overlaps([], []) == []


@pytest.mark.parametrize("shift", [0, 1, 15, 16, 37, 1000])
def test_a_keystream_is_found_at_every_offset_of_another(shift: int) -> None:
    plain = [noise(1500), noise(300), noise(400)]
    found = overlaps(plain, [STREAM[:1500], noise(300), STREAM[shift : shift + 400]])
    assert found == [Overlap(0, 2, -shift), Overlap(2, 0, shift)]


@pytest.mark.parametrize("size", [16, 17, 31])
def test_a_short_frame_is_enough(size: int) -> None:
    plain = [noise(size), noise(size)]
    assert overlaps(plain, [STREAM[:size], STREAM[:size]]) == [Overlap(0, 1, 0), Overlap(1, 0, 0)]


def test_fifteen_bytes_are_not_enough() -> None:
    assert overlaps([noise(15), noise(15)], [STREAM[:15], STREAM[:15]]) == []
    assert overlaps([noise(40), noise(40)], [STREAM[:15] + noise(25), STREAM[:15] + noise(25)]) == []


def test_equal_ciphertext_of_equal_plaintext_is_no_overlap() -> None:
    frame, stream = noise(64), noise(64)
    assert overlaps([frame, frame], [stream, stream]) == []


def test_equal_frames_are_no_overlap_beside_others_that_are_one() -> None:
    frame, stream, shared = noise(64), noise(64), noise(64)
    found = overlaps([frame, frame, noise(64), noise(64)], [stream, stream, shared, shared])
    assert found == [Overlap(2, 3, 0), Overlap(3, 2, 0)]


def test_keystream_over_the_border_of_two_frames_is_that_of_neither() -> None:
    plain = [noise(16), noise(16), noise(16), noise(16)]
    for cut in (1, 8, 15):
        over = [noise(16 - cut) + STREAM[:cut], STREAM[cut:16] + noise(cut)]
        assert overlaps(plain, [*over, STREAM[:16], noise(16)]) == []
        assert overlaps(plain, [noise(16), STREAM[:16], *over]) == []


def test_frames_that_are_partly_equal_overlap_where_they_differ() -> None:
    head, stream = noise(64), noise(128)
    assert len(overlaps([head + noise(64), head + noise(64)], [stream, stream])) == 2


def test_what_is_clear_has_no_keystream() -> None:
    plain = [noise(64), noise(64)]
    assert overlaps(plain, [bytes(64), bytes(64)]) == []


def test_many_frames_under_one_keystream_are_all_named() -> None:
    plain = [noise(size) for size in range(20, 120)]
    found = overlaps(plain, [STREAM[: len(frame)] for frame in plain])
    assert found == [Overlap(0, 99, 0), *(Overlap(frame, 0, 0) for frame in range(1, 100))]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 90)), max_size=6))
def test_the_answer_is_that_of_the_definition(cuts: list[tuple[int, int]]) -> None:
    plain = [noise(size) for _, size in cuts]
    streams = [STREAM[at : at + size] for at, size in cuts]
    must = set()
    for one, (at, size) in enumerate(cuts):
        for other, (begin, length) in enumerate(cuts):
            if one != other and min(at + size, begin + length) - max(at, begin) >= 31:
                must.add(one)
    assert must <= {overlap.frame for overlap in overlaps(plain, streams)}


def test_other_lengths_are_refused() -> None:
    with pytest.raises(WireError, match="keystream: ciphertext and plaintext have different lengths"):
        keystream_overlaps([b"123"], [b"12"])


def test_blocks_that_come_again_are_counted_wherever_they_stand() -> None:
    one, two = noise(16), noise(16)
    assert repeated_blocks([one + two, two + one + one, noise(15)]) == (5, 3)
    assert repeated_blocks([b"x" + one, one]) == (2, 0)  # not on a block's border
    assert repeated_blocks([]) == (0, 0)
    assert repeated_blocks([b"short"]) == (0, 0)


@pytest.mark.parametrize(
    ("block", "counts"), [(b"abca" * 4, False), (b"abcd" * 4, True), (b"aaab" * 2 + b"cccd" * 2, True)]
)
def test_four_different_values_are_no_padding_and_three_are(block: bytes, counts: bool) -> None:
    assert repeated_blocks([block + block]) == ((2, 1) if counts else (0, 0))
    assert len(overlaps([noise(16), noise(16)], [block, block])) == (2 if counts else 0)
    for place in range(16):  # wherever the one stands that is different
        padding = bytearray(b"a" * 16)
        padding[place] = 0
        assert repeated_blocks([bytes(padding) * 2]) == (0, 0)


def test_padding_is_no_pattern() -> None:
    assert repeated_blocks([bytes(160), b"\xff\x00" * 16]) == (0, 0)
