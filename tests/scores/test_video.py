"""Pictures are compared with the one that was sent under their number, and nothing is scored that was not compared."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from harness.media.picture import write_film
from harness.model.errors import BenchError, ProvisionError
from harness.scores import video
from harness.scores.film import Film, luma_of
from harness.scores.spoil import decoded, encoded, lost
from harness.scores.video import FEWEST, Seen, held, pairs, score_video


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return Film(write_film(tmp_path_factory.mktemp("film") / "clerk.film", "clerk", "test", shrink=2))


def _seen(film: Film, *numbers: int) -> list[Seen]:
    return [Seen(number, film.luma(number)) for number in numbers]


def test_each_picture_that_was_shown_stands_beside_the_one_of_its_number(film: Film) -> None:
    beside = list(pairs(_seen(film, 5, 6, 9), film))
    assert len(beside) == 3
    assert all(np.array_equal(sent, seen) for sent, seen in beside)


def test_a_picture_that_was_skipped_stands_beside_the_one_that_was_held_for_it(film: Film) -> None:
    beside = list(held(_seen(film, 5, 9, 6), film))
    assert [np.array_equal(sent, seen) for sent, seen in beside] == [True, True, False, False, True]
    assert np.array_equal(beside[2][1], film.luma(6))
    assert np.array_equal(beside[2][0], film.luma(7))


def test_a_smaller_picture_is_magnified_and_what_is_hidden_is_blank_in_both(film: Film) -> None:
    small = np.asarray(Image.fromarray(film.luma(3)).resize((160, 90)))
    [(sent, seen)] = pairs([Seen(3, small)], film, [(0, 0, 320, 20)])
    assert seen.shape == sent.shape == (180, 320)
    assert np.ptp(sent[:20]) == np.ptp(seen[:20]) == 0
    assert np.ptp(film.luma(3)[:20]) > 0, "the film itself is untouched"


def test_the_film_is_repeated_and_drawn_in_the_colours_of_the_camera(film: Film) -> None:
    assert np.array_equal(film.luma(1), film.luma(1 + len(film)))
    red = Image.new("RGB", (2, 2), (255, 0, 0))
    assert luma_of(red, "bt601")[0, 0] == 16 + round(76 * 219 / 255)
    assert luma_of(red, "bt709")[0, 0] == 16 + round(54 * 219 / 255)
    assert luma_of(red, "bt709-full")[0, 0] == 54


def test_a_file_without_pictures_is_no_film(tmp_path: Path) -> None:
    (tmp_path / "no.film").write_bytes(b"")
    with pytest.raises(BenchError, match=r"no\.film holds no pictures"):
        Film(tmp_path / "no.film")


def test_losses_are_nested_and_the_first_is_never_lost() -> None:
    few, many = lost(500, 0.03), lost(500, 0.2)
    assert all(more for less, more in zip(few, many, strict=True) if less)
    assert not many[0]
    assert sum(lost(5000, 0.1)) / 5000 == pytest.approx(0.1, abs=0.02)


def test_a_frame_that_is_lost_gives_no_picture(film: Film) -> None:
    frames = encoded(film, 12, 400)
    assert [each.number for each in decoded(frames, [at == 3 for at in range(12)])] == [0, 1, 2, *range(4, 12)]


def test_too_few_pictures_have_no_score(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "_ffmpeg", lambda: "ffmpeg")
    with pytest.raises(BenchError, match=f"Only 3 pictures can be compared, which is too few for a score: {FEWEST}"):
        score_video(pairs(_seen(film, 1, 2, 3), film))


def test_an_ffmpeg_that_fails_says_so_in_one_sentence(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "_ffmpeg", lambda: "false")
    with pytest.raises(BenchError, match="ffmpeg could not compare the pictures: it did not say why"):
        score_video(pairs(_seen(film, *range(12)), film))


def test_without_ffmpeg_the_sentence_names_its_package(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise ProvisionError("The ffmpeg that scores pictures is missing: install imageio-ffmpeg.")

    monkeypatch.setattr(video, "_ffmpeg", missing)
    with pytest.raises(ProvisionError, match="install imageio-ffmpeg"):
        score_video(pairs(_seen(film, *range(12)), film))


def test_what_was_not_changed_is_perfect_and_what_was_is_not(film: Film) -> None:
    same = score_video(pairs(_seen(film, *range(FEWEST)), film))
    frames = encoded(film, FEWEST, 20)
    worse = score_video(pairs(decoded(frames, [False] * FEWEST), film))
    assert same.vmaf > 97
    assert same.ssim > 0.999
    assert same.pictures == worse.pictures == FEWEST
    assert worse.vmaf < same.vmaf
    assert worse.psnr < same.psnr
    assert same.by.startswith("ffmpeg ")
