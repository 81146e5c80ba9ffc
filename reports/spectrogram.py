"""Sound as a picture: time from left to right, pitch from below up (mel scale, to 8 kHz), loudness as brightness (dB).

The scale is the same in every picture, so that two can be held beside each other. Its colours are even to the eye
(OKLab: B. Ottosson, "A perceptual color space for image processing", 2020) and grow lighter step by step, so that they
read the same in grey and in print: dark is silent.
"""

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Sound = NDArray[np.float32]  # mono, -1 to 1
Levels = NDArray[np.float64]  # pitches x times, from below up and from left to right; dB of a sine of full scale

BANDS, LOWEST, HIGHEST = 96, 60.0, 8000.0  # Hz
HOP_S = 0.02  # seconds a column
FLOOR, TOP = -84.0, -20.0  # dB: dark and silent, light and loud
STEPS = 48  # of brightness: 1.3 dB each, which is as little as is heard
_WINDOW_S = 0.032
_SILENT = -70.0  # dB: a column in which no pitch is louder is silent


def spectrogram(sound: Sound, rate: int) -> Levels:
    """The levels of a sound, a column every ``HOP_S``; of one shorter than a window no column."""
    hop, window = round(HOP_S * rate), round(_WINDOW_S * rate)
    count = max(0, 1 + (len(sound) - window) // hop)
    if not count:
        return np.full((BANDS, 0), FLOOR)
    shape = np.hanning(window)
    size = 2 * window
    pieces = np.lib.stride_tricks.sliding_window_view(sound, window)[::hop][:count] * shape
    power = np.square(np.abs(np.fft.rfft(pieces, size)) * 2 / shape.sum())
    bands = power @ _filters(rate, size).T
    return np.asarray(10 * np.log10(np.maximum(bands.T, 1e-12)), np.float64)


def place_of(hertz: float) -> float:
    """How high a pitch lies, from 0 (below) to 1 (above)."""
    low, high = _mel(LOWEST), _mel(HIGHEST)
    return float((_mel(hertz) - low) / (high - low))


def drawn(levels: Levels) -> bytes:
    """Levels as PNG, a pixel each; the highest pitch is its first row."""
    share = (levels - FLOOR) / (TOP - FLOOR)
    steps = np.clip(np.floor(share * STEPS), 0, STEPS - 1).astype(np.uint8)
    picture = Image.fromarray(np.ascontiguousarray(steps[::-1]), "P")
    picture.putpalette(colours().tobytes())
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def longest_silence(levels: Levels) -> tuple[float, float]:
    """From when to when nothing was heard for longest, in seconds; both 0 where there always was something."""
    quiet = levels.max(axis=0, initial=FLOOR) < _SILENT
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    if not len(edges):
        return 0.0, 0.0
    begins, ends = edges[::2], edges[1::2]
    longest = int(np.argmax(ends - begins))
    return float(begins[longest] * HOP_S), float(ends[longest] * HOP_S)


@cache
def colours() -> NDArray[np.uint8]:
    """``STEPS`` colours (sRGB), from dark to light in even steps of OKLab's lightness: violet, green, yellow."""
    table = np.zeros((STEPS, 3), np.uint8)
    for step in range(STEPS):
        part = step / (STEPS - 1)
        light, hue, chroma = 0.14 + 0.82 * part, np.radians(290 - 185 * part), 0.11
        rgb = _linear(light, chroma, hue)
        while rgb.min() < 0 or rgb.max() > 1:  # beyond what a screen can show: paler
            chroma -= 0.005
            rgb = _linear(light, max(0.0, chroma), hue)
            if chroma <= 0:
                break
        rgb = np.clip(rgb, 0, 1)
        table[step] = np.round(255 * np.where(rgb <= 0.0031308, 12.92 * rgb, 1.055 * rgb ** (1 / 2.4) - 0.055))
    return table


def _linear(light: float, chroma: float, hue: float) -> NDArray[np.float64]:
    a, b = chroma * np.cos(hue), chroma * np.sin(hue)
    cones = np.array(
        [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.2914855480]]
    )
    lms = (cones @ np.array([light, a, b])) ** 3
    to_rgb = np.array([
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ])  # fmt: skip
    return np.asarray(to_rgb @ lms, np.float64)


@cache
def _filters(rate: int, size: int) -> NDArray[np.float64]:
    """Triangles of one height over the bins of a spectrum, evenly apart on the mel scale, none narrower than a bin."""
    bins = np.fft.rfftfreq(size, 1 / rate)
    edges = _hertz(np.linspace(_mel(LOWEST), _mel(HIGHEST), BANDS))
    apart = np.maximum(np.gradient(edges), rate / size)
    return np.asarray(np.clip(1 - np.abs(bins - edges[:, None]) / apart[:, None], 0, None), np.float64)


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(700 * (10 ** (mel / 2595) - 1), np.float64)
