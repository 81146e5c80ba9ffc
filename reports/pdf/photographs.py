"""Pictures of the evidence for print: decoded by us, made small, and written anew, so that nothing else travels."""

import base64
import io
from dataclasses import dataclass

from PIL import Image

WIDEST = 480  # pixels: 5 cm at 240 dpi
_MOST = 40_000_000  # pixels of a picture that is opened at all
_FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True)
class Photograph:
    """A picture with what stands below it; ``data`` is JPEG, or nothing, and then ``missing`` says why."""

    label: str
    caption: str
    alt: str
    data: bytes
    missing: str


def photograph(label: str, caption: str, alt: str, uri: str, missing: str, broken: str) -> Photograph:
    """Out of a picture of the page (a data: URI); ``broken`` is said where it cannot be decoded."""
    data = shrunk(base64.b64decode(uri.partition(",")[2])) if uri else b""
    return Photograph(label, caption, alt, data, "" if data else (missing or broken))


def shrunk(data: bytes) -> bytes:
    """The picture as JPEG without any metadata, at most ``WIDEST`` wide; nothing for what is no picture or is huge."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST:
                return b""
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    picture.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())  # a copy would keep comments and profiles
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82, optimize=False, progressive=False)
    return out.getvalue()
