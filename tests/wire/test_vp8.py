"""The VP8 payload descriptor (RFC 7741 section 4.2)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.vp8 import Vp8Descriptor, parse_vp8


@pytest.mark.parametrize(
    ("payload", "size", "begins"),
    [
        ("10", 1, True),
        ("00", 1, False),
        ("11", 1, False),  # second partition
        ("9080 05", 3, True),
        ("9080 8005", 4, True),
        ("90f0 800509 41", 6, True),  # picture id of 15 bits, TL0PICIDX, TID and KEYIDX together
        ("9010 01", 3, True),
    ],
)
def test_each_form_of_the_descriptor_is_stripped(payload: str, size: int, begins: bool) -> None:
    assert parse_vp8(bytes.fromhex(payload) + b"frame") == Vp8Descriptor(size, begins)


def test_reserved_bits_say_nothing_and_each_other_bit_says_its_own() -> None:
    """X 80, S 10 and the partition 07 of the first byte; I 80, L 40, T 20 and K 10 of the second; M 80 of the third."""
    for first in range(256):
        begins = bool(first & 0x10) and first & 0x07 == 0
        assert parse_vp8(bytes([first, 0])) == Vp8Descriptor(2 if first & 0x80 else 1, begins)
    for flags in range(256):
        behind = bool(flags & 0x40) + bool(flags & 0x20 or flags & 0x10)
        for picture in (b"\x7f", b"\x80\x7f") if flags & 0x80 else (b"",):
            whole = bytes([0x90, flags]) + picture + bytes(behind)
            assert parse_vp8(whole) == parse_vp8(whole + b"\xff" * 4) == Vp8Descriptor(len(whole), True)


@pytest.mark.parametrize("payload", ["", "90", "9080", "908080", "9040", "9010"])
def test_a_cut_descriptor_is_a_wire_error(payload: str) -> None:
    with pytest.raises(WireError, match="^VP8: cut inside the payload descriptor$"):
        parse_vp8(bytes.fromhex(payload))


@given(st.binary(max_size=12))
def test_random_bytes_are_a_descriptor_or_a_wire_error(noise: bytes) -> None:
    with contextlib.suppress(WireError):
        assert 0 < parse_vp8(noise).size <= len(noise)
