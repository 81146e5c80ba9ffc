"""The canary picture: written, sent and recognised."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from harness.media.decode import iter_video
from harness.media.picture import LOOP, Mark, pictures, recognise_picture, write_camera
from harness.media.scene import HEIGHT, LOOKS, TALL
from harness.model.errors import BenchError

HEAD = b"YUV4MPEG2 W640 H360 F20:1 Ip A1:1 C420jpeg\n"
FRAME = len(b"FRAME\n") + 640 * 360 * 3 // 2


def luma(film: bytes, number: int) -> Image.Image:
    at = len(HEAD) + number * FRAME + len(b"FRAME\n")
    return Image.frombytes("L", (640, 360), film[at : at + 640 * 360])


@pytest.mark.parametrize("party", LOOKS)
def test_the_film_of_a_camera_shows_every_mark_in_order(party: str, tmp_path: Path) -> None:
    file = write_camera(tmp_path / "film.y4m", party, "a1b2c3d4")
    film = file.read_bytes()
    assert film.startswith(HEAD)
    assert len(film) == len(HEAD) + LOOP * FRAME
    assert list(tmp_path.iterdir()) == [file]
    for number in (0, 1, LOOP - 1):
        assert recognise_picture(luma(film, number)) == [Mark(party, "a1b2c3d4", number)]


def test_a_small_film_is_read_too(tmp_path: Path) -> None:
    film = write_camera(tmp_path / "film.y4m", "clerk", "x", shrink=2).read_bytes()
    assert film.startswith(HEAD.replace(b"W640 H360", b"W320 H180"))
    at = len(HEAD) + len(b"FRAME\n")
    first = Image.frombytes("L", (320, 180), film[at : at + 320 * 180])
    assert recognise_picture(first) == [Mark("clerk", "x", 0)]


@pytest.mark.parametrize("party", LOOKS)
def test_the_film_of_a_measured_call_is_of_4_to_3_and_its_mark_lies_free_of_the_strip(party: str) -> None:
    for number, picture in enumerate(islice(pictures(party, "x", height=TALL), 3)):
        assert picture.size == (640, 480)
        covered = picture.copy()
        covered.paste((16, 16, 16), (0, 0, 640, 48))  # inject/strip.js covers the upper tenth
        assert recognise_picture(covered) == [Mark(party, "x", number)]


def test_the_person_in_a_higher_picture_is_as_much_larger_and_does_not_reach_the_mark() -> None:
    low, tall = (np.asarray(next(pictures("clerk", "x", height=height)), np.int16) for height in (HEIGHT, TALL))
    clothes = [np.abs(picture - LOOKS["clerk"].clothes).max(axis=2) < 12 for picture in (low, tall)]
    wide = [np.ptp(np.nonzero(where.any(axis=0))[0]) for where in clothes]
    assert wide[1] == pytest.approx(wide[0] * TALL / HEIGHT, abs=3)
    assert np.nonzero(clothes[1].any(axis=0))[0].max() < 640 - 30 - 240


def test_the_film_keeps_to_the_video_range(tmp_path: Path) -> None:
    film = np.frombuffer(write_camera(tmp_path / "film.y4m", "clerk", "x").read_bytes(), np.uint8)
    first = film[len(HEAD) + len(b"FRAME\n") :][: 640 * 360]
    assert (first.min(), first.max()) == (16, 235)


@pytest.mark.parametrize("party", LOOKS)
def test_marks_survive_a_poor_line(party: str, encode_video: Callable[..., list[bytes]]) -> None:
    sent = encode_video(islice(pictures(party, "a1b2c3d4"), 45), size=(320, 180), bit_rate=150_000)
    shown = list(iter_video("vp9", sent))
    read = [recognise_picture(picture) for picture in shown]
    assert len(shown) == 45
    assert sum(marks == [Mark(party, "a1b2c3d4", number)] for number, marks in enumerate(read)) >= 43


def test_two_people_in_one_picture_are_both_recognised() -> None:
    both = Image.new("RGB", (640, 720))
    both.paste(next(pictures("citizen", "one")), (0, 0))
    both.paste(next(pictures("clerk", "two")), (0, 360))
    assert set(recognise_picture(both)) == {Mark("citizen", "one", 0), Mark("clerk", "two", 0)}


def test_an_array_is_a_picture_too() -> None:
    assert recognise_picture(np.asarray(next(pictures("clerk", "x")))) == [Mark("clerk", "x", 0)]


def test_the_two_parties_look_different_to_people() -> None:
    citizen, clerk = (np.asarray(next(pictures(party, "x")), np.float64)[:, :320] for party in ("citizen", "clerk"))
    assert np.abs(citizen - clerk).mean() > 20


def test_the_person_moves() -> None:
    film = list(islice(pictures("clerk", "x"), 40))
    assert np.abs(np.asarray(film[0], np.float64)[:, :320] - np.asarray(film[39], np.float64)[:, :320]).mean() > 1


def test_noise_and_plain_pictures_have_no_mark() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (360, 640, 3), np.uint8)
    assert recognise_picture(noise) == []
    assert recognise_picture(Image.new("RGB", (640, 360))) == []


def test_a_party_without_a_look_is_named() -> None:
    with pytest.raises(
        BenchError, match=r"^There is no canary picture for 'mayor'; there is one for citizen, clerk, guest\.$"
    ):
        next(pictures("mayor", "x"))


@pytest.mark.parametrize("token", ["", "a|b", "x" * 33])
def test_a_token_that_would_break_the_mark_is_refused(token: str) -> None:
    with pytest.raises(BenchError, match=r"cannot mark a picture: use 1 to 32 letters, digits, - or _\.$"):
        next(pictures("clerk", token))
