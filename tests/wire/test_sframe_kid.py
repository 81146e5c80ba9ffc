"""KIDs and base keys by RFC 9605 section 5."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.sframe import suite_by_id
from harness.wire.sframe_kid import (
    MlsKid,
    RatchetKid,
    build_mls_kid,
    build_ratchet_kid,
    next_base_key,
    parse_mls_kid,
    parse_ratchet_kid,
)


@pytest.mark.parametrize(("epoch", "index", "kid"), [(14, 3, 0x3E), (17, 33, 0x211)])
def test_mls_kids_of_the_rfc(epoch: int, index: int, kid: int) -> None:
    assert build_mls_kid(0, index, epoch, epoch_bits=4, index_bits=6) == kid
    assert parse_mls_kid(kid, epoch_bits=4, index_bits=6) == MlsKid(0, index, epoch % 16)


@given(st.integers(0, 2**20 - 1), st.integers(0, 2**20 - 1), st.integers(0, 2**40))
def test_an_mls_kid_comes_back(context: int, index: int, epoch: int) -> None:
    kid = build_mls_kid(context, index, epoch, epoch_bits=8, index_bits=20)
    assert parse_mls_kid(kid, epoch_bits=8, index_bits=20) == MlsKid(context, index, epoch % 256)


@given(st.integers(0, 2**50), st.integers(0, 2**50))
def test_a_ratchet_kid_comes_back(generation: int, step: int) -> None:
    assert parse_ratchet_kid(build_ratchet_kid(generation, step, 8), 8) == RatchetKid(generation, step % 256)


@pytest.mark.parametrize(("suite_id", "digest", "size"), [(4, "sha256", 32), (5, "sha512", 64)])
def test_a_ratchet_step_is_extract_and_expand(suite_id: int, digest: str, size: int) -> None:
    secret = hmac.digest(bytes(size), b"base", digest)  # RFC 5869: no salt is a string of zeros
    expected = hmac.digest(secret, b"SFrame 1.0 Ratchet\x01", digest)
    assert next_base_key(suite_by_id(suite_id), b"base") == expected[:size]


def test_fields_that_do_not_fit_are_refused() -> None:
    with pytest.raises(
        WireError, match="^SFrame: context, epoch or the index 64 do not fit an MLS KID of 6 index bits$"
    ):
        build_mls_kid(0, 64, 1, epoch_bits=4, index_bits=6)
    with pytest.raises(WireError, match=r"^SFrame: KID and CTR are numbers from 0 to 2\^64-1$"):
        build_mls_kid(2**60, 0, 1, epoch_bits=4, index_bits=6)
    with pytest.raises(WireError, match="^SFrame: generation and ratchet step are not negative$"):
        build_ratchet_kid(0, -1, 8)
    with pytest.raises(WireError, match="^SFrame: a KID has no field of 65 bits$"):
        parse_ratchet_kid(0, 65)
    with pytest.raises(WireError, match=r"^SFrame: KID and CTR are numbers from 0 to 2\^64-1$"):
        parse_mls_kid(2**64, epoch_bits=4, index_bits=6)


OUT_OF_RANGE = r"^SFrame: KID and CTR are numbers from 0 to 2\^64-1$"
LARGEST = 2**64 - 1


def test_largest_fields_fit_and_one_more_does_not() -> None:
    assert build_mls_kid(2**54 - 1, 63, 15, epoch_bits=4, index_bits=6) == LARGEST
    assert parse_mls_kid(LARGEST, epoch_bits=4, index_bits=6) == MlsKid(2**54 - 1, 63, 15)
    assert build_ratchet_kid(2**56 - 1, 255, 8) == LARGEST
    assert parse_ratchet_kid(LARGEST, 8) == RatchetKid(2**56 - 1, 255)
    for build in (
        lambda: build_mls_kid(2**54, 0, 0, epoch_bits=4, index_bits=6),
        lambda: build_ratchet_kid(2**56, 0, 8),
        lambda: parse_ratchet_kid(LARGEST + 1, 8),
        lambda: parse_ratchet_kid(-1, 8),
        lambda: parse_mls_kid(-1, epoch_bits=4, index_bits=6),
    ):
        with pytest.raises(WireError, match=OUT_OF_RANGE):
            build()


@pytest.mark.parametrize(("context", "index", "epoch"), [(-1, 0, 0), (0, -1, 0), (0, 64, 0), (0, 0, -1)])
def test_each_field_that_does_not_fit_an_mls_kid_is_refused(context: int, index: int, epoch: int) -> None:
    sentence = f"^SFrame: context, epoch or the index {index} do not fit an MLS KID of 6 index bits$"
    with pytest.raises(WireError, match=sentence):
        build_mls_kid(context, index, epoch, epoch_bits=4, index_bits=6)


@pytest.mark.parametrize(("generation", "step"), [(-1, 0), (0, -1)])
def test_each_negative_field_of_a_ratchet_kid_is_refused(generation: int, step: int) -> None:
    with pytest.raises(WireError, match="^SFrame: generation and ratchet step are not negative$"):
        build_ratchet_kid(generation, step, 8)


def test_fields_may_have_no_bits_or_all_of_them() -> None:
    assert build_mls_kid(5, 0, 9, epoch_bits=0, index_bits=0) == 5
    assert parse_mls_kid(5, epoch_bits=0, index_bits=0) == MlsKid(5, 0, 0)
    assert build_mls_kid(0, 0, LARGEST, epoch_bits=64, index_bits=0) == LARGEST
    assert build_mls_kid(0, LARGEST, 3, epoch_bits=0, index_bits=64) == LARGEST
    assert parse_mls_kid(LARGEST, epoch_bits=0, index_bits=64) == MlsKid(0, LARGEST, 0)
    assert parse_ratchet_kid(LARGEST, 64) == RatchetKid(0, LARGEST)
    assert parse_ratchet_kid(7, 0) == RatchetKid(7, 0)
    assert build_ratchet_kid(0, LARGEST, 64) == LARGEST


@pytest.mark.parametrize("width", [-1, 65])
def test_width_that_no_field_has_is_named(width: int) -> None:
    for build in (
        lambda: build_ratchet_kid(0, 0, width),
        lambda: parse_ratchet_kid(0, width),
        lambda: build_mls_kid(0, 0, 0, epoch_bits=width, index_bits=0),
        lambda: build_mls_kid(0, 0, 0, epoch_bits=0, index_bits=width),
        lambda: parse_mls_kid(0, epoch_bits=width, index_bits=0),
        lambda: parse_mls_kid(0, epoch_bits=0, index_bits=width),
    ):
        with pytest.raises(WireError, match=f"^SFrame: a KID has no field of {width} bits$"):
            build()
