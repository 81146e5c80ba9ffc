"""What was said, laid beside what was heard of it: by cross-correlation of the sound itself."""

from collections.abc import Iterator

import numpy as np

from harness.media.decode import Pcm
from harness.model.errors import BenchError

RATE = 48000
SILENCE = 1e-4  # root mean square of what nobody would hear
_SAME = 0.1  # correlation below which what was heard is not what was said
_PIECE = 2.0  # seconds
_APART = 0.15  # seconds by which a jitter buffer may have moved a piece


def level(sound: Pcm) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) if len(sound) else 0.0


def said_at(said: Pcm, heard: Pcm) -> Pcm:
    """As much of the loop ``said`` as was heard, from the moment at which ``heard`` begins.

    Both mono at 48 kHz. Raises ``BenchError`` where no moment of the loop fits.
    """
    repeated = np.tile(said, -(-len(heard) // len(said)) + 1)
    lag, strength = _lag(repeated, heard, range(len(said)))
    if strength < _SAME:
        raise BenchError(
            f"What was heard is not what was said (correlation {strength:.2f}), so its quality cannot be scored."
        )
    return repeated[lag : lag + len(heard)]


def pieces(said: Pcm, heard: Pcm) -> Iterator[tuple[Pcm, Pcm]]:
    """Pieces of what was said, each beside what was heard of it, moved by up to 0.15 s to where it fits best.

    Pieces in which nearly nothing was said are left out.
    """
    size, apart = round(_PIECE * RATE), round(_APART * RATE)
    for start in range(apart, len(heard) - size - apart + 1, size):
        wanted = said[start : start + size]
        if level(wanted) < 0.1 * level(said):
            continue
        around = heard[start - apart : start + size + apart]
        lag, _ = _lag(around, wanted, range(2 * apart + 1))
        yield wanted, around[lag : lag + size]


def _lag(longer: Pcm, shorter: Pcm, among: range) -> tuple[int, float]:
    """Where in ``longer`` the ``shorter`` fits best, and the correlation there (0 to 1)."""
    size = 1 << (len(longer) + len(shorter) - 1).bit_length()
    spectrum = np.fft.rfft(longer, size) * np.conj(np.fft.rfft(shorter, size))
    products = np.fft.irfft(spectrum, size)[among.start : among.stop]
    best = int(np.argmax(products))
    scale = float(np.linalg.norm(longer[best : best + len(shorter)]) * np.linalg.norm(shorter))
    return among.start + best, float(products[best]) / scale if scale else 0.0
