"""The pictures that were sent, by their numbers: drawn by the bench, so nothing has to be recorded at the sender."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from harness.model.errors import BenchError

Luma = NDArray[np.uint8]  # height x width, as it is coded

# What a browser makes of the colours of a picture before it is coded: weights of ITU-R BT.601 or BT.709, from 16 to 235
# or ("full") from 0 to 255. Which, is the business of whoever makes the camera, and no loss of the call.
Colours = Literal["bt601", "bt601-full", "bt709", "bt709-full"]
COLOURS: tuple[Colours, ...] = get_args(Colours)
_WEIGHTS = {"bt601": (0.299, 0.587, 0.114), "bt709": (0.2126, 0.7152, 0.0722)}


class Film:
    """The film of a camera, as ``harness.media.picture.write_film`` wrote it and the page drew it."""

    def __init__(self, file: Path) -> None:
        """Raises ``BenchError`` where the file holds no film."""
        self._pictures = list(split_film(file.read_bytes()))
        self._drawn: dict[tuple[int, Colours], Luma] = {}
        if not self._pictures:
            raise BenchError(f"{file.name} holds no pictures: write it with harness.media.picture.write_film.")

    def __len__(self) -> int:
        return len(self._pictures)

    def luma(self, number: int, colours: Colours = "bt601") -> Luma:
        """Picture ``number``, counted from the first one sent (the film is repeated), in ``colours``."""
        at = number % len(self._pictures), colours
        if at not in self._drawn:
            with Image.open(io.BytesIO(self._pictures[at[0]])) as picture:
                self._drawn[at] = luma_of(picture, colours)
        return self._drawn[at]


def luma_of(picture: Image.Image, colours: Colours) -> Luma:
    """The luma that a browser gives to its encoder for a drawn picture."""
    matrix, _, full = colours.partition("-")
    grey = picture.convert("RGB").convert("L", (*_WEIGHTS[matrix], 0))
    levels = np.array([level if full else 16 + round(level * 219 / 255) for level in range(256)], np.uint8)
    return levels[np.asarray(grey, np.uint8)]


def split_film(whole: bytes) -> Iterator[bytes]:
    """The pictures of a film's file, as JPEG."""
    at = 0
    while at + 4 < len(whole):
        size = int.from_bytes(whole[at : at + 4], "big")
        yield whole[at + 4 : at + 4 + size]
        at += 4 + size
