"""The forms in which frames are sealed: as RFC 9605 has it, and as clients that do it wrong do.

A bench that knew the right form only could not tell a wrong one from a missing key. Each form here names what it does
otherwise; all begin with an SFrame header, which may be longer than it must be.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from harness.model.errors import WireError
from harness.wire.sframe import SUITES, CipherSuite, NotAuthentic, Opened, SFrameHeader, SFrameKey, build_header, open_

_FIRST_BLOCK = bytes((0, 0, 0, 2))  # where AES-GCM begins to encrypt (NIST SP 800-38D, section 7.1)
_SHORTEST_TAG = 4  # bytes; AES-GCM knows none below (NIST SP 800-38D, section 5.2.1.2)


@dataclass(frozen=True, slots=True)
class SealForm:
    """A way to seal frames.

    ``tag``: bytes of it; ``nonce``: the salt with the ``counter`` or the salt alone (``fixed``);
    ``mode``: AES-GCM; AES-CTR with HMAC as the suite has it; or blocks chained from zeros (AES-CBC) under a tag;
    ``covers_header``: whether the tag does;
    ``clear``: whether the ``front`` half of each frame stays clear, or all of it before an SFrame at its ``end``.
    """

    suite: CipherSuite
    tag: int
    nonce: Literal["counter", "fixed"] = "counter"
    mode: Literal["suite", "gcm", "blocks"] = "suite"
    clear: Literal["nothing", "front", "all"] = "nothing"
    covers_header: bool = True


_GCM = SUITES[0x0005]
_OWN = replace(_GCM, id=0xF000, name="private use")
REGISTERED = tuple(SealForm(SUITES[number], SUITES[number].nt) for number in (0x0005, 0x0004, 0x0001, 0x0002, 0x0003))
WRONG = (
    *(SealForm(_GCM, tag, mode="gcm") for tag in (16, 4, 8, 12)),  # 16: under a header that is longer than it must be
    SealForm(_GCM, 16, mode="gcm", nonce="fixed"),
    SealForm(_GCM, 16, mode="gcm", covers_header=False),
    SealForm(_GCM, 16, mode="blocks"),
    SealForm(_GCM, 16, mode="gcm", clear="front"),
    SealForm(_GCM, 16, mode="gcm", clear="all"),
    SealForm(_OWN, 16, mode="gcm"),
    SealForm(_GCM, 0, mode="gcm"),
)


def read_header(data: bytes) -> SFrameHeader:
    """The header of a frame, also one that is longer than it must be. Raises ``WireError`` where it is cut short."""
    if not data:
        raise WireError("SFrame: empty frame")
    at = 1
    numbers = []
    for bits in (data[0] >> 4, data[0] & 0x0F):
        if bits < 8:
            numbers.append(bits)
            continue
        end = at + (bits & 7) + 1
        if end > len(data):
            raise WireError("SFrame: cut inside the header")
        numbers.append(int.from_bytes(data[at:end], "big"))
        at = end
    return SFrameHeader(numbers[0], numbers[1], at)


def is_canonical(data: bytes, kid: int, ctr: int) -> bool:
    """Whether a frame begins with the one header that RFC 9605 (section 4.3) has for these numbers."""
    return data.startswith(build_header(kid, ctr))


def header_of(form: SealForm, data: bytes) -> SFrameHeader:
    """The header of a frame of that form. Raises ``WireError`` where there is none."""
    return read_header(_sframe_at_end(data)[1] if form.clear == "all" else data)


def open_as(form: SealForm, key: SFrameKey, data: bytes, made: Collection[bytes] = ()) -> Opened:
    """Opens a frame of a form; ``made`` are frames that the sender's encoder is known to have made.

    Raises ``WireError`` where it is not one: where the tag does not hold or, in a form without a tag, where what
    comes out was never made.
    """
    if form.mode == "suite":
        return open_(key, data)
    clear = b""
    if form.clear == "all":
        clear, data = _sframe_at_end(data)
    header = read_header(data)
    size = len(data) - header.size - form.tag
    if header.kid != key.kid or size < 0:
        _refuse()
    if form.clear == "front":
        clear = data[header.size : header.size + size // 2]
        data = data[: header.size] + data[header.size + size // 2 :]
    aad, body = (data[: header.size] if form.covers_header else b"") + clear, data[header.size :]
    counter = 0 if form.nonce == "fixed" else header.ctr
    nonce = (int.from_bytes(key.salt, "big") ^ counter).to_bytes(len(key.salt), "big")
    if form.mode == "blocks":
        blocks, tag = body[: -form.tag], body[-form.tag :]
        _gcm(key.key, nonce, b"", tag, aad + blocks)
        return Opened(header, _unchain(key.key, blocks))
    if form.tag < _SHORTEST_TAG:
        plain = _decrypt(algorithms.AES(key.key), modes.CTR(nonce + _FIRST_BLOCK), body)
        return Opened(header, plain) if plain in made else _refuse()
    return Opened(header, clear + _gcm(key.key, nonce, body[: -form.tag], body[-form.tag :], aad))


def _refuse() -> Opened:
    raise NotAuthentic("SFrame: not a frame of this form and key")


def _sframe_at_end(data: bytes) -> tuple[bytes, bytes]:
    """What lies before an SFrame whose length is the last byte, and the SFrame."""
    begin = len(data) - 1 - data[-1] if data else -1
    if begin < 0:
        raise WireError("SFrame: no SFrame at the end")
    return data[:begin], data[begin:-1]


def _gcm(key: bytes, nonce: bytes, ciphertext: bytes, tag: bytes, aad: bytes) -> bytes:
    mode = modes.GCM(nonce, tag, min_tag_length=_SHORTEST_TAG)
    decryptor = Cipher(algorithms.AES(key), mode).decryptor()
    decryptor.authenticate_additional_data(aad)
    try:
        return decryptor.update(ciphertext) + decryptor.finalize()
    except InvalidTag as error:
        raise NotAuthentic("SFrame: the frame does not authenticate") from error


def _unchain(key: bytes, blocks: bytes) -> bytes:
    """AES-CBC from zeros, with the padding of PKCS #7 taken away."""
    unpadder = padding.PKCS7(128).unpadder()
    try:
        padded = _decrypt(algorithms.AES(key), modes.CBC(bytes(16)), blocks)
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError as error:
        raise WireError("SFrame: the blocks are not whole") from error


def _decrypt(algorithm: algorithms.AES, mode: modes.CTR | modes.CBC, data: bytes) -> bytes:
    decryptor = Cipher(algorithm, mode).decryptor()
    return decryptor.update(data) + decryptor.finalize()
