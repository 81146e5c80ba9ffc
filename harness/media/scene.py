"""The drawn people of the canary picture: somebody at a desk in the town hall, somebody at home."""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 360
TALL = 480  # lines of the picture of 4:3, in which the person is as much larger
_DIAERESIS = "\u0308"
_FINE = 2  # drawn at twice the size and scaled down, which smooths the edges

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one person from another: caption and colours, and the room they sit in."""

    caption: str
    wall: Colour
    desk: Colour
    clothes: Colour
    skin: Colour
    hair: Colour
    glasses: bool
    long_hair: bool
    room: Callable[[ImageDraw.ImageDraw], None]


def _town_hall(draw: ImageDraw.ImageDraw) -> None:
    """A coat of arms on the wall (a gabled town hall over waves), a shelf of files."""
    shield = [(60, 40), (180, 40), (180, 130), (120, 190), (60, 130)]
    draw.polygon(shield, fill=(250, 214, 60), outline=(60, 50, 20), width=5)
    draw.polygon([(88, 100), (120, 62), (152, 100)], fill=(170, 40, 40))
    draw.rectangle((94, 100, 146, 134), fill=(240, 240, 235), outline=(60, 50, 20), width=3)
    draw.rectangle((113, 112, 127, 134), fill=(90, 60, 30))
    draw.line([(78, 150), (99, 142), (120, 150), (141, 142), (162, 150)], fill=(30, 80, 170), width=7)
    draw.rectangle((40, 300, 200, 312), fill=(110, 80, 50))
    for number, colour in enumerate([(180, 50, 50), (50, 110, 170), (60, 140, 80), (200, 160, 60), (120, 80, 150)]):
        draw.rectangle((46 + 30 * number, 222, 70 + 30 * number, 300), fill=colour)
        draw.rectangle((52 + 30 * number, 238, 64 + 30 * number, 262), fill=(245, 245, 240))


def _living_room(draw: ImageDraw.ImageDraw) -> None:
    """A window with a tree outside, curtains and a plant on the sill."""
    draw.rectangle((44, 44, 204, 214), fill=(150, 205, 240), outline=(255, 255, 255), width=10)
    draw.ellipse((120, 84, 190, 150), fill=(70, 140, 70))
    draw.rectangle((150, 146, 160, 206), fill=(110, 80, 50))
    draw.line([(124, 50), (124, 208)], fill=(255, 255, 255), width=6)
    for left in (22, 186):
        draw.polygon([(left, 30), (left + 44, 30), (left + 30, 230), (left, 230)], fill=(200, 90, 80))
    draw.rectangle((84, 300, 136, 350), fill=(190, 110, 70))
    for turn in range(-60, 61, 30):
        tip = (110 + 70 * math.sin(math.radians(turn)), 300 - 60 * math.cos(math.radians(turn)))
        draw.line([(110, 302), tip], fill=(50, 130, 60), width=10)


def _office(draw: ImageDraw.ImageDraw) -> None:
    """A globe on a cupboard, two speech bubbles on the wall."""
    for left, top, fill in ((40, 40, (255, 255, 255)), (110, 120, (255, 224, 130))):
        draw.rounded_rectangle((left, top, left + 130, top + 60), 16, fill=fill, outline=(70, 70, 80), width=4)
        draw.polygon([(left + 30, top + 58), (left + 54, top + 58), (left + 24, top + 82)], fill=fill)
    draw.rectangle((40, 300, 200, 340), fill=(130, 100, 70))
    draw.ellipse((84, 226, 156, 298), fill=(90, 160, 220), outline=(40, 60, 90), width=4)
    draw.ellipse((98, 240, 128, 270), fill=(90, 160, 90))


LOOKS = {
    "citizen": Look(
        "Testbild Bürgerin",
        (242, 226, 200),
        (160, 110, 70),
        (40, 130, 90),
        (226, 178, 146),
        (96, 56, 30),
        glasses=False,
        long_hair=True,
        room=_living_room,
    ),
    "clerk": Look(
        "Testbild Amt",
        (200, 214, 230),
        (120, 100, 90),
        (50, 60, 110),
        (240, 204, 176),
        (150, 150, 155),
        glasses=True,
        long_hair=False,
        room=_town_hall,
    ),
    "guest": Look(
        "Testbild Gast",
        (214, 230, 214),
        (100, 120, 110),
        (150, 60, 70),
        (196, 150, 116),
        (30, 26, 24),
        glasses=True,
        long_hair=True,
        room=_office,
    ),
}


def _fine(size: tuple[int, int], background: Colour | None) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    fill = (0, 0, 0, 0) if background is None else (*background, 255)
    image = Image.new("RGBA", (size[0] * _FINE, size[1] * _FINE), fill)
    return image, ImageDraw.Draw(image)


def _smooth(image: Image.Image) -> Image.Image:
    return image.resize((image.width // _FINE, image.height // _FINE), Image.Resampling.LANCZOS)


def draw_room(look: Look, height: int = HEIGHT) -> Image.Image:
    """The room without its person: 640 wide and 360 or more high (there is more wall then), RGB."""
    image, draw = _fine((WIDTH, HEIGHT), look.wall)
    look.room(draw)
    draw.rectangle((0, 590, 1280, 720), fill=look.desk)
    draw.rectangle((0, 640, 1280, 720), fill=(30, 34, 40))
    _write(draw, (40, 652), look.caption)
    room = Image.new("RGB", (WIDTH, height), look.wall)
    room.paste(_smooth(image).convert("RGB"), (0, height - HEIGHT))
    return room


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str) -> None:
    """White letters. Pillow's own font, the only one that is surely there, has no umlauts: their dots are drawn."""
    font = ImageFont.load_default(48)
    plain = unicodedata.normalize("NFD", text)
    letters = plain.replace(_DIAERESIS, "")
    draw.text(at, letters, fill=(255, 255, 255), font=font)
    for count, place in enumerate(index for index, letter in enumerate(plain) if letter == _DIAERESIS):
        base = place - count - 1
        left, right = (at[0] + font.getlength(letters[:end]) for end in (base, base + 1))
        for third in (0.3, 0.7):
            x, y = left + third * (right - left), at[1] + 14
            draw.ellipse((x - 3.5, y - 3.5, x + 3.5, y + 3.5), fill=(255, 255, 255))


