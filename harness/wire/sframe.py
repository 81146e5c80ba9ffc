"""SFrame (RFC 9605): headers, key derivation, sealing and opening with the registered cipher suites 0001 to 0005."""

import hmac
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from harness.model.errors import WireError

LIMIT = 1 << 64  # KID and CTR are below this


class NotAuthentic(WireError):
    """The frame does not authenticate under this key: it must be discarded (RFC 9605 section 4.4.4)."""


@dataclass(frozen=True, slots=True)
class CipherSuite:
    """A registered suite (RFC 9605 section 4.5); sizes in bytes. ``nka`` is 0 for the AES-GCM suites."""

    id: int
    name: str
    digest: str
    nh: int
    nka: int
    nk: int
    nn: int
    nt: int


SUITES = {
    suite.id: suite
    for suite in (
        CipherSuite(0x0001, "AES_128_CTR_HMAC_SHA256_80", "sha256", 32, 16, 48, 12, 10),
        CipherSuite(0x0002, "AES_128_CTR_HMAC_SHA256_64", "sha256", 32, 16, 48, 12, 8),
        CipherSuite(0x0003, "AES_128_CTR_HMAC_SHA256_32", "sha256", 32, 16, 48, 12, 4),
        CipherSuite(0x0004, "AES_128_GCM_SHA256_128", "sha256", 32, 0, 16, 12, 16),
        CipherSuite(0x0005, "AES_256_GCM_SHA512_128", "sha512", 64, 0, 32, 12, 16),
    )
}


def suite_by_id(suite_id: int) -> CipherSuite:
    """The registered suite of that id. Raises ``WireError`` for the reserved, private and unknown ones."""
    try:
        return SUITES[suite_id]
    except KeyError as error:
        raise WireError(f"SFrame: cipher suite {suite_id:04x} is not registered") from error


@dataclass(frozen=True, slots=True)
class SFrameHeader:
    """Key id and counter (RFC 9605 section 4.3); ``size`` is the length of the encoded header in bytes."""

    kid: int
    ctr: int
    size: int


def build_header(kid: int, ctr: int) -> bytes:
    """The minimal encoding of a header. Raises ``WireError`` for numbers outside 0 to 2^64-1."""
    if not (0 <= kid < LIMIT and 0 <= ctr < LIMIT):
        raise WireError("SFrame: KID and CTR are numbers from 0 to 2^64-1")
    (kid_bits, kid_bytes), (ctr_bits, ctr_bytes) = _encode(kid), _encode(ctr)
    return bytes([kid_bits << 4 | ctr_bits]) + kid_bytes + ctr_bytes


def parse_header(data: bytes) -> SFrameHeader:
    """Read the header at the start of a frame. Raises ``WireError`` where it is cut short or not minimal."""
    if not data:
        raise WireError("SFrame: empty frame")
    kid, at = _decode(data, data[0] >> 4, 1, "KID")
    ctr, at = _decode(data, data[0] & 0x0F, at, "CTR")
    return SFrameHeader(kid, ctr, at)


def _encode(number: int) -> tuple[int, bytes]:
    """Four bits for the first byte, and the bytes that follow it."""
    if number < 8:
        return number, b""
    size = (number.bit_length() + 7) // 8
    return 8 | size - 1, number.to_bytes(size, "big")


def _decode(data: bytes, bits: int, at: int, what: str) -> tuple[int, int]:
    if bits < 8:
        return bits, at
    end = at + (bits & 7) + 1
    if end > len(data):
        raise WireError(f"SFrame: cut inside the {what}")
    number = int.from_bytes(data[at:end], "big")
    if _encode(number)[0] != bits:
        raise WireError(f"SFrame: the {what} is not minimally encoded")
    return number, end


@dataclass(frozen=True, slots=True)
class SFrameKey:
    """The key and salt of one KID (section 4.4.2). Its ``repr`` shows neither."""

    suite: CipherSuite
    kid: int
    key: bytes
    salt: bytes

    def __post_init__(self) -> None:
        if len(self.key) != self.suite.nk or len(self.salt) != self.suite.nn:
            raise WireError(f"SFrame: key or salt has not the length of {self.suite.name}")

    def __repr__(self) -> str:
        return f"SFrameKey(suite={self.suite.name}, kid={self.kid:#x})"


