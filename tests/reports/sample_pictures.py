"""Pictures for sample runs: a portrait that a person recognises, and the noise that a decoder makes of ciphertext."""

import random
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (480, 270)


@cache
def portrait(coat: str, wall: str) -> bytes:
    """A picture a person recognises as a person, as PNG."""
    image = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((330, 30, 450, 150), fill="#f4ead2", outline="#8a7b5c", width=5)
    draw.ellipse((130, 180, 350, 420), fill=coat)
    draw.rectangle((215, 150, 265, 205), fill="#c98f6b")
    draw.ellipse((180, 50, 300, 185), fill="#dba680")
    draw.pieslice((174, 36, 306, 150), 180, 360, fill="#3a2a20")
    for x in (215, 255):
        draw.ellipse((x, 112, x + 11, 123), fill="#222222")
    draw.arc((215, 125, 265, 160), 20, 160, fill="#7a2e2e", width=5)
    return _png(image)


@cache
def noise(seed: int) -> bytes:
    """What a decoder makes of ciphertext, as PNG."""
    data = random.Random(seed).randbytes(SIZE[0] * SIZE[1] * 3)
    return _png(Image.frombytes("RGB", SIZE, data))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
