"""Frames sealed as RFC 9605 has it open, and what is no frame of a form never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.sframe import SUITES, SFrameHeader, build_header, derive_key, seal
from harness.wire.sframe_forms import REGISTERED, WRONG, SealForm, header_of, is_canonical, open_as, read_header

BASE = bytes(range(40))
NUMBER = st.integers(0, 2**64 - 1) | st.integers(0, 300)


@pytest.mark.parametrize("form", REGISTERED, ids=lambda form: form.suite.name)
def test_every_registered_suite_opens(form: SealForm) -> None:
    key = derive_key(form.suite, 9, BASE)
    frame = seal(key, 300, b"a frame")
    assert open_as(form, key, frame).plaintext == b"a frame"
    assert (form.tag, header_of(form, frame)) == (form.suite.nt, SFrameHeader(9, 300, 4))
    for other in SUITES.values():
        if other != form.suite:
            with pytest.raises(WireError):
                open_as(form, derive_key(other, 9, BASE), frame)


@given(NUMBER, NUMBER)
def test_a_header_is_read_whatever_its_length(kid: int, ctr: int) -> None:
    short = build_header(kid, ctr)
    long = b"\xff" + kid.to_bytes(8, "big") + ctr.to_bytes(8, "big")
    assert (read_header(short).kid, read_header(short).ctr) == (kid, ctr)
    assert (read_header(long).kid, read_header(long).ctr, read_header(long).size) == (kid, ctr, 17)
    assert is_canonical(short + b"rest", kid, ctr)
    assert is_canonical(long, kid, ctr) == (short == long)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "SFrame: empty frame"),
        ("80", "SFrame: cut inside the header"),
        ("9001", "SFrame: cut inside the header"),
        ("0a0102", "SFrame: cut inside the header"),
        ("8801", "SFrame: cut inside the header"),
    ],
)
def test_a_header_that_is_cut_is_named(data: str, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        read_header(bytes.fromhex(data))


@pytest.mark.parametrize(
    ("data", "kid", "ctr", "size"),
    [("07", 0, 7, 1), ("70", 7, 0, 1), ("8001", 1, 0, 2), ("0801", 0, 1, 2), ("89020304", 2, 0x0304, 4),
     ("9a 0102 030405", 0x0102, 0x030405, 6), ("8f 05 0000000000000006", 5, 6, 10)],
)  # fmt: skip
def test_a_header_ends_where_its_first_byte_says(data: str, kid: int, ctr: int, size: int) -> None:
    whole = bytes.fromhex(data)
    assert read_header(whole) == read_header(whole + b"more") == SFrameHeader(kid, ctr, size)


@given(st.binary(max_size=80))
def test_any_bytes_are_no_frame_of_any_form(data: bytes) -> None:
    for form in (*REGISTERED, *WRONG):
        with pytest.raises(WireError):
            open_as(form, derive_key(form.suite, header_of(form, data).kid, BASE), data, made=())
