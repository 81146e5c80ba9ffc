"""A key must be found in whatever form and wherever inside other data it lies."""

import base64
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.encodings import ENCODINGS, needles, text_needles

keys = st.binary(min_size=16, max_size=64)
around = st.binary(max_size=9)


def found(encoding: str, key: bytes, data: bytes) -> bool:
    return any(form in data for form in needles(key)[encoding])


def test_every_encoding_has_a_form() -> None:
    assert tuple(needles(bytes(range(200, 232)))) == ENCODINGS


@given(keys, around, around)
def test_base64_key_is_found_at_every_alignment(key: bytes, before: bytes, after: bytes) -> None:
    assert found("base64", key, base64.b64encode(before + key + after))


@given(keys, around, around)
def test_base64url_key_is_found_at_every_alignment(key: bytes, before: bytes, after: bytes) -> None:
    text = base64.urlsafe_b64encode(before + key + after).rstrip(b"=")
    assert found("base64url", key, text) or found("base64", key, text)


@given(keys)
def test_hex_is_found_in_both_cases(key: bytes) -> None:
    assert found("hex", key, b"x" + key.hex().encode())
    assert found("hex", key, b"x" + key.hex().upper().encode())


@given(keys)
def test_percent_encoded_key_is_found(key: bytes) -> None:
    assert found("percent", key, quote_from_bytes(key, safe="").encode())


@given(keys, st.binary(max_size=400))
def test_other_data_does_not_hold_the_key(key: bytes, other: bytes) -> None:
    if key not in other:
        assert not found("raw", key, other)


# Keys of 17 and 18 bytes, so that each alignment of Base64 has each tail; their forms are written out, not computed.
WRITTEN = {
    bytes(range(0xF0, 0x100)) + b"~": {
        "raw": (bytes(range(0xF0, 0x100)) + b"~",),
        "hex": (b"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff7e", b"F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF7E"),
        "base64": (b"8PHy8/T19vf4+fr7/P3+/3", b"Dx8vP09fb3+Pn6+/z9/v9+", b"w8fLz9PX29/j5+vv8/f7/f"),
        "base64url": (b"8PHy8_T19vf4-fr7_P3-_3", b"Dx8vP09fb3-Pn6-_z9_v9-", b"w8fLz9PX29_j5-vv8_f7_f"),
        "percent": (
            b"%F0%F1%F2%F3%F4%F5%F6%F7%F8%F9%FA%FB%FC%FD%FE%FF%7E",
            b"%f0%f1%f2%f3%f4%f5%f6%f7%f8%f9%fa%fb%fc%fd%fe%ff%7e",
            b"%F0%F1%F2%F3%F4%F5%F6%F7%F8%F9%FA%FB%FC%FD%FE%FF~",
        ),
    },
    b"eighteen bytes/:@[": {
        "raw": (b"eighteen bytes/:@[",),
        "hex": (b"656967687465656e2062797465732f3a405b", b"656967687465656E2062797465732F3A405B"),
        "base64": (b"ZWlnaHRlZW4gYnl0ZXMvOkBb", b"VpZ2h0ZWVuIGJ5dGVzLzpAW", b"laWdodGVlbiBieXRlcy86QF"),
        "base64url": (),  # not a character in which the two differ
        "percent": (
            b"%65%69%67%68%74%65%65%6E%20%62%79%74%65%73%2F%3A%40%5B",
            b"%65%69%67%68%74%65%65%6e%20%62%79%74%65%73%2f%3a%40%5b",
            b"eighteen%20bytes%2F%3A%40%5B",
        ),
    },
}


@pytest.mark.parametrize("key", WRITTEN)
def test_forms_of_a_key_are_these_and_no_others(key: bytes) -> None:
    assert needles(key) == WRITTEN[key]


def test_every_byte_is_percent_encoded_as_others_do_it() -> None:
    every = bytes(range(256))
    assert needles(every)["percent"][2] == quote_from_bytes(every, safe="").encode()
    assert needles(b"~" * 16)["percent"] == (b"%7E" * 16, b"%7e" * 16, b"~" * 16)
    assert needles(b"%" * 16)["percent"] == (b"%25" * 16,)  # a form that two ways give is one


@pytest.mark.parametrize(
    ("text", "utf16", "json", "html"),
    [
        ("Müller", "4d00fc006c006c0065007200", (b"M\\u00fcller", b"M\\u00FCller"), (b"M&#252;ller",)),
        ('a"b\\', "6100220062005c00", (b'a\\"b\\\\',), ()),
        ("plain", "70006c00610069006e00", (), ()),
        ("🐟", "3dd81fdc", (b"\\ud83d\\udc1f", b"\\uD83D\\uDC1F"), (b"&#128031;",)),
    ],
)
def test_what_people_wrote_is_found_in_these_forms(
    text: str, utf16: str, json: tuple[bytes, ...], html: tuple[bytes, ...]
) -> None:
    forms = dict(text_needles(text))
    little = bytes.fromhex(utf16)
    big = b"".join(little[at : at + 2][::-1] for at in range(0, len(little), 2))
    assert (forms.pop("utf-16"), forms.pop("json"), forms.pop("html")) == ((little, big), json, html)
    assert forms == needles(text.encode())


@pytest.mark.parametrize(("code", "whole"), [(0xD7FF, True), (0xD800, False), (0xDFFF, False), (0xE000, True)])
def test_surrogates_are_refused_and_their_neighbours_are_letters(code: int, whole: bool) -> None:
    if whole:
        assert text_needles(chr(code))["raw"] == (chr(code).encode(),)
        return
    with pytest.raises(WireError, match="^text: half of a surrogate pair has no form to be found by$"):
        text_needles(chr(code))
