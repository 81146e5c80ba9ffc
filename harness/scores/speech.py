"""Full-reference scores of speech: ViSQOL's wide-band speech mode, and STOI as a second opinion.

ViSQOL 3 judges what a listener would say of the quality (MOS-LQO, 1 to 5) from patches of 16 kHz spectrograms, each
looked for near its place: what a jitter buffer stretches or cuts costs no alignment. Its default mapping, the lattice
network, gives at most about 4.6. STOI (Taal et al., 2011) says how much of it is intelligible, 0 to 1.
"""

import logging
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.media.decode import Pcm
from harness.model.errors import BenchError, ProvisionError
from harness.scores.aligned import SILENCE, level, pieces, said_at

Samples = NDArray[np.float64]

RATE = 48000
SHORTEST = 3.0  # seconds
VISQOL_RATE = 16000  # Hz


@dataclass(frozen=True, slots=True)
class SpeechScores:
    """ViSQOL 1 to 5 and STOI 0 to 1, of ``seconds`` of sound; ``by`` and ``stoi_by`` name the programs."""

    speech: float
    stoi: float
    seconds: float
    by: str
    stoi_by: str


def score_speech(said: Pcm, heard: Pcm) -> SpeechScores:
    """The scores of a recording of at least ``SHORTEST`` seconds. ``said`` is one loop of what was spoken again and
    again; both are mono at 48 kHz.

    Raises ``BenchError`` for a recording that is too short, silent or not of this speech, ``ProvisionError`` where a
    program is missing.
    """
    if len(heard) < SHORTEST * RATE:
        raise BenchError(f"{len(heard) / RATE:.1f} s of sound are too few for a score: {SHORTEST:.0f} s are needed.")
    if level(heard) < SILENCE:
        raise BenchError("What was heard is silence: there is no speech to score.")
    wanted = said_at(said, heard)
    return SpeechScores(
        speech=_visqol(wanted, heard),
        stoi=_stoi(wanted, heard),
        seconds=round(len(heard) / RATE, 2),
        by=f"visqol-python {version('visqol-python')}, speech, lattice",
        stoi_by=f"pystoi {version('pystoi')}",
    )


def warm() -> None:
    """Loads what scoring needs, which takes seconds: for before a measurement. Raises ``ProvisionError``."""
    _judge()


def _visqol(said: Pcm, heard: Pcm) -> float:
    try:
        found = _judge().measure_from_arrays(thinned(said), thinned(heard), VISQOL_RATE)
    except (ValueError, RuntimeError, IndexError) as error:
        raise BenchError("ViSQOL could not compare what was heard with what was said.") from error
    return round(float(found.moslqo), 3)


@cache
def _judge() -> Any:
    try:
        from visqol import VisqolApi

        judge = VisqolApi()
        judge.create(mode="speech", use_lattice_model=True)
    except ImportError as error:
        raise ProvisionError("ViSQOL, which scores speech, is missing: install visqol-python[lattice].") from error
    logging.getLogger("visqol").setLevel(logging.ERROR)  # it warns of loudness, which a call may change
    return judge


def _stoi(said: Pcm, heard: Pcm) -> float:
    """The mean over pieces, each at its own best moment: STOI itself cannot follow what a jitter buffer does."""
    try:
        from pystoi import stoi
    except ImportError as error:
        raise ProvisionError("STOI, which scores speech, is missing: install pystoi.") from error
    scores = [float(stoi(wanted, came, RATE)) for wanted, came in pieces(said, heard)]
    if not scores:
        raise BenchError("No piece of what was heard is long enough for STOI.")
    return round(float(np.mean(scores)), 3)


def thinned(sound: Pcm) -> Samples:
    """A third of the samples, by the spectrum, with nothing left above 8 kHz."""
    whole = sound[: len(sound) // 3 * 3]
    spectrum = np.fft.rfft(whole.astype(np.float64))
    size = len(whole) // 3
    return np.asarray(np.fft.irfft(spectrum[: size // 2 + 1], size) / 3, np.float64)
