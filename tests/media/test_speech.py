"""Recognising the canary sound, and nothing else, through what a call does to it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness.media.decode import Pcm, decode_opus
from harness.media.speech import SpeechFingerprint, recognise_speech
from harness.media.voice import RATE, VOICES, speak, write_microphone
from harness.model.errors import BenchError

PARTIES = sorted(VOICES)
Encode = Callable[..., list[bytes]]


@pytest.fixture(scope="module")
def voices() -> dict[str, Pcm]:
    """Each party's sentence, four times in a row."""
    return {party: np.tile(speak(party), 4) for party in PARTIES}


@pytest.fixture(scope="module")
def prints(voices: dict[str, Pcm]) -> dict[str, SpeechFingerprint]:
    """Each party's fingerprint."""
    return {party: SpeechFingerprint.of_sound(voice[: len(voice) // 4], RATE) for party, voice in voices.items()}


def other(party: str) -> str:
    return PARTIES[1 - PARTIES.index(party)]


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("bit_rate", [12_000, 24_000, 32_000])
def test_a_voice_is_known_through_opus_and_the_other_is_not(
    party: str, bit_rate: int, voices: dict[str, Pcm], prints: dict[str, SpeechFingerprint], encode_opus: Encode
) -> None:
    pcm, rate = decode_opus(encode_opus(voices[party][: 20 * RATE], bit_rate=bit_rate))
    for seconds in (2, 3, 8):
        for start in (0.0, 1.37, 5.05, 9.9):
            heard = pcm[int(start * rate) : int((start + seconds) * rate)]
            assert recognise_speech(heard, rate, prints[party]) > 0.8
            assert recognise_speech(heard, rate, prints[other(party)]) < 0.3


@pytest.mark.parametrize("party", PARTIES)
def test_gain_rate_noise_and_a_jitter_buffer_do_not_hide_a_voice(
    party: str, voices: dict[str, Pcm], prints: dict[str, SpeechFingerprint]
) -> None:
    sound = voices[party][RATE : 10 * RATE]
    hiss = np.random.default_rng(1).normal(0, 0.005, len(sound))
    changed = {
        "quiet": (0.02 * sound, RATE),
        "loud and clipped": (np.clip(8 * sound, -1, 1), RATE),
        "16 kHz": (sound[::3], RATE // 3),
        "noise": (sound + hiss, RATE),
        "stretched": (np.interp(np.arange(0, len(sound), 0.99), np.arange(len(sound)), sound), RATE),
    }
    scores = {
        name: recognise_speech(pcm.astype(np.float32), rate, prints[party]) for name, (pcm, rate) in changed.items()
    }
    assert {name: score for name, score in scores.items() if score < 0.6} == {}


@pytest.mark.parametrize("party", PARTIES)
def test_lost_packets_do_not_hide_a_voice(
    party: str, voices: dict[str, Pcm], prints: dict[str, SpeechFingerprint], encode_opus: Encode
) -> None:
    frames = encode_opus(voices[party][: 9 * RATE])
    kept = [frame for number, frame in enumerate(frames) if number % 50 != 7]
    assert recognise_speech(*decode_opus(kept), prints[party]) > 0.6


@pytest.mark.parametrize("seconds", [2, 5])
@pytest.mark.parametrize("clear_bytes", [0, 1])
def test_decoded_ciphertext_is_nobody_s_voice(
    seconds: int, clear_bytes: int, voices: dict[str, Pcm], prints: dict[str, SpeechFingerprint], encode_opus: Encode
) -> None:
    random = np.random.default_rng(2)
    for party in PARTIES:
        frames = encode_opus(voices[party][: 2 * seconds * RATE])
        sealed = [frame[:clear_bytes] + random.bytes(len(frame) + 18) for frame in frames]
        pcm, rate = decode_opus(sealed)
        assert recognise_speech(pcm[: seconds * rate], rate, prints[party]) < 0.3


def test_white_noise_is_nobody_s_voice(prints: dict[str, SpeechFingerprint]) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 4 * RATE).astype(np.float32)
    assert max(recognise_speech(noise, RATE, reference) for reference in prints.values()) < 0.2


@pytest.mark.parametrize("sound", [np.zeros(0), np.zeros(5 * RATE), np.full(5 * RATE, 1e-6)])
def test_silence_is_nobody_s_voice(sound: Pcm, prints: dict[str, SpeechFingerprint]) -> None:
    assert recognise_speech(sound, RATE, prints["clerk"]) == 0.0


def test_less_than_two_seconds_prove_nothing(voices: dict[str, Pcm], prints: dict[str, SpeechFingerprint]) -> None:
    assert recognise_speech(voices["clerk"][: 2 * RATE - 1], RATE, prints["clerk"]) == 0.0


def test_a_tone_is_nobody_s_voice(prints: dict[str, SpeechFingerprint]) -> None:
    tone = (0.3 * np.sin(np.arange(3 * RATE) * 0.06)).astype(np.float32)
    assert abs(recognise_speech(tone, RATE, prints["clerk"])) < 0.3


def test_a_fingerprint_is_read_from_the_microphone_s_file(
    tmp_path: Path, voices: dict[str, Pcm], prints: dict[str, SpeechFingerprint]
) -> None:
    read = SpeechFingerprint.of(write_microphone(tmp_path / "voice.wav", "clerk"))
    assert recognise_speech(voices["clerk"][: 3 * RATE], RATE, read) > 0.99
    assert read.pattern.shape == prints["clerk"].pattern.shape


def test_a_fingerprint_of_a_moment_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")
    with pytest.raises(BenchError, match=r"^A canary sound needs at least two seconds\.$"):
        SpeechFingerprint.of(empty)
