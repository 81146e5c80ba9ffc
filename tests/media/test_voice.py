"""The canary sound as the fake microphone gets it."""

import wave
from pathlib import Path

import numpy as np
import pytest

from harness.media.voice import RATE, VOICES, speak, write_microphone
from harness.model.errors import BenchError, ProvisionError


@pytest.mark.parametrize("party", VOICES)
def test_a_loop_is_speech_of_normal_level_without_long_silence(party: str, tmp_path: Path) -> None:
    with wave.open(str(write_microphone(tmp_path / "voice.wav", party)), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 48000)
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    assert 6 <= len(sound) / RATE <= 10
    assert 0.05 <= sound.std() <= 0.15
    assert np.abs(sound).max() < 0.95
    loud = np.abs(np.concatenate([sound, sound])) > 0.005
    quiet_stretches = np.diff(np.flatnonzero(loud))
    assert quiet_stretches.max() < 0.6 * RATE
    assert [file.name for file in tmp_path.iterdir()] == ["voice.wav"]


def test_the_same_sentence_is_spoken_each_time() -> None:
    assert np.array_equal(speak("clerk"), speak("clerk"))


def test_a_party_without_a_voice_is_named() -> None:
    with pytest.raises(BenchError, match=r"^There is no canary voice for 'mayor'; there is one for citizen, clerk\.$"):
        speak("mayor")


def test_a_missing_speaker_is_named_with_the_mend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        ProvisionError, match="^espeak-ng, which speaks for the fake microphones, is missing: install it"
    ):
        speak("clerk")


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("exit 1", r"^espeak-ng could not speak with the voice de\+m3: install its data\.$"),
        ("exit 0", r"^espeak-ng spoke only silence with the voice de\+m3: install its data\.$"),
    ],
)
def test_a_speaker_that_fails_or_writes_nothing_is_named(
    script: str, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    speaker = tmp_path / "espeak-ng"
    speaker.write_text(f"#!/bin/sh\n{script}\n")
    speaker.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProvisionError, match=sentence):
        speak("clerk")
