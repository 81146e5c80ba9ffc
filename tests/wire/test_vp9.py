"""The VP9 payload descriptor (RFC 9628 section 4.2)."""

import contextlib
from itertools import product

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


PICTURE = {b"\x00": 0, b"\x7f": 127, b"\x80\x00": 0, b"\xff\xff": 2**15 - 1, b"\x81\x02": 0x102}
LAYER = {b"\x00": (0, 0), b"\xe0": (7, 0), b"\x0e": (0, 7), b"\x11": (0, 0), b"\x4a": (2, 5)}  # 11: U and D


@pytest.mark.parametrize("parts", [0, ID, ID | F, F], ids=["no id", "id", "flexible", "flexible without an id"])
def test_each_bit_says_its_own_and_no_other(parts: int) -> None:
    """Built here as section 4.2 draws it, field by field, and read; also where the frame's own bytes are gone."""
    for flags in (parts | sum(bits) for bits in product(*((0, bit) for bit in (P, L, B, E, V, 0x01)))):  # 01: Z
        if flags & F and not flags & ID:
            with pytest.raises(WireError, match="^VP9: flexible mode without a picture id$"):
                parse_vp9(bytes([flags]) + bytes(40))
            continue
        for picture, layer in product(PICTURE if flags & ID else (b"",), LAYER if flags & L else (b"",)):
            index = b"\x09" if flags & L and not flags & F else b""
            references = b"\x03\x05\xfe" if flags & F and flags & P else b""
            whole = bytes([flags]) + picture + layer + index + references + bytes(bool(flags & V))
            begins, ends, inter, flexible, structure = (bool(flags & bit) for bit in (B, E, P, F, V))
            ids = (PICTURE.get(picture, -1), *LAYER.get(layer, (-1, -1)), 9 if index else -1)
            expected = Vp9Descriptor(len(whole), begins, ends, inter, flexible, structure, *ids)
            assert parse_vp9(whole) == parse_vp9(whole + b"\xff" * 9) == expected
            with pytest.raises(WireError, match="^VP9: cut inside the payload descriptor$"):
                parse_vp9(whole[:-1])


@pytest.mark.parametrize(("layers", "resolutions"), [*product(range(8), [False, True])])
@pytest.mark.parametrize("group", [None, [], [3, 1, 0, 2]])
def test_structure_of_any_shape_is_skipped(layers: int, resolutions: bool, group: list[int] | None) -> None:
    """``layers`` is N_S (one less than there are); ``group``: how many references each of its pictures has."""
    structure = bytes([layers << 5 | resolutions << 4 | (group is not None) << 3 | 0b111])
    structure += bytes(4 * (layers + 1) if resolutions else 0)
    if group is not None:
        structure += bytes([len(group)]) + b"".join(bytes([0xF3 | count << 2]) + bytes(count) for count in group)
    whole = bytes([B | V]) + structure
    assert (
        parse_vp9(whole)
        == parse_vp9(whole + b"\xff" * 99)
        == Vp9Descriptor(len(whole), True, False, False, False, True)
    )
    with pytest.raises(WireError, match="^VP9: cut inside the payload descriptor$"):
        parse_vp9(whole[:-1])


@pytest.mark.parametrize("count", [1, 2, 3])
def test_references_end_where_the_last_bit_says_so(count: int) -> None:
    references = b"\xff" * (count - 1) + b"\xfe"
    assert parse_vp9(bytes([ID | P | F, 1]) + references + b"\xff").size == 2 + count


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
