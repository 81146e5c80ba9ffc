"""STUN messages (RFC 8489 section 5) with long-term credentials (section 9.2), as far as TURN allocations need them."""

import hashlib
import hmac
import struct
from dataclasses import dataclass, field

from harness.model.errors import WireError

MAGIC = 0x2112A442
HEADER = 20  # bytes
ALLOCATE, ALLOCATED, REFUSED = 0x0003, 0x0103, 0x0113  # RFC 8656, section 17: request, success, error
REFRESH = 0x0004
USERNAME, MESSAGE_INTEGRITY, ERROR_CODE, REALM, NONCE = 0x0006, 0x0008, 0x0009, 0x0014, 0x0015
LIFETIME, REQUESTED_TRANSPORT = 0x000D, 0x0019
UDP = bytes([17, 0, 0, 0])  # of REQUESTED-TRANSPORT (RFC 8656, section 18.7)
_HEAD = struct.Struct("!HHI12s")
_ATTRIBUTE = struct.Struct("!HH")
_DIGEST = 20  # bytes of HMAC-SHA1


@dataclass(frozen=True, slots=True)
class StunMessage:
    """A message: ``type`` is method and class as they stand in the header, ``attributes`` in order, unpadded."""

    type: int
    transaction: bytes
    attributes: tuple[tuple[int, bytes], ...] = field(default=())

    def first(self, attribute: int) -> bytes | None:
        """The value of the first attribute of a type."""
        return next((value for kind, value in self.attributes if kind == attribute), None)

    @property
    def error(self) -> int:
        """The code of its ERROR-CODE attribute (RFC 8489 section 14.8), 0 without a readable one."""
        value = self.first(ERROR_CODE)
        return 0 if value is None or len(value) < 4 else (value[2] & 7) * 100 + value[3]


def parse_stun(data: bytes) -> StunMessage:
    """Read one message. Raises ``WireError`` where it is not STUN, is cut short or has bytes left over."""
    if len(data) < HEADER:
        raise WireError("STUN: cut inside the header")
    kind, length, magic, transaction = _HEAD.unpack_from(data)
    if kind >> 14 or magic != MAGIC or length % 4:
        raise WireError("STUN: the header is not one of a STUN message")
    if len(data) != HEADER + length:
        raise WireError(f"STUN: {len(data) - HEADER} bytes of attributes instead of {length}")
    attributes = []
    at = HEADER
    while at < len(data):
        name, size = _ATTRIBUTE.unpack_from(data, at)
        at += 4
        if at + size > len(data):
            raise WireError(f"STUN: cut inside attribute {name:#06x}")
        attributes.append((name, data[at : at + size]))
        at += size + -size % 4
    return StunMessage(kind, transaction, tuple(attributes))


def build_stun(message: StunMessage, key: bytes | None = None) -> bytes:
    """The message as bytes, with MESSAGE-INTEGRITY under ``key``. Raises ``WireError`` for what does not fit."""
    try:
        body = b"".join(
            _ATTRIBUTE.pack(name, len(value)) + value + bytes(-len(value) % 4) for name, value in message.attributes
        )
        head = _HEAD.pack(message.type, len(body), MAGIC, message.transaction)
        if key is None:
            return head + body
        # Its length counts the attribute that is about to be added (RFC 8489, section 14.5).
        signed = _HEAD.pack(message.type, len(body) + 4 + _DIGEST, MAGIC, message.transaction) + body
        tag = hmac.digest(key, signed, "sha1")
        return signed + _ATTRIBUTE.pack(MESSAGE_INTEGRITY, _DIGEST) + tag
    except struct.error as error:
        raise WireError("STUN: a field does not fit its bits") from error


def long_term_key(username: str, realm: str, password: str) -> bytes:
    """The key of long-term credentials (RFC 8489 section 18.5.1.1): MD5, which RFC 8656 servers still ask for."""
    text = f"{username}:{realm}:{password}".encode()
    return hashlib.md5(text, usedforsecurity=False).digest()
