"""The forms in which keys and texts may lie somewhere: raw, hex, base64, base64url, percent-encoded, escaped."""

import base64
import json
import re
from collections.abc import Mapping

from harness.model.errors import WireError

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


def text_needles(text: str) -> Mapping[str, tuple[bytes, ...]]:
    """As ``needles``, for what people wrote: UTF-8 in every form, UTF-16 as programs keep it, JSON and HTML escapes.

    Raises ``WireError`` for half of a surrogate pair, which a page's JavaScript can hold but UTF-8 cannot.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise WireError("text: half of a surrogate pair has no form to be found by")
    quoted = json.dumps(text)[1:-1]
    html = text.encode("ascii", "xmlcharrefreplace")
    upper = re.sub(r"\\u[0-9a-f]{4}", lambda escape: f"\\u{escape[0][2:].upper()}", quoted)
    escaped = dict.fromkeys(form.encode() for form in (quoted, upper))
    return {
        **needles(text.encode()),
        "utf-16": (text.encode("utf-16-le"), text.encode("utf-16-be")),
        "json": tuple(form for form in escaped if form != text.encode()),
        "html": (html,) if html != text.encode() else (),
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