def draw_person(look: Look, *, eyes_open: bool, mouth_open: bool, height: int = HEIGHT) -> Image.Image:
    """Head and shoulders for a picture so high: 240x300 at 360 lines, RGBA with the surroundings transparent."""
    image, draw = _fine((240, 300), None)
    if look.long_hair:
        draw.rounded_rectangle((120, 60, 360, 400), 110, fill=look.hair)
    draw.rounded_rectangle((40, 370, 440, 700), 120, fill=look.clothes)
    draw.rectangle((204, 320, 276, 400), fill=look.skin)
    draw.polygon([(190, 378), (290, 378), (240, 460)], fill=look.skin)
    draw.ellipse((140, 80, 340, 350), fill=look.skin)
    draw.pieslice((134, 64, 346, 330), 180, 360, fill=look.hair)
    draw.ellipse((160, 150, 320, 260), fill=look.skin)
    for left in (182, 262):
        if eyes_open:
            draw.ellipse((left, 196, left + 36, 226), fill=(255, 255, 255))
            draw.ellipse((left + 10, 200, left + 28, 222), fill=(40, 50, 60))
        else:
            draw.line([(left, 212), (left + 36, 212)], fill=(70, 50, 40), width=6)
        if look.glasses:
            draw.ellipse((left - 12, 184, left + 48, 238), outline=(40, 40, 50), width=6)
    draw.line([(240, 222), (232, 264), (248, 266)], fill=(150, 100, 80), width=5)
    draw.chord((204, 280, 276, 320 if mouth_open else 306), 0, 180, fill=(170, 60, 60))
    if height != HEIGHT:
        return image.resize((240 * height // HEIGHT, 300 * height // HEIGHT), Image.Resampling.LANCZOS)
    return _smooth(image)
