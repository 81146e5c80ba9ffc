"""The TLS scanner: asks an endpoint for each version on its own, and then for suite after suite until none is left."""

import os
import socket
from contextlib import closing
from typing import Literal, cast

from harness.model.errors import TargetError, WireError
from harness.model.observations import TlsOffered
from harness.targets.protocol import TlsEndpoint
from harness.wire.tls_hello import (
    TLS13,
    VERSIONS,
    ServerHello,
    build_client_hello,
    parse_server_hello,
    record_size,
)
from harness.wire.tls_suites import OLDER_SUITES, TLS13_SUITES

SECONDS = 5.0
Version = Literal["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"]


def scan(endpoint: TlsEndpoint) -> list[TlsOffered]:
    """What an endpoint speaks, a record a version. Raises ``TargetError`` where nothing listens or speaks TLS."""
    seen = []
    for version, name in VERSIONS.items():
        known = TLS13_SUITES if version == TLS13 else OLDER_SUITES
        left, chosen = list(known), []
        while left and (hello := _ask(endpoint, version, left)) and hello.version == version and hello.suite in left:
            left.remove(hello.suite)
            chosen.append(known[hello.suite])
        seen.append(
            TlsOffered(endpoint=endpoint.name, version=cast(Version, name), suites=tuple(chosen), asked=len(known))
        )
    if not any(each.suites for each in seen):
        raise TargetError(
            f"At {endpoint.host}:{endpoint.port} ({endpoint.name}) no TLS is spoken that the bench knows."
        )
    return seen


def _ask(endpoint: TlsEndpoint, version: int, suites: list[int]) -> ServerHello | None:
    """The server's choice, None where it refuses them all."""
    try:
        line = socket.create_connection((endpoint.host, endpoint.port), SECONDS)
    except OSError as error:
        raise TargetError(
            f"{endpoint.host}:{endpoint.port} ({endpoint.name}) did not answer: {error.strerror or error}"
        ) from error
    with closing(line):
        try:
            if endpoint.name == "smtp":
                _starttls(line)
            line.sendall(build_client_hello(version, suites, os.urandom(32), _name(endpoint.host)))
            head = _read(line, 5)
            return parse_server_hello(head + _read(line, record_size(head) - 5))
        except (OSError, WireError):
            return None  # refused, by an alert or without a word


def _starttls(line: socket.socket) -> None:
    for said in (b"", b"EHLO pruefstand.invalid\r\n", b"STARTTLS\r\n"):
        line.sendall(said)
        answer = line.recv(4096)
        if not answer.startswith(b"2"):
            raise WireError("SMTP: TLS is not offered")


def _name(host: str) -> str:
    """The name for the server's choice of its certificate; an address is none (RFC 6066, section 3)."""
    try:
        socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
    except OSError:
        return host
    return ""


def _read(line: socket.socket, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        part = line.recv(size - len(parts))
        if not part:
            raise WireError("TLS: the connection was closed")
        parts += part
    return parts
