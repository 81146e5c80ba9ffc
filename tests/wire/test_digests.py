"""Runs and blocks whose digests agree though their bytes do not: a digest proposes, what is said rests on the bytes.

By chance that never comes; so each digest is put in place here by one that calls equal whatever begins alike.
"""

import random

import numpy as np
import pytest

from harness.wire import overlap, repeats
from harness.wire.common_words import Positions, Words
from harness.wire.overlap import clear_frames
from harness.wire.repeats import Overlap, keystream_overlaps, repeated_blocks

NOISE = random.Random(5)
FIRST_BYTE = np.uint64(0xFF)


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch) -> None:
    def block_digest(first: Words, second: Words) -> Words:
        return first & FIRST_BYTE

    def digest(text: overlap._Text, starts: Positions, run: int) -> Words:
        return text.words[starts] & FIRST_BYTE

    monkeypatch.setattr(repeats, "_block_digest", block_digest)
    monkeypatch.setattr(overlap, "_digest", digest)


def noise(first: bytes, size: int) -> bytes:
    return first + NOISE.randbytes(size - len(first))


def xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


@pytest.mark.usefixtures("weak")
def test_blocks_that_only_their_digest_calls_equal_have_not_come_before() -> None:
    block, twin, other, last = noise(b"A", 16), noise(b"A", 16), noise(b"B", 16), block_with(b"A", b"end")
    assert repeated_blocks([block + twin + last]) == (3, 0)
    assert repeated_blocks([block + twin + other + other + block]) == (5, 2)
    assert repeated_blocks([block[:8] + twin[8:] + block + twin]) == (3, 0)


def block_with(first: bytes, end: bytes) -> bytes:
    return noise(first, 16 - len(end)) + end


@pytest.mark.usefixtures("weak")
@pytest.mark.parametrize("true_pair", [False, True])
def test_keystream_that_only_its_digest_calls_equal_is_no_overlap(true_pair: bool) -> None:
    stream = noise(b"A", 16)
    for twin in (noise(b"A", 16), stream[:15] + bytes([stream[15] ^ 1]), stream[:8] + noise(b"", 8)):
        shared = noise(b"B", 16)
        streams = [stream, twin] + [shared, shared] * true_pair
        plain = [noise(b"", 16) for _ in streams]
        found = keystream_overlaps([xor(*each) for each in zip(plain, streams, strict=True)], plain)
        assert found == [Overlap(2, 3, 0), Overlap(3, 2, 0)] * true_pair


@pytest.mark.parametrize("place", [0, 7, 15])
def test_plaintext_that_differs_in_one_byte_alone_is_other_plaintext(place: int) -> None:
    stream, text = noise(b"", 16), noise(b"", 16)
    plain = [text, text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :]]
    assert keystream_overlaps([xor(each, stream) for each in plain], plain) == [Overlap(0, 1, 0), Overlap(1, 0, 0)]
    assert keystream_overlaps([xor(each, stream) for each in plain[:1] * 2], plain[:1] * 2) == []


@pytest.mark.usefixtures("weak")
@pytest.mark.parametrize("place", range(4))
def test_run_that_only_its_digest_calls_equal_is_not_clear(place: int) -> None:
    """The server's run begins with a word that both sides have, the encoder's ends with it."""
    common, true = noise(b"A", 8), noise(b"B", 16)
    server, encoder = common + noise(b"", 8), bytes(4 * place) + noise(b"A", 8) + common
    assert clear_frames([server], [encoder]) == [False]
    assert clear_frames([server, true, server], [encoder, true + b"x"]) == [False, True, False]