@dataclass(frozen=True, slots=True)
class Opened:
    """An authenticated frame."""

    header: SFrameHeader
    plaintext: bytes


def derive_key(suite: CipherSuite, kid: int, base_key: bytes) -> SFrameKey:
    """Key and salt of a KID (section 4.4.2). Raises ``WireError`` for a KID out of range."""
    if not 0 <= kid < LIMIT:
        raise WireError("SFrame: KID and CTR are numbers from 0 to 2^64-1")
    context = struct.pack("!QH", kid, suite.id)
    secret = extract(suite, base_key)
    key = expand(suite, secret, b"SFrame 1.0 Secret key " + context, suite.nk)
    return SFrameKey(suite, kid, key, expand(suite, secret, b"SFrame 1.0 Secret salt " + context, suite.nn))


def seal(key: SFrameKey, ctr: int, plaintext: bytes, metadata: bytes = b"") -> bytes:
    """Header, ciphertext and tag of a frame (section 4.4.3). One (key, CTR) must never seal twice (section 9.1)."""
    header = build_header(key.kid, ctr)
    nonce, aad = _nonce(key, ctr), header + metadata
    if not key.suite.nka:
        return header + AESGCM(key.key).encrypt(nonce, plaintext, aad)
    ciphertext = _ctr(key, nonce, plaintext)
    return header + ciphertext + _tag(key, nonce, aad, ciphertext)


def open_(key: SFrameKey, frame: bytes, metadata: bytes = b"") -> Opened:
    """Open a frame (section 4.4.4).

    Raises ``NotAuthentic`` where the tag does not hold, and ``WireError`` where the header is broken, names another
    KID (only that KID's key may be tried) or the frame is too short for a tag.
    """
    header = parse_header(frame)
    if header.kid != key.kid:
        raise WireError(f"SFrame: the frame is of KID {header.kid:#x}, the key of {key.kid:#x}")
    body = frame[header.size :]
    if len(body) < key.suite.nt:
        raise WireError("SFrame: cut inside the authentication tag")
    nonce, aad = _nonce(key, header.ctr), frame[: header.size] + metadata
    if not key.suite.nka:
        try:
            return Opened(header, AESGCM(key.key).decrypt(nonce, body, aad))
        except InvalidTag as error:
            raise NotAuthentic("SFrame: the frame does not authenticate") from error
    ciphertext, tag = body[: -key.suite.nt], body[-key.suite.nt :]
    if not hmac.compare_digest(tag, _tag(key, nonce, aad, ciphertext)):
        raise NotAuthentic("SFrame: the frame does not authenticate")
    return Opened(header, _ctr(key, nonce, ciphertext))


def extract(suite: CipherSuite, base_key: bytes) -> bytes:
    """HKDF-Extract with an empty salt (RFC 5869 section 2.2)."""
    return HKDF.extract(_HASHES[suite.digest], b"", base_key)


def expand(suite: CipherSuite, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand (RFC 5869 section 2.3)."""
    return HKDFExpand(_HASHES[suite.digest], length, info).derive(secret)


_HASHES: dict[str, hashes.HashAlgorithm] = {"sha256": hashes.SHA256(), "sha512": hashes.SHA512()}


def _nonce(key: SFrameKey, ctr: int) -> bytes:
    number = int.from_bytes(key.salt, "big") ^ ctr
    return number.to_bytes(key.suite.nn, "big")


def _ctr(key: SFrameKey, nonce: bytes, data: bytes) -> bytes:
    """AES-CTR, both ways (section 4.5.1)."""
    return Cipher(algorithms.AES(key.key[: key.suite.nka]), modes.CTR(nonce + bytes(4))).encryptor().update(data)


def _tag(key: SFrameKey, nonce: bytes, aad: bytes, ciphertext: bytes) -> bytes:
    lengths = struct.pack("!QQQ", len(aad), len(ciphertext), key.suite.nt)
    code = hmac.digest(key.key[key.suite.nka :], lengths + nonce + aad + ciphertext, key.suite.digest)
    return code[: key.suite.nt]
