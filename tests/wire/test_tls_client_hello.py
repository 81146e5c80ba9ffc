"""What a client offers, to the byte: a server's choice says something only of what it was really offered."""

import struct

import pytest

from harness.model.errors import WireError
from harness.wire.tls_hello import TLS12, TLS13, VERSIONS, build_client_hello

RANDOM = bytes(range(32))


@pytest.mark.parametrize(
    "wrong",
    [{"random": bytes(31)}, {"random": bytes(33)}, {"suites": []}, {"suites": [1] * 201}, {"version": 0x0300},
     {"version": 0x0305}],
)  # fmt: skip
def test_hello_of_impossible_parts_is_an_error(wrong: dict[str, object]) -> None:
    parts = {"version": TLS12, "suites": [0xC02F], "random": RANDOM} | wrong
    with pytest.raises(WireError, match="^TLS: a hello needs 32 random bytes, a known version and up to 200 suites$"):
        build_client_hello(**parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("host", ["", "bürger.example"])
def test_hello_lies_on_the_wire_as_the_rfcs_draw_it(version: int, host: str) -> None:
    suites = [0x0001, 0xCCA9] if version == TLS12 else list(range(200))
    extensions = bytes.fromhex(
        "000a 0010 000e 001d 0017 0018 0019 001e 0100 0101"
        "000b 0002 01 00"
        "000d 001a 0018 0403 0503 0603 0804 0805 0806 0401 0501 0601 0807 0203 0201"
        "ff01 0001 00"
    )
    name = b"xn--brger-kva.example"
    if host:
        extensions += struct.pack("!HHHBH", 0, 5 + len(name), 3 + len(name), 0, len(name)) + name
    if version == TLS13:
        extensions += bytes.fromhex("002b 0003 02 03040033 0002 0000")
    body = min(version, 0x0303).to_bytes(2, "big") + RANDOM + b"\x20" + RANDOM
    body += struct.pack(f"!H{len(suites)}H", 2 * len(suites), *suites) + b"\x01\x00"
    body += len(extensions).to_bytes(2, "big") + extensions
    message = b"\x01" + len(body).to_bytes(3, "big") + body
    hello = build_client_hello(version, suites, RANDOM, host)
    assert hello == b"\x16\x03\x01" + len(message).to_bytes(2, "big") + message
    if not host:
        assert build_client_hello(version, suites, RANDOM) == hello


def test_host_that_has_no_name_is_told_by_its_beginning() -> None:
    with pytest.raises(WireError, match=f"^TLS: '{'a' * 40}' is no name of a host$"):
        build_client_hello(TLS12, [1], RANDOM, "a" * 64)
