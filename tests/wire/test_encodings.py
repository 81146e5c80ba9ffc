"""A key must be found in whatever form and wherever inside other data it lies."""

import base64
from urllib.parse import quote_from_bytes

from hypothesis import given
from hypothesis import strategies as st

from harness.wire.encodings import ENCODINGS, needles

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
