"""TLS hellos: a server's choice is read from real ones, and nothing else is taken for a choice."""

import contextlib
import ssl
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import WireError
from harness.targets.certificates import write_dtls_certificate
from harness.wire.tls_hello import (
    TLS10,
    TLS12,
    TLS13,
    VERSIONS,
    ServerHello,
    TlsAlert,
    build_client_hello,
    parse_server_hello,
    record_size,
)
from harness.wire.tls_suites import OLDER_SUITES, TLS13_SUITES

RANDOM = bytes(range(32))


def server_hello(version: int, suite: int, extensions: bytes | None = None) -> bytes:
    body = struct.pack("!H", version) + RANDOM + b"\x00" + struct.pack("!HB", suite, 0)
    body += b"" if extensions is None else struct.pack("!H", len(extensions)) + extensions
    message = b"\x02" + len(body).to_bytes(3, "big") + body
    return struct.pack("!BHH", 22, 0x0303, len(message)) + message


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (server_hello(0x0301, 0xC013), ServerHello(TLS10, 0xC013)),
        (server_hello(0x0303, 0xC02F, b"\xff\x01\x00\x01\x00"), ServerHello(TLS12, 0xC02F)),
        (server_hello(0x0303, 0x1301, b"\x00\x2b\x00\x02\x03\x04"), ServerHello(TLS13, 0x1301)),
        (server_hello(0x0303, 0x1301, b"\x00\x33\x00\x02\x00\x17\x00\x2b\x00\x02\x03\x04"), ServerHello(TLS13, 0x1301)),
    ],
)
def test_choices(record: bytes, expected: ServerHello) -> None:
    assert parse_server_hello(record) == expected


def test_alert_has_its_code() -> None:
    with pytest.raises(TlsAlert, match="alert 70") as refused:
        parse_server_hello(bytes([21, 3, 1, 0, 2, 2, 70]))
    assert refused.value.code == 70


@given(st.data())
def test_cut_hello_is_an_error(data: st.DataObject) -> None:
    whole = server_hello(0x0303, 0x1301, b"\x00\x2b\x00\x02\x03\x04")
    with pytest.raises(WireError):
        parse_server_hello(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.binary(max_size=120), st.sampled_from([b"", b"\x16\x03\x03\x00\x40", b"\x15\x03\x01\x00\x02"]))
def test_any_bytes_are_a_choice_or_our_error(data: bytes, head: bytes) -> None:
    with contextlib.suppress(WireError):
        parse_server_hello(head + data)


@pytest.mark.parametrize("head", [b"", b"HTTP/", b"\x16\x02\x00\x00\x01"])
def test_what_is_no_record_is_named(head: bytes) -> None:
    with pytest.raises(WireError, match="not a TLS record"):
        record_size(head)


@pytest.mark.parametrize("wrong", [{"random": b"short"}, {"suites": []}, {"version": 0x0300}])
def test_hello_of_impossible_parts_is_an_error(wrong: dict[str, object]) -> None:
    parts = {"version": TLS12, "suites": [0xC02F], "random": RANDOM} | wrong
    with pytest.raises(WireError, match="a hello needs"):
        build_client_hello(**parts)  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [TLS12, TLS13])
def test_real_server_understands_the_hello(version: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tls")
    write_dtls_certificate(folder / "cert.pem", folder / "key.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(incoming, outgoing, server_side=True)
    suites = list(TLS13_SUITES if version == TLS13 else OLDER_SUITES)
    incoming.write(build_client_hello(version, suites, RANDOM, "example.org"))
    with pytest.raises(ssl.SSLWantReadError):
        server.do_handshake()
    chosen = parse_server_hello(outgoing.read())
    assert chosen.version == version
    assert chosen.suite in suites


def test_each_suite_has_one_number_and_one_name() -> None:
    names = [*OLDER_SUITES.values(), *TLS13_SUITES.values()]
    assert len(set(names)) == len(names) > 60
    assert set(VERSIONS.values()) == {"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}
