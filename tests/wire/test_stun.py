"""STUN messages: what is written is read again, and nothing else is taken for one."""

import contextlib
import hashlib

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


def test_field_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(WireError, match="does not fit"):
        build_stun(StunMessage(0x0001, bytes(12), ((0x10000, b""),)))
