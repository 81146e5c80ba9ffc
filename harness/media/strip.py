"""The number in a picture, as ``inject/strip.js`` draws it: read from pictures that were recorded or decoded.

Two rows of sixteen cells along the upper edge, each a sixteenth of the width and a twentieth of the height, black or
white. Row by row, highest bit first: 20 bits of number and a CRC-12 of them (polynomial 0x80F, from 0xFFF).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

COLUMNS: Final = 16
ROWS: Final = 2
ROW: Final = 1 / 20  # of the height
BITS: Final = 20
SCREEN: Final = 1 << (BITS - 1)  # is set in the numbers of a screen's pictures
_CRC_BITS: Final = 12
_POLYNOMIAL: Final = 0x80F
_CONTRAST: Final = 50  # of 255, between the darkest and the lightest cell
_SURE: Final = 0.15  # how far from the middle (0.5) a cell's level must be to be black or white

Luma = NDArray[np.uint8]  # height x width


def crc_of(number: int) -> int:
    """The CRC-12 of a number of 20 bits."""
    crc = (1 << _CRC_BITS) - 1
    for bit in reversed(range(BITS)):
        out = ((crc >> (_CRC_BITS - 1)) ^ (number >> bit)) & 1
        crc = ((crc << 1) & ((1 << _CRC_BITS) - 1)) ^ (_POLYNOMIAL if out else 0)
    return crc


def read_strip(luma: Luma) -> int | None:
    """The number in a picture's brightness; None where none can be read: never a guess."""
    height, width = luma.shape
    wide, high = width / COLUMNS, height * ROW
    levels = np.array([
        _middle(luma, column * wide, row * high, wide, high) for row in range(ROWS) for column in range(COLUMNS)
    ])  # fmt: skip
    dark, spread = levels.min(), np.ptp(levels)
    if spread < _CONTRAST:
        return None
    shares = (levels - dark) / spread
    if np.abs(shares - 0.5).min() < _SURE:
        return None
    word = int("".join("1" if share > 0.5 else "0" for share in shares), 2)
    number, crc = word >> _CRC_BITS, word & ((1 << _CRC_BITS) - 1)
    return number if crc == crc_of(number) else None


def _middle(luma: Luma, x: float, y: float, wide: float, high: float) -> float:
    """The mean of the middle of a cell, half as wide and as high as it is."""
    part = luma[round(y + high / 4) : max(round(y + high * 0.75), round(y + high / 4) + 1)]
    return float(part[:, round(x + wide / 4) : max(round(x + wide * 0.75), round(x + wide / 4) + 1)].mean())
