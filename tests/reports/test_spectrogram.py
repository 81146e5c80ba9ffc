"""A spectrogram shows what it is of: a tone at its pitch, silence dark, at its time; and it reads in grey."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from reports.spectrogram import (
    BANDS,
    HIGHEST,
    HOP_S,
    LOWEST,
    STEPS,
    colours,
    drawn,
    longest_silence,
    place_of,
    spectrogram,
)

RATE = 16000


def tone(hertz: float, seconds: float, level: float = 0.1) -> NDArray[np.float32]:
    times = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def picture(png: bytes) -> NDArray[np.uint8]:
    with Image.open(io.BytesIO(png)) as opened:
        return np.asarray(opened.convert("L"), np.uint8)


@settings(deadline=None)
@given(st.floats(250, 7800), st.sampled_from([0.003, 0.01, 0.03]))
def test_a_tone_is_a_line_at_its_place(hertz: float, level: float) -> None:
    seen = picture(drawn(spectrogram(tone(hertz, 0.3, level), RATE)))
    brightest = seen.astype(int).sum(axis=1).argmax()
    assert abs((BANDS - 1 - brightest) - place_of(hertz) * (BANDS - 1)) <= 1.5


def test_a_tone_that_is_twice_as_loud_is_six_decibels_more() -> None:
    loud, soft = (spectrogram(tone(1000, 0.3, level), RATE).max() for level in (0.2, 0.1))
    assert loud - soft == pytest.approx(6.02, abs=0.01)


def test_what_comes_later_stands_further_right() -> None:
    seen = picture(drawn(spectrogram(np.concatenate([tone(300, 1), tone(3000, 1)]), RATE)))
    first, last = seen[:, :45].mean(axis=1).argmax(), seen[:, 55:].mean(axis=1).argmax()
    assert first > last  # lower on the picture


@settings(deadline=None)
@given(st.floats(0.3, 1.2), st.floats(0.3, 1.0))
def test_a_gap_is_dark_and_found_where_it_was_planted(begins: float, lasts: float) -> None:
    sound = tone(500, 3)
    sound[round(begins * RATE) : round((begins + lasts) * RATE)] = 0
    levels = spectrogram(sound, RATE)
    found = longest_silence(levels)
    assert found[0] == pytest.approx(begins, abs=0.05)
    assert found[1] == pytest.approx(begins + lasts, abs=0.05)
    seen = picture(drawn(levels))
    inside = seen[:, round((begins + 0.05) / HOP_S) : round((begins + lasts - 0.05) / HOP_S)]
    assert inside.max() == picture(drawn(spectrogram(np.zeros(RATE, np.float32), RATE))).max()
    assert seen.max() > 150


def test_sound_without_a_gap_has_no_silence() -> None:
    assert longest_silence(spectrogram(tone(500, 1), RATE)) == (0.0, 0.0)


def test_a_sound_shorter_than_a_look_gives_no_column() -> None:
    assert spectrogram(np.zeros(100, np.float32), RATE).shape == (BANDS, 0)


def test_colours_grow_lighter_in_even_steps_in_grey_too() -> None:
    linear = colours() / 255
    linear = np.where(linear <= 0.04045, linear / 12.92, ((linear + 0.055) / 1.055) ** 2.4)
    light = 116 * np.cbrt(linear @ [0.2126, 0.7152, 0.0722]) - 16  # CIE L*
    apart = np.diff(light)
    assert apart.min() > 1.2
    assert apart.max() < 2.7
    assert (light[0] < 8, light[-1] > 94, len(light)) == (True, True, STEPS)
    grey = np.asarray(Image.fromarray(colours()[np.newaxis]).convert("L"))[0].astype(int)
    assert np.diff(grey).min() > 0


def test_the_scale_of_pitches_goes_from_below_to_eight_kilohertz() -> None:
    assert (place_of(LOWEST), place_of(HIGHEST)) == (0.0, 1.0)
    assert place_of(1000) == pytest.approx(0.329, abs=0.01)


def test_twelve_seconds_of_noise_weigh_little_enough() -> None:
    noise = np.random.default_rng(1).normal(0, 0.02, 12 * RATE).astype(np.float32)
    assert len(drawn(spectrogram(noise, RATE))) < 60_000
