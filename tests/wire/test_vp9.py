"""The VP9 payload descriptor (RFC 9628 section 4.2)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.vp9 import Vp9Descriptor, parse_vp9

ID, P, L, F, B, E, V = 0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (bytes([B | E]), Vp9Descriptor(1, True, True, False, False, False)),
        (bytes([ID | B, 0x05]), Vp9Descriptor(2, True, False, False, False, False, 5)),
        (bytes([ID | P | E, 0x92, 0x34]), Vp9Descriptor(3, False, True, True, False, False, 0x1234)),
        # non-flexible with layers: TID 2, SID 1, TL0PICIDX 9
        (bytes([ID | L | B, 1, 0x42, 9]), Vp9Descriptor(4, True, False, False, False, False, 1, 2, 1, 9)),
        # flexible with layers: no TL0PICIDX, three references
        (bytes([ID | P | L | F, 1, 0x42, 3, 5, 6]), Vp9Descriptor(6, False, False, True, True, False, 1, 2, 1)),
        (bytes([ID | F | B, 1]), Vp9Descriptor(2, True, False, False, True, False, 1)),
        # one layer of 640x360 and a picture group of two, the second with two references
        (
            bytes([ID | B | V, 1, 0x18, 2, 128, 1, 104, 2, 0x00, 0x08, 1, 2]),
            Vp9Descriptor(12, True, False, False, False, True, 1),
        ),
        (bytes([V, 0x30]) + bytes(8), Vp9Descriptor(10, False, False, False, False, True)),
    ],
)
def test_each_form_of_the_descriptor_is_stripped(payload: bytes, expected: Vp9Descriptor) -> None:
    assert parse_vp9(payload + b"frame") == expected
    assert parse_vp9(payload) == expected


@pytest.mark.parametrize(
    "payload", ["", "80", "8092", "a001", "a00142", "d001", "d00103", "0210ff", "0208", "020802", "02080108"]
)
def test_a_cut_descriptor_is_a_wire_error(payload: str) -> None:
    with pytest.raises(WireError, match="^VP9: cut inside the payload descriptor$"):
        parse_vp9(bytes.fromhex(payload))


def test_flexible_mode_needs_a_picture_id() -> None:
    with pytest.raises(WireError, match="^VP9: flexible mode without a picture id$"):
        parse_vp9(bytes([F | B]))


def test_a_fourth_reference_is_refused() -> None:
    with pytest.raises(WireError, match="^VP9: more than three reference indices$"):
        parse_vp9(bytes([ID | P | F, 1, 1, 1, 1, 0]))


@given(st.binary(max_size=40))
def test_random_bytes_are_a_descriptor_or_a_wire_error(noise: bytes) -> None:
    with contextlib.suppress(WireError):
        assert 0 < parse_vp9(noise).size <= len(noise)
