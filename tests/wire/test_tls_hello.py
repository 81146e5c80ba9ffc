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
        (server_hello(0xFEFD, 0xC02F), ServerHello(0xFEFD, 0xC02F)),  # of DTLS: told as it is
        (server_hello(0x0303, 0xC02F, b"\xff\x01\x00\x01\x00"), ServerHello(TLS12, 0xC02F)),
        (server_hello(0x0303, 0x1301, b"\x00\x2b\x00\x02\x03\x04"), ServerHello(TLS13, 0x1301)),
        (server_hello(0x0303, 0x1301, b"\x00\x33\x00\x02\x00\x17\x00\x2b\x00\x02\x03\x04"), ServerHello(TLS13, 0x1301)),
    ],
)
def test_choices(record: bytes, expected: ServerHello) -> None:
    assert parse_server_hello(record) == expected


def test_alert_has_its_code() -> None:
    with pytest.raises(TlsAlert, match="^TLS: the server answered with alert 70$") as refused:
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
    with pytest.raises(WireError, match="^TLS: the answer is not a TLS record$"):
        record_size(head)


SUPPORTED = b"\x00\x2b\x00\x02\x03\x04"


@pytest.mark.parametrize(
    ("extensions", "version"),
    [
        (SUPPORTED, TLS13),
        (b"\x00\x2b\x00\x02\xfe\xfc", 0xFEFC),  # whatever it is
        (b"", TLS12),
        (b"\x00\x2b\x00\x03\x03\x04\x00", TLS12),  # of another size than an answer's
        (b"\x00\x2b\x00\x01\x03", TLS12),
        (b"\x00\x2a\x00\x02\x03\x04", TLS12),
        (b"\x00\x17\x00\x00" + SUPPORTED, TLS13),
        (b"\x00\x17\x01\x00" + bytes(256) + SUPPORTED, TLS13),
        (b"\x00\x17\x9c\x40" + bytes(40_000) + SUPPORTED, TLS13),
        (b"\x00\x17\xff\xfc" + SUPPORTED, TLS12),  # says that it is longer than all of them
        (SUPPORTED + b"\x00\x2b\x00\x02\x03\x03", TLS13),  # the first counts
        (b"\x00\x2b\x00", TLS12),  # cut inside an extension's own head: nothing there says otherwise
    ],
)
def test_version_is_the_one_that_the_extension_names(extensions: bytes, version: int) -> None:
    assert parse_server_hello(server_hello(0x0303, 0x1301, extensions)) == ServerHello(version, 0x1301)


def test_session_id_of_any_length_is_skipped_and_what_follows_the_hello_is_not_its_extension() -> None:
    for size in (1, 32, 255):
        body = b"\x03\x03" + RANDOM + bytes([size]) + bytes(size) + b"\xc0\x2f\x00"
        message = b"\x02" + len(body).to_bytes(3, "big") + body
        for more in (b"", b"\x00\x06" + SUPPORTED, b"\x0e\x00\x00\x00"):  # another message in the same record
            record = struct.pack("!BHH", 22, 0x0303, len(message + more)) + message + more
            assert parse_server_hello(record + b"the next record") == ServerHello(TLS12, 0xC02F)


def test_extension_is_not_read_beyond_the_hello() -> None:
    whole = server_hello(0x0303, 0x1301, SUPPORTED)
    shorter = whole[:8] + bytes([whole[8] - 1]) + whole[9:]  # its last byte is of the next message
    with pytest.raises(WireError, match="^TLS: the hello is cut$"):
        parse_server_hello(shorter)


def test_hello_that_goes_on_in_another_record_is_read_as_far_as_it_is_there() -> None:
    whole = server_hello(0x0303, 0x1301, SUPPORTED)
    for size in (b"\x01\x00\x00", b"\x00\xff\xff"):
        assert parse_server_hello(whole[:6] + size + whole[9:]) == ServerHello(TLS13, 0x1301)


def test_extensions_end_where_their_length_says() -> None:
    whole = server_hello(0x0303, 0x1301, SUPPORTED)
    for length, version in ((6, TLS13), (5, TLS13), (4, TLS13), (3, TLS12), (0, TLS12)):
        shorter = whole[:-8] + length.to_bytes(2, "big") + SUPPORTED
        assert parse_server_hello(shorter).version == version


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (server_hello(0x0303, 0x1301)[:-1], "TLS: the record is cut"),
        (bytes([22, 3, 3, 0, 1]), "TLS: the record is cut"),
        (bytes([22, 3, 3, 0, 4, 11, 0, 0, 0]), "TLS: handshake message 11 instead of a hello"),
        (bytes([22, 3, 3, 0, 4, 2, 0, 0, 0]), "TLS: the hello is cut"),
        (bytes([22, 3, 3, 0, 39, 2, 0, 0, 35, 3, 3]) + bytes(33), "TLS: the hello is cut"),
        (bytes([22, 3, 3, 0, 0]), "TLS: the hello is cut"),
        (bytes([21, 3, 3, 0, 1, 2]), "TLS: the hello is cut"),
        (bytes([21, 3, 3, 0, 2, 2, 0]), "TLS: the server answered with alert 0"),
        (bytes([20, 3, 3, 0, 1, 1]), "TLS: the answer is not a TLS record"),
        (bytes([23, 3, 3, 0, 1, 1]), "TLS: the answer is not a TLS record"),
    ],
)
def test_answer_that_is_no_choice_is_named(record: bytes, sentence: str) -> None:
    with pytest.raises(WireError, match=f"^{sentence}$"):
        parse_server_hello(record)


@pytest.mark.parametrize(
    ("head", "size"), [("1603010000", 5), ("1503030002", 7), ("160303ffff", 65540), ("16030001020304", 263)]
)
def test_record_is_as_long_as_it_says(head: str, size: int) -> None:
    assert record_size(bytes.fromhex(head)) == size


@pytest.mark.parametrize("head", ["16030100", "1602010000", "1604010000", "1703010000", "1403010000"])
def test_four_bytes_another_version_or_another_record_have_no_size(head: str) -> None:
    with pytest.raises(WireError, match="^TLS: the answer is not a TLS record$"):
        record_size(bytes.fromhex(head))


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
