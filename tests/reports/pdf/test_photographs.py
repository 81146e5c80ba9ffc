"""Pictures are made anew: nothing of a file but its picture is printed, and what is none is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from reports.pdf.photographs import WIDEST, shrunk
from tests.reports.sample_pictures import noise, portrait


def test_picture_is_small_and_carries_nothing_else() -> None:
    out = io.BytesIO()
    Image.new("RGB", (1280, 720), "teal").save(out, "JPEG", comment=b"secret-comment")
    made = shrunk(out.getvalue())
    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (WIDEST, 270))
    assert b"secret-comment" in out.getvalue()
    assert b"secret-comment" not in made


def test_same_picture_gives_the_same_bytes() -> None:
    assert shrunk(portrait("#1f5f8b", "#b9cfd8")) == shrunk(portrait("#1f5f8b", "#b9cfd8"))


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"<svg onload=x>", b"\xff\xd8\xff\xe0rest", b"RIFF1234WEBP"]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert shrunk(data) == b""


def test_picture_cut_off_anywhere_is_refused_or_a_picture() -> None:
    whole = noise(1)
    for end in range(0, len(whole), max(1, len(whole) // 60)):
        assert shrunk(whole[:end])[:2] in (b"", b"\xff\xd8")


def test_picture_that_would_fill_the_memory_is_not_opened() -> None:
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    assert shrunk(b"\x89PNG\r\n\x1a\n" + chunk) == b""
