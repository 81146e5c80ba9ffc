"""SFrame against the numbers of RFC 9605 and against everything that may be done to a frame."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.sframe import (
    SUITES,
    NotAuthentic,
    SFrameHeader,
    SFrameKey,
    build_header,
    derive_key,
    open_,
    parse_header,
    seal,
    suite_by_id,
)

NUMBER = st.integers(0, 2**64 - 1) | st.integers(0, 70000)
PUBLISHED = Path(__file__).parents[3] / "shared/vectors/sframe-rfc9605.json"
needs_published = pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published vectors are not at hand")


def published(part: str) -> list[dict[str, Any]]:
    vectors: dict[str, list[dict[str, Any]]] = json.loads(PUBLISHED.read_text())
    return vectors[part]


@pytest.mark.parametrize(
    ("kid", "ctr", "encoded"),
    [
        (0, 0, "00"),
        (0, 7, "07"),
        (7, 7, "77"),
        (0, 8, "0808"),
        (8, 0, "8008"),
        (255, 255, "88ffff"),
        (256, 255, "980100ff"),
        (0x123, 0x4567, "9901234567"),
        (2**64 - 1, 2**64 - 1, "ff" + "ff" * 16),
    ],
)
def test_headers_of_the_rfc(kid: int, ctr: int, encoded: str) -> None:
    assert build_header(kid, ctr).hex() == encoded
    assert parse_header(bytes.fromhex(encoded) + b"rest") == SFrameHeader(kid, ctr, len(encoded) // 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "SFrame: empty frame"),
        ("80", "SFrame: cut inside the KID"),
        ("9001", "SFrame: cut inside the KID"),
        ("08", "SFrame: cut inside the CTR"),
        ("8907", "SFrame: the KID is not minimally encoded"),
        ("8007", "SFrame: the KID is not minimally encoded"),
        ("09000a", "SFrame: the CTR is not minimally encoded"),
        ("0800", "SFrame: the CTR is not minimally encoded"),
        ("9000ff", "SFrame: the KID is not minimally encoded"),
    ],
)
def test_a_broken_header_is_named(data: str, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_header(bytes.fromhex(data))


@pytest.mark.parametrize(("kid", "ctr"), [(-1, 0), (0, -1), (2**64, 0), (0, 2**64)])
def test_numbers_of_65_bits_have_no_header(kid: int, ctr: int) -> None:
    with pytest.raises(WireError, match=r"^SFrame: KID and CTR are numbers from 0 to 2\^64-1$"):
        build_header(kid, ctr)


@given(NUMBER, NUMBER, st.binary(max_size=8))
def test_a_header_comes_back_and_no_cut_of_it_parses_as_it(kid: int, ctr: int, rest: bytes) -> None:
    header = build_header(kid, ctr)
    assert parse_header(header + rest) == SFrameHeader(kid, ctr, len(header))
    for cut in range(len(header)):
        with pytest.raises(WireError):
            parse_header(header[:cut])


@given(st.binary(max_size=20))
def test_whatever_parses_is_the_only_encoding_of_its_numbers(noise: bytes) -> None:
    try:
        header = parse_header(noise)
    except WireError:
        return
    assert build_header(header.kid, header.ctr) == noise[: header.size]


def test_the_suites_have_the_sizes_of_the_registry() -> None:
    assert [(s.id, s.nh, s.nka, s.nk, s.nn, s.nt) for s in SUITES.values()] == [
        (1, 32, 16, 48, 12, 10),
        (2, 32, 16, 48, 12, 8),
        (3, 32, 16, 48, 12, 4),
        (4, 32, 0, 16, 12, 16),
        (5, 64, 0, 32, 12, 16),
    ]


# Appendix C.3 of the RFC: base key 00 01 ... 0f, KID 0x123, CTR 0x4567, metadata "IETF SFrame WG", plaintext
# "draft-ietf-sframe-enc".
FRAMES = [
    (
        1,
        "3f7d9a7c83ae8e1c8a11ae695ab59314b367e359fadac7b9c46b2bc6f81f46e16b96f0811868d59402b7e870102720b3",
        "50b29329a04dc0f184ac3168",
        "9901234567449408b6f490086165b9d6f62b24ae1a59a56486b4ae8ed036b88912e24f11",
    ),
    (
        2,
        "e2ec5c797540310483b16bf6e7a570d2a27d192fe869c7ccd8584a8d9dab91549fbe553f5113461ec6aa83bf3865553e",
        "e68ac8dd3d02fbcd368c5577",
        "99012345673f31438db4d09434e43afa0f8a2f00867a2be085046a9f5cb4f101d607",
    ),
    (
        3,
        "2c5703089cbb8c583475e4fc461d97d18809df79b6d550f78eb6d50ffa80d89211d57909934f46f5405e38cd583c69fe",
        "38c16e4f5159700c00c7f350",
        "990123456717fc8af28a5a695afcfc6c8df6358a17e26b2fcb3bae32e443",
    ),
    (
        4,
        "d34f547f4ca4f9a7447006fe7fcbf768",
        "75234edefe07819026751816",
        "9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb",
    ),
    (
        5,
        "d3e27b0d4a5ae9e55df01a70e6d4d28d969b246e2936f4b7a5d9b494da6b9633",
        "84991c167b8cd23c93708ec7",
        "990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279",
    ),
]


@pytest.mark.parametrize(("suite_id", "key", "salt", "frame"), FRAMES)
def test_frames_of_the_rfc(suite_id: int, key: str, salt: str, frame: str) -> None:
    derived = derive_key(suite_by_id(suite_id), 0x123, bytes(range(16)))
    assert (derived.key.hex(), derived.salt.hex()) == (key, salt)
    assert seal(derived, 0x4567, b"draft-ietf-sframe-enc", b"IETF SFrame WG").hex() == frame
    assert open_(derived, bytes.fromhex(frame), b"IETF SFrame WG").plaintext == b"draft-ietf-sframe-enc"


@pytest.mark.parametrize("suite_id", [0x0000, 0x0006, 0xF000])
def test_other_suites_are_refused(suite_id: int) -> None:
    with pytest.raises(WireError, match=f"^SFrame: cipher suite {suite_id:04x} is not registered$"):
        suite_by_id(suite_id)


@pytest.mark.parametrize("suite_id", SUITES)
@given(
    kid=NUMBER, ctr=NUMBER, base=st.binary(min_size=1, max_size=40), text=st.binary(max_size=50), metadata=st.binary()
)
def test_a_sealed_frame_opens(suite_id: int, kid: int, ctr: int, base: bytes, text: bytes, metadata: bytes) -> None:
    key = derive_key(suite_by_id(suite_id), kid, base)
    frame = seal(key, ctr, text, metadata)
    opened = open_(key, frame, metadata)
    assert (opened.plaintext, opened.header.kid, opened.header.ctr) == (text, kid, ctr)
    assert len(frame) == opened.header.size + len(text) + key.suite.nt


@pytest.mark.parametrize("suite_id", SUITES)
def test_every_flipped_bit_is_noticed(suite_id: int) -> None:
    key = derive_key(suite_by_id(suite_id), 0x123, b"base key")
    frame = seal(key, 0x4567, b"picture", b"meta")
    for bit in range(8 * len(frame)):
        broken = bytearray(frame)
        broken[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WireError):
            open_(key, bytes(broken), b"meta")
    for cut in range(len(frame)):
        with pytest.raises(WireError):
            open_(key, frame[:cut], b"meta")
    with pytest.raises(NotAuthentic, match="^SFrame: the frame does not authenticate$"):
        open_(key, frame, b"meto")


@pytest.mark.parametrize("suite_id", SUITES)
def test_another_key_does_not_open(suite_id: int) -> None:
    suite = suite_by_id(suite_id)
    frame = seal(derive_key(suite, 1, b"one"), 0, b"text")
    with pytest.raises(NotAuthentic, match="^SFrame: the frame does not authenticate$"):
        open_(derive_key(suite, 1, b"other"), frame)


def test_a_frame_of_another_kid_is_not_tried() -> None:
    key = derive_key(suite_by_id(4), 1, b"one")
    with pytest.raises(WireError, match="^SFrame: the frame is of KID 0x2, the key of 0x1$"):
        open_(key, seal(derive_key(suite_by_id(4), 2, b"one"), 0, b"text"))


def test_a_frame_without_room_for_its_tag_is_cut() -> None:
    with pytest.raises(WireError, match="^SFrame: cut inside the authentication tag$"):
        open_(derive_key(suite_by_id(5), 1, b"one"), b"\x10" + bytes(15))


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(WireError, match="^SFrame: key or salt has not the length of AES_128_GCM_SHA256_128$"):
        SFrameKey(suite_by_id(4), 0, bytes(32), bytes(12))


@pytest.mark.parametrize(("key", "salt"), [(15, 12), (17, 12), (16, 11), (16, 13)])
def test_key_and_salt_have_each_their_length(key: int, salt: int) -> None:
    with pytest.raises(WireError, match="^SFrame: key or salt has not the length of AES_128_GCM_SHA256_128$"):
        SFrameKey(suite_by_id(4), 0, bytes(key), bytes(salt))


@pytest.mark.parametrize("kid", [-1, 2**64])
def test_kid_out_of_range_has_no_key(kid: int) -> None:
    with pytest.raises(WireError, match=r"^SFrame: KID and CTR are numbers from 0 to 2\^64-1$"):
        derive_key(suite_by_id(4), kid, b"one")
    assert derive_key(suite_by_id(4), 2**64 - 1, b"one").kid == 2**64 - 1


@pytest.mark.parametrize("suite_id", SUITES)
def test_frame_that_is_nothing_but_header_and_tag_opens_and_one_byte_less_is_cut(suite_id: int) -> None:
    key = derive_key(suite_by_id(suite_id), 1, b"one")
    frame = seal(key, 2, b"")
    assert (len(frame), open_(key, frame).plaintext) == (1 + key.suite.nt, b"")
    with pytest.raises(WireError, match="^SFrame: cut inside the authentication tag$"):
        open_(key, frame[:-1])


def test_a_printed_key_shows_no_key() -> None:
    assert repr(derive_key(suite_by_id(4), 3, b"one")) == "SFrameKey(suite=AES_128_GCM_SHA256_128, kid=0x3)"


@given(st.sampled_from([4, 5]), st.binary(max_size=60))
def test_random_bytes_never_open(suite_id: int, noise: bytes) -> None:
    for data in (noise, b"\x10" + noise):
        with pytest.raises(WireError):
            open_(derive_key(suite_by_id(suite_id), 1, b"base"), data)


def test_growing_numbers_have_growing_headers() -> None:
    sizes = [len(build_header(0, 2**bits)) for bits in range(64)]
    assert sizes[0] == 1
    assert sizes[-1] == 9
    assert all(0 <= after - before <= 1 for before, after in pairwise(sizes))


@needs_published
def test_all_published_headers() -> None:
    vectors = published("header")
    assert len(vectors) > 200
    for vector in vectors:
        encoded = bytes.fromhex(vector["encoded"])
        assert build_header(vector["kid"], vector["ctr"]) == encoded
        assert parse_header(encoded) == SFrameHeader(vector["kid"], vector["ctr"], len(encoded))


@needs_published
def test_all_published_frames() -> None:
    vectors = published("sframe")
    assert {vector["cipher_suite"] for vector in vectors} == set(SUITES)
    for vector in vectors:
        value = {name: bytes.fromhex(text) for name, text in vector.items() if isinstance(text, str)}
        key = derive_key(suite_by_id(vector["cipher_suite"]), vector["kid"], value["base_key"])
        assert (key.key, key.salt) == (value["sframe_key"], value["sframe_salt"])
        assert seal(key, vector["ctr"], value["pt"], value["metadata"]) == value["ct"]
        assert open_(key, value["ct"], value["metadata"]).plaintext == value["pt"]
