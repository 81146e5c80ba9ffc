"""Pictures in what a page sent to a server: found by their first bytes, raw or in base64, and looked at with care.

What a page sends is hostile input: formats, counts and sizes are limited, and whatever does not decode is counted and
left alone.
"""

import base64
import binascii
import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator

from PIL import Image

MAX_PICTURES = 200  # of one page
MAX_PIXELS = 16_000_000
MAX_BYTES = 8 * 1024 * 1024
# What Pillow's decoders are known to raise on hostile bytes; UnidentifiedImageError is an OSError.
_BROKEN = (ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, OSError, SyntaxError, TypeError,
           ValueError, Warning, struct.error, zlib.error, Image.DecompressionBombError)  # fmt: skip
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_RAW = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP", re.DOTALL)
# The same first bytes in base64 and base64url, where the picture begins a text of its own (data URL, JSON value).
_BASE64 = re.compile(rb"(?:/9j/|_9j_|iVBORw0KGgo|R0lGOD|UklGR)[A-Za-z0-9+/_-]{64,}={0,2}")


def candidates(messages: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of everything that begins like a picture, at most ``MAX_PICTURES``; what follows a picture is kept."""
    given = 0
    for message in messages:
        for found in _in_message(message):
            if given == MAX_PICTURES:
                return
            given += 1
            yield found


def decoded(data: bytes) -> Image.Image | None:
    """The picture as RGB; ``None`` where it is none, or larger than a page's picture can be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of decompression bombs: here that is reason enough
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                return image.convert("RGB")
    except _BROKEN:
        return None


def _in_message(message: bytes) -> Iterator[bytes]:
    for found in _RAW.finditer(message):
        yield message[found.start() : found.start() + MAX_BYTES]
    for found in _BASE64.finditer(message):
        text = found[0][: MAX_BYTES * 4 // 3].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        try:
            yield base64.b64decode(text[: len(text) - (len(text) % 4 == 1)] + b"=" * (-len(text) % 4))
        except binascii.Error:
            continue
