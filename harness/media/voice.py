"""The canary sound: a German sentence for each party, spoken by espeak-ng, as a file that a fake microphone repeats."""

import os
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from harness.media.decode import Pcm, decode_webm_sound
from harness.model.errors import BenchError, ProvisionError

RATE = 48000
_LEVEL = 0.1  # root mean square of the voice, -20 dB below full scale
_PEAK = 0.9
_PAUSE = 0.25  # seconds of silence at the end, so that the loop sounds like the next sentence


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: espeak-ng's voice, pitch (0 to 99), speed (words a minute), and what is said."""

    name: str
    pitch: int
    speed: int
    text: str


VOICES = {
    "citizen": Voice(
        "de+f3",
        65,
        150,
        "Guten Abend, ich rufe wegen meiner Wohnung in der Lindenstraße an. Können Sie mir bitte sagen, welche Papiere"
        " ich noch brauche?",
    ),
    "clerk": Voice(
        "de+m3",
        35,
        145,
        "Willkommen beim Bürgerbüro der Gemeinde. Zeigen Sie mir doch einmal Ihren Antrag, dann gehen wir alles der"
        " Reihe nach durch.",
    ),
}


def speak(party: str) -> Pcm:
    """One loop of a party's sentence: mono samples at 48 kHz.

    Raises ``BenchError`` for a party without a voice and ``ProvisionError`` where espeak-ng is missing or fails.
    """
    if party not in VOICES:
        raise BenchError(f"There is no canary voice for {party!r}; there is one for {', '.join(VOICES)}.")
    voice = VOICES[party]
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "voice.wav"
        options = ["-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.speed), "-w", str(spoken)]
        try:
            subprocess.run(["espeak-ng", *options, voice.text], check=True, capture_output=True, timeout=30)
        except FileNotFoundError as error:
            raise ProvisionError("espeak-ng, which speaks for the fake microphones, is missing: install it.") from error
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise ProvisionError(f"espeak-ng could not speak with the voice {voice.name}: install its data.") from error
        sound, rate = decode_webm_sound(spoken.read_bytes() if spoken.is_file() else b"")
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max(initial=0))
    if not len(loud):
        raise ProvisionError(f"espeak-ng spoke only silence with the voice {voice.name}: install its data.")
    sound = _resample(sound[loud[0] : loud[-1] + 1], rate)
    sound *= min(_LEVEL / float(np.sqrt(np.mean(sound**2))), _PEAK / float(np.abs(sound).max()))
    return np.concatenate([sound, np.zeros(int(_PAUSE * RATE), np.float32)])


def _resample(sound: Pcm, rate: int) -> Pcm:
    """To 48 kHz by the spectrum: exact for a whole sound, whose ends are near silence."""
    size = round(len(sound) * RATE / rate)
    spectrum = np.fft.rfft(sound)
    return np.asarray(np.fft.irfft(spectrum, size) * (size / len(sound)), np.float32)


def write_microphone(file: Path, party: str) -> Path:
    """Write one loop as 16-bit WAV for Chromium's ``--use-file-for-fake-audio-capture`` and give the path back.

    The file appears whole or not at all. Raises as ``speak`` does, and ``OSError`` where it cannot write.
    """
    samples = np.round(speak(party) * 32767).astype("<i2")
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    with wave.open(str(unfinished), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return unfinished.rename(file)
