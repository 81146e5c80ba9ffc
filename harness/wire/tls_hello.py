"""The first words of TLS: what a client offers, what a server chooses (RFC 5246 section 7.4.1, RFC 8446 section 4.1).

They are read and written here, since a TLS library of today does not speak the versions that must not be offered.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from harness.model.errors import WireError

TLS10, TLS11, TLS12, TLS13 = 0x0301, 0x0302, 0x0303, 0x0304
VERSIONS = {TLS10: "TLS 1.0", TLS11: "TLS 1.1", TLS12: "TLS 1.2", TLS13: "TLS 1.3"}
_HANDSHAKE, _ALERT = 22, 21
_CLIENT_HELLO, _SERVER_HELLO = 1, 2
_SUPPORTED_VERSIONS = 43
_GROUPS = (29, 23, 24, 25, 30, 256, 257)  # X25519, P-256, P-384, P-521, X448, ffdhe2048, ffdhe3072
_SIGNATURES = (0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0807, 0x0203, 0x0201)


@dataclass(frozen=True, slots=True)
class ServerHello:
    """What a server chose. ``suite`` is the number of a cipher suite (IANA), ``version`` that of the protocol."""

    version: int
    suite: int


class TlsAlert(WireError):
    """The server ended the handshake with an alert (RFC 8446 section 6); ``code`` is its description."""

    def __init__(self, code: int) -> None:
        super().__init__(f"TLS: the server answered with alert {code}")
        self.code = code


def build_client_hello(version: int, suites: Sequence[int], random: bytes, host: str = "") -> bytes:
    """A hello for one version alone, as one record; ``random`` are 32 bytes. Raises ``WireError`` for other parts.

    For TLS 1.3 it brings no key share: the server's request for one tells its choice as well (section 4.1.4).
    """
    if len(random) != 32 or not 0 < len(suites) <= 200 or version not in VERSIONS:
        raise WireError("TLS: a hello needs 32 random bytes, a known version and up to 200 suites")
    extensions = _extension(10, _list16(_GROUPS)) + _extension(11, b"\x01\x00") + _extension(13, _list16(_SIGNATURES))
    extensions += _extension(0xFF01, b"\x00")  # secure renegotiation (RFC 5746), which old servers insist upon
    if host:
        try:
            name = host.encode("idna")
        except UnicodeError as error:
            raise WireError(f"TLS: {host[:40]!r} is no name of a host") from error
        extensions += _extension(0, struct.pack("!HBH", len(name) + 3, 0, len(name)) + name)
    if version == TLS13:
        extensions += _extension(_SUPPORTED_VERSIONS, b"\x02\x03\x04") + _extension(51, b"\x00\x00")
    body = struct.pack("!H", min(version, TLS12)) + random + b"\x20" + random  # a session id: "middlebox compatibility"
    body += _list16(suites) + b"\x01\x00" + struct.pack("!H", len(extensions)) + extensions
    message = bytes([_CLIENT_HELLO]) + len(body).to_bytes(3, "big") + body
    return struct.pack("!BHH", _HANDSHAKE, min(version, TLS10), len(message)) + message


def record_size(head: bytes) -> int:
    """The whole size of the record that begins with these five bytes. Raises ``WireError`` where it is no record."""
    if len(head) < 5 or head[0] not in (_HANDSHAKE, _ALERT) or head[1] != 3:
        raise WireError("TLS: the answer is not a TLS record")
    return 5 + int.from_bytes(head[3:5], "big")


def parse_server_hello(record: bytes) -> ServerHello:
    """Read the record that answers a hello. Raises ``TlsAlert``, or ``WireError`` where it is cut or something else."""
    if record_size(record) > len(record):
        raise WireError("TLS: the record is cut")
    try:
        if record[0] == _ALERT:
            raise TlsAlert(record[6])
        if record[5] != _SERVER_HELLO:
            raise WireError(f"TLS: handshake message {record[5]} instead of a hello")
        (version,) = struct.unpack_from("!H", record, 9)
        at = 43 + 1 + record[43]  # after version, random and session id
        (suite,) = struct.unpack_from("!H", record, at)
        return ServerHello(_chosen_version(record[: 9 + int.from_bytes(record[6:9], "big")], at + 3, version), suite)
    except (IndexError, struct.error) as error:
        raise WireError("TLS: the hello is cut") from error


def _chosen_version(hello: bytes, at: int, version: int) -> int:
    """The version in the extension that names it (TLS 1.3), else that of the hello."""
    if at + 2 > len(hello):
        return version  # no extensions at all
    end = at + 2 + int(struct.unpack_from("!H", hello, at)[0])
    at += 2
    while at + 4 <= end:
        kind, size = struct.unpack_from("!HH", hello, at)
        if kind == _SUPPORTED_VERSIONS and size == 2:
            return int(struct.unpack_from("!H", hello, at + 4)[0])
        at += 4 + size
    return version


def _extension(kind: int, body: bytes) -> bytes:
    return struct.pack("!HH", kind, len(body)) + body


def _list16(values: Sequence[int]) -> bytes:
    return struct.pack(f"!H{len(values)}H", 2 * len(values), *values)
