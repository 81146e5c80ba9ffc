"""The canary picture: a drawn person whom people recognise, and beside it a mark that programs read.

The mark is a Data Matrix symbol with the text ``PS1|<party>|<token>|<frame number>``.
"""

import io
import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from harness.media.scene import HEIGHT, LOOKS, WIDTH, draw_person, draw_room
from harness.model.errors import BenchError

RATE = 20  # pictures a second: the least that EN 301 549 (6.5.3) wants of a video call; more only costs encoding
LOOP = 6 * RATE  # pictures until the film begins again
_MARK_TOP, _MARK_SIDE = 40, 240
_FACE = (110, 22)  # left and top of the person, as _MARK_TOP of a picture of 360 lines
_MARK_RIGHT = 30
_FORMATS = zxingcpp.barcode_formats_from_str("DataMatrix")
_TEXT = re.compile(r"PS1\|([a-z]+)\|([A-Za-z0-9_-]{1,32})\|([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says: whose picture it is, of which run, and which picture of the film."""

    party: str
    token: str
    number: int


def pictures(party: str, token: str, *, height: int = HEIGHT) -> Iterator[Image.Image]:
    """The film of a party, 640x360 RGB (or as high as ``height``), one loop long, from its first picture on.

    ``token`` marks the run: 1 to 32 letters, digits, ``-`` or ``_``. Raises ``BenchError`` for a party without a look
    or another token.
    """
    if party not in LOOKS:
        raise BenchError(f"There is no canary picture for {party!r}; there is one for {', '.join(LOOKS)}.")
    if not _TEXT.fullmatch(f"PS1|{party}|{token}|0"):
        raise BenchError(f"{token!r} cannot mark a picture: use 1 to 32 letters, digits, - or _.")
    look = LOOKS[party]
    room = draw_room(look, height)
    faces = {
        (eyes, mouth): draw_person(look, eyes_open=eyes, mouth_open=mouth, height=height)
        for eyes in (True, False)
        for mouth in (True, False)
    }
    # Who is larger sits further to the left, so that the mark stays free, and below the strip of a measured call.
    wider, more = faces[True, True].width - 240, height - HEIGHT
    left, top = _FACE[0] - 3 * wider // 4, _FACE[1] + more // 6
    for number in range(LOOP):
        picture = room.copy()
        turn = 2 * math.pi * number / LOOP
        face = faces[number % 90 < 85, number % 12 < 6]
        picture.paste(face, (left + round(6 * math.sin(2 * turn)), top + round(3 * math.sin(4 * turn))), face)
        mark = _mark(party, token, number)
        picture.paste(mark, (WIDTH - mark.width - _MARK_RIGHT, _MARK_TOP + more // 2))
        yield picture


def _mark(party: str, token: str, number: int) -> Image.Image:
    symbol = zxingcpp.create_barcode(f"PS1|{party}|{token}|{number}", zxingcpp.BarcodeFormat.DataMatrix)
    modules = np.array(zxingcpp.write_barcode_to_image(symbol, add_quiet_zones=False))
    modules = np.pad(modules, 2, constant_values=255)
    scale = _MARK_SIDE // max(modules.shape)
    return Image.fromarray(np.kron(modules, np.ones((scale, scale), np.uint8)))


def write_camera(file: Path, party: str, token: str, *, shrink: int = 1) -> Path:
    """Write the film as YUV4MPEG2 for Chromium's ``--use-file-for-fake-video-capture`` and give the path back.

    ``shrink`` divides width and height (1 or 2): a small picture is cheaper to send and still recognised. Unlike
    Motion-JPEG the format says its rate and costs the browser no decoding. The file appears whole or not at all. Raises
    ``BenchError`` as ``pictures`` does, ``OSError`` where it cannot write.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    with unfinished.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH // shrink} H{HEIGHT // shrink} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures(party, token):
            out.write(b"FRAME\n" + _planes(picture.reduce(shrink)))
    return unfinished.rename(file)


def write_film(file: Path, party: str, token: str, *, shrink: int = 1, height: int = HEIGHT) -> Path:
    """Write the film as one file of JPEG pictures, each behind its length (4 bytes, big-endian), for cameras that are
    made in the page; ``height`` is that of ``pictures``, before ``shrink``. Raises as ``write_camera`` does.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    with unfinished.open("wb") as out:
        for picture in pictures(party, token, height=height):
            packed = io.BytesIO()
            picture.reduce(shrink).save(packed, "JPEG", quality=85)
            out.write(len(packed.getvalue()).to_bytes(4, "big") + packed.getvalue())
    return unfinished.rename(file)


def _planes(picture: Image.Image) -> bytes:
    """Y, then Cb and Cr at half width and height, in the video range of ITU-R BT.601 (16 to 235, 16 to 240)."""
    luma, blue, red = picture.convert("YCbCr").split()
    small = (picture.width // 2, picture.height // 2)
    planes = [
        (luma, 219),
        (blue.resize(small, Image.Resampling.BOX), 224),
        (red.resize(small, Image.Resampling.BOX), 224),
    ]
    return b"".join(plane.point([16 + level * span // 255 for level in range(256)]).tobytes() for plane, span in planes)


def recognise_picture(image: Image.Image | NDArray[np.uint8]) -> list[Mark]:
    """All canary marks in a picture (PIL, or an array of height x width [x 3]); none where there is none."""
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=_FORMATS)
    read = [_TEXT.fullmatch(symbol.text) for symbol in found]
    return [Mark(match[1], match[2], int(match[3])) for match in read if match]
