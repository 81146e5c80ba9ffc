"""The forms in which key bytes may lie somewhere: raw, hex, base64, base64url, percent-encoded."""

import base64
from collections.abc import Mapping

ENCODINGS = ("raw", "hex", "base64", "base64url", "percent")


def needles(secret: bytes) -> Mapping[str, tuple[bytes, ...]]:
    """All byte strings by encoding under which ``secret`` (16 bytes or more) would be found, also inside other data.

    Base64 of a secret that does not begin at a multiple of three bytes looks different: the three alignments are
    covered by their inner characters, which depend on the secret alone. Hex comes in both cases.
    """
    standard = [_aligned(secret, shift) for shift in range(3)]
    url = [text.translate(bytes.maketrans(b"+/", b"-_")) for text in standard]
    percent = "".join(f"%{byte:02X}" for byte in secret).encode()
    mixed = b"".join(_percent(byte) for byte in secret)
    return {
        "raw": (secret,),
        "hex": (secret.hex().encode(), secret.hex().upper().encode()),
        "base64": tuple(dict.fromkeys(standard)),
        "base64url": tuple(text for text in dict.fromkeys(url) if text not in standard),
        "percent": tuple(dict.fromkeys((percent, percent.lower(), mixed))),
    }


def _aligned(secret: bytes, shift: int) -> bytes:
    text = base64.b64encode(b"\0" * shift + secret)
    head = {0: 0, 1: 2, 2: 3}[shift]  # characters that mix in bits from before the secret
    tail = (shift + len(secret)) % 3
    end = len(text) - (4 if tail else 0) + ({1: 1, 2: 2}[tail] if tail else 0)
    return text[head:end]


def _percent(byte: int) -> bytes:
    plain = 0x30 <= byte <= 0x39 or 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A or byte in b"-._~"
    return bytes([byte]) if plain else f"%{byte:02X}".encode()
