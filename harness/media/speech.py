"""Recognising the canary sound: the pattern of energy over time and frequency, compared at the best moment of its loop.

The pattern survives codecs, gain, noise and the small changes of speed that a jitter buffer makes, and knows nothing of
loudness. It is the log energy of 20 bands from 200 to 6000 Hz, 50 times a second, without the mean of each moment (what
remains is the sound's colour, not its loudness, in whose rhythm any two speakers are alike) and of each band.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from harness.media.decode import Pcm, decode_webm_sound
from harness.model.errors import BenchError

Pattern = NDArray[np.float64]  # bands x frames

BANDS = 20
STEP = 0.02  # seconds from frame to frame
SHORTEST = 2.0  # seconds of sound below which nothing is recognised
_PIECE = 3.0
_WINDOW = 0.04
_LOW, _HIGH = 200.0, 6000.0  # Hz
_FLOOR = 1e-3  # of a band's loudest frames: what lies below is silence, however deep
_SILENCE = 1e-4  # root mean square of what nobody would hear


@dataclass(frozen=True, slots=True)
class SpeechFingerprint:
    """The pattern of one loop of a canary sound."""

    pattern: Pattern

    @classmethod
    def of(cls, file: Path) -> "SpeechFingerprint":
        """The fingerprint of a sound file. Raises ``BenchError`` where it holds less than two seconds of sound."""
        return cls.of_sound(*decode_webm_sound(file.read_bytes()))

    @classmethod
    def of_sound(cls, sound: Pcm, rate: int) -> "SpeechFingerprint":
        """The fingerprint of one loop of mono samples at ``rate`` Hz. Raises ``BenchError`` below two seconds."""
        if len(sound) < SHORTEST * rate:
            raise BenchError("A canary sound needs at least two seconds.")
        return cls(_pattern(np.concatenate([sound, sound[: round(_WINDOW * rate)]]), rate))


def recognise_speech(pcm: Pcm, rate: int, reference: SpeechFingerprint) -> float:
    """How much a sound is the reference played in a loop: the correlation of the patterns, -1 to 1.

    ``pcm``: mono samples at ``rate`` Hz. Longer sounds are compared in pieces of at least three seconds, so that no
    drift adds up, and the middle (median) score counts. Less than two seconds, or silence, is 0.0.
    """
    if len(pcm) < SHORTEST * rate or float(np.sqrt(np.mean(np.square(pcm, dtype=np.float64)))) < _SILENCE:
        return 0.0
    heard = _pattern(pcm, rate)
    pieces = max(1, heard.shape[1] // round(_PIECE / STEP))
    scores = [_best(piece, reference.pattern) for piece in np.array_split(heard, pieces, axis=1)]
    return float(np.median(scores))


def _pattern(sound: Pcm, rate: int) -> Pattern:
    step, window = round(STEP * rate), round(_WINDOW * rate)
    slices = np.lib.stride_tricks.sliding_window_view(np.asarray(sound, np.float64), window)[::step]
    power = np.abs(np.fft.rfft(slices * np.hanning(window), axis=1)) ** 2
    edges = np.geomspace(_LOW, _HIGH, BANDS + 1)
    frequency = np.fft.rfftfreq(window, 1 / rate)
    bands = np.stack([power[:, (frequency >= low) & (frequency < high)].sum(axis=1) for low, high in pairwise(edges)])
    loud = np.quantile(bands, 0.95, axis=1, keepdims=True) + 1e-12
    pattern: Pattern = np.log(bands / loud + _FLOOR)
    pattern -= pattern.mean(axis=0)
    return pattern


def _best(piece: Pattern, loop: Pattern) -> float:
    """The correlation at the best moment of the loop, means taken over the moment's own frames."""
    frames, size = piece.shape[1], loop.shape[1]
    piece = piece - piece.mean(axis=1, keepdims=True)
    repeated = np.tile(loop, -(-frames // size) + 1)[:, : size + frames - 1]
    best = -1.0
    for moment in range(size):
        part = repeated[:, moment : moment + frames]
        part = part - part.mean(axis=1, keepdims=True)
        scale = float(np.linalg.norm(piece) * np.linalg.norm(part))
        best = max(best, float((piece * part).sum()) / scale if scale else 0.0)
    return best
