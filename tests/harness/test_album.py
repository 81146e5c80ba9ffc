"""What pages kept becomes files and records; of streams without the bench's marks nothing is kept."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Error

from harness.media.canary import Canaries
from harness.media.decode import decode_webm_sound
from harness.media.flac import write_flac
from harness.media.strip import BITS, COLUMNS, ROW, crc_of
from harness.model.observations import CameraFilm, Observation, PicturesKept, SoundKept, SoundMarks, TapStatus
from harness.quality.album import RATE, Album, laid, number_of
from harness.store import RunStore


def jpeg(number: int | None) -> bytes:
    """A picture with its number in the strip, as a page keeps it."""
    picture = Image.new("RGB", (448, 252), "teal")
    if number is not None:
        draw, word = ImageDraw.Draw(picture), f"{number:0{BITS}b}{crc_of(number):012b}"
        for cell, bit in enumerate(word):
            left, top = cell % COLUMNS * 28, cell // COLUMNS * 252 * ROW
            draw.rectangle((left, top, left + 27, top + 252 * ROW), fill="white" if bit == "1" else "black")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


class Page:
    """A page with an album; ``gone``: it cannot be asked."""

    def __init__(self, pictures: list[bytes], said: list[np.ndarray], heard: list[np.ndarray], gone: str = "") -> None:
        self.pictures, self.sounds, self.gone = pictures, {"said": said, "heard": heard}, gone

    def evaluate(self, script: str, given: list[Any] | None = None) -> Any:
        if self.gone and self.gone in script:
            raise Error("The page is closed.")
        if "told" in script:
            times = {name: [{"first": 8000 * place, "ahead": 5000.0} for place in range(len(blocks))]
                     for name, blocks in self.sounds.items()}  # fmt: skip
            return {
                "pictures": [1000.0 + 500 * n for n in range(len(self.pictures))],
                "missed": 1,
                "cost": 3.21,
                **times,
            }
        if given is None:
            return None
        which, begin, end = given
        pieces = self.sounds[which] if which else self.pictures
        return [base64.b64encode(bytes(each)).decode() for each in pieces[begin:end]]


def blocks(level: int, count: int = 3) -> list[np.ndarray]:
    return [np.full(8000, level, "<i2") for _ in range(count)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RunStore]:
    store = RunStore(tmp_path / "run", {"format": 1})
    yield store
    store.close()


def ended(store: RunStore, page: Page, *, marked: bool = True) -> list[Observation]:
    canaries = Canaries(store.folder / "canaries", token="abcd1234")
    people = {"citizen": SimpleNamespace(page=page)}
    meeting: Any = SimpleNamespace(label="clear-1", people=people, call=SimpleNamespace(other=lambda _: "clerk"))
    album = Album(meeting, canaries, store)
    album.begin()
    noted = [SoundMarks(party="citizen", sender=who, at_ms=(1.0,), which=(1,)) for who in ("citizen", "clerk")]
    return album.end(noted if marked else [])


def test_pictures_and_sound_are_kept_with_their_times(store: RunStore) -> None:
    seen = ended(store, Page([jpeg(7), jpeg(8), jpeg(None)], blocks(160), blocks(320)))
    (kept,) = (each for each in seen if isinstance(each, PicturesKept))
    assert (kept.number, kept.at_ms, kept.missed) == ((7, 8, None), (1000.0, 1500.0, 2000.0), 1)
    whole = (store.evidence_folder / kept.blob.path).read_bytes()
    assert number_of(whole[kept.ends[0] : kept.ends[1]]) == 8
    (film,) = (each for each in seen if isinstance(each, CameraFilm))
    assert (film.party, len(film.ends)) == ("clerk", 120)
    said, heard = (each for each in seen if isinstance(each, SoundKept))
    assert ((said.sender, said.party), (heard.sender, heard.party)) == (("citizen", "citizen"), ("clerk", "citizen"))
    assert (heard.from_ms, heard.seconds, heard.gaps_ms) == (5000.0, 1.5, 0.0)
    sound, rate = decode_webm_sound((store.evidence_folder / heard.blob.path).read_bytes())
    assert (rate, len(sound), round(float(sound.max()) * 32768)) == (RATE, 24000, 320)
    assert [each.state for each in seen if isinstance(each, TapStatus)] == ["ok"]


def test_of_streams_without_the_benchs_marks_nothing_is_kept(store: RunStore) -> None:
    (status,) = ended(store, Page([jpeg(None)] * 3, blocks(3000), blocks(3000)), marked=False)
    assert isinstance(status, TapStatus)
    assert (status.state, status.reason) == ("silent", "Nothing that bears the bench's marks reached the citizen.")
    assert not (store.evidence_folder / "album").exists()


def test_silence_is_kept_without_marks_for_it_is_nobodys(store: RunStore) -> None:
    seen = ended(store, Page([], [], blocks(0)), marked=False)
    assert [each.sender for each in seen if isinstance(each, SoundKept)] == ["clerk"]


@pytest.mark.parametrize("gone", ["begin", "told"])
def test_a_page_that_is_gone_costs_the_album_and_not_the_call(store: RunStore, gone: str) -> None:
    (status,) = ended(store, Page([jpeg(1)], blocks(1), blocks(1), gone))
    assert isinstance(status, TapStatus)
    assert status.reason.startswith(
        {"begin": "The citizen's page could not begin", "told": "What the citizen's page kept"}[gone]
    )


def test_what_was_missed_in_between_is_silent_and_counted() -> None:
    told = [{"first": 0.0, "ahead": 100.0}, {"first": 8000.0, "ahead": 100.0}]
    told += [{"first": 16000.0 + 16000 * n, "ahead": 100.0} for n in (1, 2)]
    sound, begins, gaps = laid(told, [np.full(8000, 9, np.int16)] * 4)
    assert (begins, gaps) == (100.0, 1500.0)
    assert len(sound) == 4 * 8000 + 24000
    assert not sound[16000:32000].any()


def test_a_block_that_was_told_late_is_not_taken_for_a_gap() -> None:
    told = [{"first": 8000.0 * n, "ahead": 100.0 + (900 if n == 2 else 0)} for n in range(5)]
    assert laid(told, [np.zeros(8000, np.int16)] * 5)[2] == 0.0


def test_flac_gives_back_every_sample() -> None:
    samples = np.random.default_rng(2).integers(-32768, 32767, 50_001).astype(np.int16)
    sound, rate = decode_webm_sound(write_flac(samples, RATE))
    assert rate == RATE
    assert np.array_equal(np.round(sound * 32768).astype(np.int16), samples)
