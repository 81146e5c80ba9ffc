"""Speech is compared with what was said at that moment of the loop; what is not that speech has no score."""

import numpy as np
import pytest

from harness.media.decode import Pcm
from harness.media.voice import speak
from harness.model.errors import BenchError
from harness.scores import speech
from harness.scores.aligned import RATE, pieces, said_at
from harness.scores.speech import score_speech


def _sound(seconds: float, seed: int = 1) -> Pcm:
    """Syllables of noise: like speech loud and soft by turns, and nowhere like itself."""
    size = round(seconds * RATE)
    loud = 0.55 + 0.45 * np.sin(2 * np.pi * 3 * np.arange(size) / RATE)
    return np.asarray(0.1 * loud * np.random.default_rng(seed).standard_normal(size), np.float32)


@pytest.mark.parametrize("late", [0.0, 0.7, 2.9])
def test_what_was_said_is_found_wherever_in_the_loop_the_recording_begins(late: float) -> None:
    said = _sound(3)
    heard = np.resize(np.roll(said, -round(late * RATE)), 5 * RATE)
    assert np.array_equal(said_at(said, heard), heard)


def test_another_sound_is_not_scored() -> None:
    with pytest.raises(BenchError, match="What was heard is not what was said"):
        said_at(_sound(3), _sound(4, seed=2))


def test_pieces_that_a_jitter_buffer_moved_are_laid_beside_what_they_were() -> None:
    said = _sound(8)
    moved = np.concatenate([said[: 4 * RATE], np.zeros(2000, np.float32), said[4 * RATE :]])[: len(said)]
    beside = list(pieces(said, moved))
    assert len(beside) == 3
    assert np.array_equal(*beside[0])
    assert np.array_equal(*beside[2])


def test_too_little_sound_and_silence_have_no_score() -> None:
    with pytest.raises(BenchError, match=r"1\.0 s of sound are too few for a score: 3 s are needed"):
        score_speech(_sound(3), _sound(1))
    with pytest.raises(BenchError, match="What was heard is silence"):
        score_speech(_sound(3), np.zeros(4 * RATE, np.float32))


def test_a_third_of_the_samples_keeps_what_is_below_8_khz() -> None:
    time = np.arange(RATE) / RATE
    thin = speech.thinned(np.asarray(np.sin(2 * np.pi * 1000 * time) + np.sin(2 * np.pi * 12000 * time), np.float32))
    assert len(thin) == 16000
    assert np.allclose(thin, np.sin(2 * np.pi * 1000 * np.arange(16000) / 16000), atol=1e-3)


def test_what_was_not_changed_is_perfect_and_noise_is_heard() -> None:
    said = speak("clerk")  # ViSQOL's network has learned what speech is: other sounds are not perfect even unchanged
    noisy = np.asarray(said + 0.02 * np.random.default_rng(3).standard_normal(len(said)), np.float32)
    clean, worse = score_speech(said, said), score_speech(said, noisy)
    assert clean.speech > 4.4
    assert clean.stoi > 0.99
    assert worse.speech < clean.speech - 1
    assert worse.stoi < clean.stoi
    assert clean.seconds == round(len(said) / RATE, 2)
    assert clean.by.startswith("visqol-python ")
