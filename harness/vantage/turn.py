"""A person at the relay's door: asks for an allocation with a credential, and gives it back (RFC 8656)."""

import os
import re
import socket
import ssl
import struct
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Literal, Protocol

from harness.model.errors import TargetError, WireError
from harness.wire import stun

SECONDS = 5.0  # to wait for an answer
_TRIES = 3  # of a datagram, which may be lost
_URL = re.compile(r"(?P<scheme>turns?):(?P<host>\[[^\]]+\]|[^:?]+)(?::(?P<port>\d+))?(?:\?transport=(?P<how>udp|tcp))?")
_PORTS = {"turn": 3478, "turns": 5349}  # RFC 7065, section 3.2

Transport = Literal["udp", "tcp", "tls"]


@dataclass(frozen=True, slots=True)
class RelayAddress:
    """Where a relay listens, from a TURN URI (RFC 7065)."""

    host: str
    port: int
    transport: Transport


@dataclass(frozen=True, slots=True)
class Allocation:
    """The relay's answer: ``code`` is the error code of a refusal, 0 for an allocation."""

    allocated: bool
    code: int = 0


class _Line(Protocol):
    def ask(self, request: bytes) -> stun.StunMessage: ...
    def close(self) -> None: ...


def relay_address(url: str) -> RelayAddress:
    """Read a TURN URI. Raises ``TargetError`` where it is none; TURN over DTLS is not spoken here."""
    found = _URL.fullmatch(url.strip())
    if not found:
        raise TargetError(f"{url[:60]!r} is not the address of a TURN server.")
    secure, how = found["scheme"] == "turns", found["how"]
    if secure and how == "udp":
        raise TargetError("The bench does not speak TURN over DTLS.")
    transport: Transport = "tls" if secure else "tcp" if how == "tcp" else "udp"
    return RelayAddress(found["host"].strip("[]"), int(found["port"] or _PORTS[found["scheme"]]), transport)


def try_allocation(where: RelayAddress, username: str, password: str) -> Allocation:
    """Asks for a relayed address, and gives it back at once. Raises ``TargetError`` where no relay answers."""
    try:
        with closing(_open(where)) as line:
            return _allocate(line, username, password)
    except (OSError, WireError) as error:
        at = f"{where.host}:{where.port} ({where.transport})"
        raise TargetError(f"The relay at {at} did not answer: {error}") from error


def _allocate(line: _Line, username: str, password: str) -> Allocation:
    wanted = ((stun.REQUESTED_TRANSPORT, stun.UDP),)
    challenge = line.ask(stun.build_stun(_message(stun.ALLOCATE, wanted)))
    if challenge.type == stun.ALLOCATED:
        return Allocation(True)  # without any credential
    realm, nonce = challenge.first(stun.REALM), challenge.first(stun.NONCE)
    if realm is None or nonce is None:
        return Allocation(False, challenge.error)
    key = stun.long_term_key(username, realm.decode("utf-8", "replace"), password)
    who = ((stun.USERNAME, username.encode()), (stun.REALM, realm), (stun.NONCE, nonce))
    answer = line.ask(stun.build_stun(_message(stun.ALLOCATE, wanted + who), key))
    if answer.type != stun.ALLOCATED:
        return Allocation(False, answer.error)
    with suppress(OSError, WireError):  # what is not given back is forgotten by the relay in ten minutes
        line.ask(stun.build_stun(_message(stun.REFRESH, ((stun.LIFETIME, bytes(4)), *who)), key))
    return Allocation(True)


def _message(kind: int, attributes: tuple[tuple[int, bytes], ...]) -> stun.StunMessage:
    return stun.StunMessage(kind, os.urandom(12), attributes)


def _open(where: RelayAddress) -> _Line:
    if where.transport == "udp":
        return _Datagrams(where)
    line = socket.create_connection((where.host, where.port), SECONDS)
    if where.transport == "tcp":
        return _Stream(line)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # who the relay is, is not what is asked here
    return _Stream(context.wrap_socket(line))


class _Datagrams:
    def __init__(self, where: RelayAddress) -> None:
        family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._socket.settimeout(SECONDS / _TRIES)
        self._socket.connect((where.host, where.port))

    def ask(self, request: bytes) -> stun.StunMessage:
        for left in reversed(range(_TRIES)):
            self._socket.send(request)
            try:
                return stun.parse_stun(self._socket.recv(2048))
            except TimeoutError:
                if not left:
                    raise
        raise TimeoutError

    def close(self) -> None:
        self._socket.close()


class _Stream:
    """STUN over TCP or TLS needs no framing: the header says how long a message is (RFC 8489 section 6.2.2)."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def ask(self, request: bytes) -> stun.StunMessage:
        self._line.sendall(request)
        head = self._read(stun.HEADER)
        (length,) = struct.unpack_from("!H", head, 2)
        return stun.parse_stun(head + self._read(length))

    def _read(self, size: int) -> bytes:
        parts = b""
        while len(parts) < size:
            part = self._line.recv(size - len(parts))
            if not part:
                raise ConnectionResetError("the connection was closed")
            parts += part
        return parts

    def close(self) -> None:
        self._line.close()
