"""Marks in sound: found to a millisecond beneath speech, through Opus at low rates, and never taken for one another."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from harness.media.decode import Pcm, decode_opus
from harness.media.voice import RATE, speak
from tests.media.conftest import EncodeOpus
from tests.media.test_strip import node

LOUD = 0.2  # as inject/sounds.js speaks them
SECONDS = 9
STEP = RATE // 8000


@dataclass(frozen=True)
class Heard:
    """Marks that were heard, and those that were noticed and could not be told apart."""

    marks: list[tuple[int, float]]
    unread: int


@pytest.fixture(scope="module")
def marks() -> Pcm:
    return np.frombuffer(node("speak"), np.float32).reshape(16, -1)


def spoken(marks: Pcm, party: str) -> tuple[Pcm, list[float]]:
    """Speech with a mark about every half second, and when each began (ms)."""
    sound = np.resize(speak(party), SECONDS * RATE).astype(np.float32)
    chance = np.random.default_rng(7)
    began = [place * 24000 + int(chance.integers(0, 900)) for place in range(2 * SECONDS - 1)]
    for which, at in enumerate(began):
        sound[at : at + marks.shape[1]] += LOUD * marks[which % 16]
    return sound, [at * 1000 / RATE for at in began]


def hear(sound: Pcm) -> Heard:
    places = np.arange(96) - 47.5  # the ear's own filter, which comes 47.5 samples late (Coarser in inject/ear.js)
    low = np.sin(2 * np.pi * 3600 / RATE * places) / (np.pi * places) * np.blackman(96)
    heard = np.convolve(sound, low)[: len(sound)][::STEP].astype(np.float32)
    told = json.loads(node("hear", given=heard.tobytes()))
    return Heard([(which, at - 47.5 * 1000 / RATE) for which, at in told["heard"]], told["unread"])


@pytest.mark.parametrize("party", ["citizen", "clerk"])
@pytest.mark.parametrize(("bit_rate", "least"), [(32_000, 1.0), (16_000, 0.9)])
def test_marks_are_found_beneath_speech(
    party: str, bit_rate: int, least: float, marks: Pcm, encode_opus: EncodeOpus
) -> None:
    sound, began = spoken(marks, party)
    heard = hear(decode_opus(encode_opus(sound, bit_rate=bit_rate))[0])
    late = []
    for which, at in heard.marks:
        nearest = min(range(len(began)), key=lambda place: abs(began[place] - at))
        assert nearest % 16 == which, "a mark was taken for another"
        late.append(at - began[nearest])
    assert len(heard.marks) >= least * len(began)
    assert np.ptp(late) < 1.0, "ms between the earliest and the latest"


def test_speech_alone_has_no_marks(encode_opus: EncodeOpus) -> None:
    for party in ("citizen", "clerk"):
        sound = np.resize(speak(party), SECONDS * RATE).astype(np.float32)
        assert hear(decode_opus(encode_opus(sound, bit_rate=16_000))[0]).marks == []


def test_a_mark_that_lost_a_packet_is_still_itself_and_one_that_lost_half_is_none(marks: Pcm) -> None:
    sound, began = spoken(marks, "clerk")
    for at in began:
        first = round(at * RATE / 1000) + 3000
        sound[first : first + 960] = 0
    heard = hear(sound)
    assert [which for which, _ in heard.marks] == [place % 16 for place in range(len(began))]
    for at in began:
        first = round(at * RATE / 1000)
        sound[first : first + 7000] = 0
    assert hear(sound).marks == []


def ear(folder: Path, sound: Pcm, stamps: list[float], nows: list[float]) -> list[tuple[int, float]]:
    """Marks with the time at which they were given out, by a page that took each piece of 10 ms at its ``nows``."""
    files = []
    for name, times in (("stamps", stamps), ("nows", nows)):
        (folder / name).write_text(json.dumps(times))
        files.append(str(folder / name))
    return [(which, at) for which, at in json.loads(node("ear", *files, given=sound.tobytes()))]


def test_a_busy_page_hears_a_mark_when_it_was_given_out(marks: Pcm, tmp_path: Path) -> None:
    sound, began = spoken(marks, "clerk")
    stamps = [70_000.0 + 10 * piece for piece in range(len(sound) // 480)]
    own, clock = 30_000.0, [0.2 + (90 if piece % 40 > 4 else 0) for piece in range(len(stamps))]
    heard = ear(tmp_path, sound, stamps, [at - own + late for at, late in zip(stamps, clock, strict=True)])
    assert [which for which, _ in heard] == [place % 16 for place in range(len(heard))]
    assert len(heard) >= len(began) - 1  # the last is not settled yet
    assert [at for _, at in heard] == pytest.approx([40_000.2 + at for at in began[: len(heard)]], abs=0.6)


def test_sound_that_is_given_out_later_is_heard_later_and_not_before(marks: Pcm, tmp_path: Path) -> None:
    sound, began = spoken(marks, "clerk")
    stamps = [70_000.0 + 10 * piece + (60 if piece >= 420 else 0) for piece in range(len(sound) // 480)]
    heard = ear(tmp_path, sound, stamps, [at + 0.2 for at in stamps])
    late = [at - 70_000.2 - began[place] for place, (_, at) in enumerate(heard)]
    assert late[:8] == pytest.approx([0.0] * 8, abs=0.6)
    assert late[10:] == pytest.approx([60.0] * len(late[10:]), abs=0.6)
