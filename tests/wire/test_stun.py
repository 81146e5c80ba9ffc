"""STUN messages: what is written is read again, and nothing else is taken for one."""

import contextlib
import hashlib
import hmac
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.wire.stun import MESSAGE_INTEGRITY, StunMessage, build_stun, long_term_key, parse_stun

ATTRIBUTES = st.lists(st.tuples(st.integers(0, 0xFFFF), st.binary(max_size=40)), max_size=6).map(tuple)
MESSAGES = st.builds(StunMessage, st.integers(0, 0x3FFF), st.binary(min_size=12, max_size=12), ATTRIBUTES)

# RFC 5769, section 2.4: a request with long-term authentication.
SAMPLE = bytes.fromhex(
    "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c"
    "662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f72670000080014"
    "f67024656dd64a3e02b8e0712e85c9a28ca89666"
)


def test_published_request_is_read_and_its_integrity_is_ours() -> None:
    message = parse_stun(SAMPLE)
    user, realm = "マトリックス", "example.org"
    assert message.first(0x0006) == user.encode()
    assert message.first(0x0014) == realm.encode()
    key = long_term_key(user, realm, "TheMatrIX")
    assert key == hashlib.md5(f"{user}:{realm}:TheMatrIX".encode(), usedforsecurity=False).digest()
    unsigned = StunMessage(message.type, message.transaction, message.attributes[:-1])
    assert parse_stun(build_stun(unsigned, key)).first(MESSAGE_INTEGRITY) == message.first(MESSAGE_INTEGRITY)


@given(MESSAGES)
def test_round_trip(message: StunMessage) -> None:
    assert parse_stun(build_stun(message)) == message


@given(MESSAGES, st.data())
def test_cut_message_is_an_error(message: StunMessage, data: st.DataObject) -> None:
    whole = build_stun(message)
    with pytest.raises(WireError):
        parse_stun(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=120))
def test_anything_else_is_an_error_or_a_message(data: bytes) -> None:
    with contextlib.suppress(WireError):
        assert build_stun(parse_stun(data))[:8] == data[:8]


@pytest.mark.parametrize(("value", "code"), [(b"\x00\x00\x04\x01Unauthorized", 401), (b"\x00\x00\x04", 0), (None, 0)])
def test_error_code_of_a_refusal(value: bytes | None, code: int) -> None:
    attributes = () if value is None else ((0x0009, value),)
    assert StunMessage(0x0113, bytes(12), attributes).error == code


@pytest.mark.parametrize(("value", "code"), [("0000 07ff", 955), ("ffff f804", 4), ("0000 0300", 300)])
def test_error_code_is_of_three_bits_and_a_byte(value: str, code: int) -> None:
    assert StunMessage(0x0113, bytes(12), ((0x0009, bytes.fromhex(value)),)).error == code


@pytest.mark.parametrize(
    "message", [StunMessage(0x10000, bytes(12)), StunMessage(1, bytes(12), ((0x10000, b""),)),
                StunMessage(1, bytes(12), ((1, bytes(65536)),)), StunMessage(1, bytes(12), ((1, bytes(65532)),))],
)  # fmt: skip
@pytest.mark.parametrize("key", [None, b"key"])
def test_field_that_does_not_fit_is_an_error(message: StunMessage, key: bytes | None) -> None:
    with pytest.raises(WireError, match="^STUN: a field does not fit its bits$"):
        build_stun(message, key)


HEAD = struct.pack("!HHI12s", 1, 0, 0x2112A442, b"transaction!")


def test_message_lies_on_the_wire_as_the_rfc_draws_it() -> None:
    assert build_stun(StunMessage(1, b"transaction!")) == HEAD
    body = bytes.fromhex("8022 0005 6162636465 0000000025 00000024 0004 6e0001ff")
    message = StunMessage(0x3FFF, bytes(range(12)), ((0x8022, b"abcde"), (0x0025, b""), (0x0024, b"n\0\x01\xff")))
    whole = bytes.fromhex("3fff 0018 2112a442") + bytes(range(12)) + body
    assert (build_stun(message), parse_stun(whole)) == (whole, message)
    assert (message.first(0x0024), message.first(0x0025), message.first(0x0006)) == (b"n\0\x01\xff", b"", None)


def test_integrity_is_over_all_before_it_and_a_length_that_counts_it() -> None:
    built = build_stun(StunMessage(1, b"transaction!", ((6, b"me"),)), b"key")
    signed = HEAD[:2] + b"\x00\x20" + HEAD[4:] + b"\x00\x06\x00\x02me\0\0"
    assert built == signed + b"\x00\x08\x00\x14" + hmac.digest(b"key", signed, "sha1")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "STUN: cut inside the header"),
        (HEAD[:19], "STUN: cut inside the header"),
        (b"\x40" + HEAD[1:], "STUN: the header is not one of a STUN message"),
        (b"\x80" + HEAD[1:], "STUN: the header is not one of a STUN message"),
        (HEAD[:4] + b"\x21\x12\xa4\x43" + HEAD[8:], "STUN: the header is not one of a STUN message"),
        (HEAD[:2] + b"\x00\x02" + HEAD[4:] + bytes(2), "STUN: the header is not one of a STUN message"),
        (HEAD + bytes(4), "STUN: 4 bytes of attributes instead of 0"),
        (HEAD[:2] + b"\x00\x08" + HEAD[4:] + bytes(4), "STUN: 4 bytes of attributes instead of 8"),
        (HEAD[:2] + b"\x00\x04" + HEAD[4:] + b"\x00\x06\x00\x01", "STUN: cut inside attribute 0x0006"),
        (HEAD[:2] + b"\x00\x08" + HEAD[4:] + b"\x80\x22\x00\x05" + bytes(4), "STUN: cut inside attribute 0x8022"),
    ],
)  # fmt: skip
def test_what_is_no_message_is_named(data: bytes, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_stun(data)
