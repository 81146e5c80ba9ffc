"""What was kept becomes figures, or sentences: pictures without a readable number are never guessed at."""

import numpy as np
import pytest

from harness.media.canary import Canaries
from harness.media.picture import LOOP
from harness.model.errors import BenchError, ProvisionError
from harness.scores import scored
from harness.scores.film import COLOURS, Colours, Film, Luma
from harness.scores.kept import Kept, KeptPicture
from harness.scores.scored import coloured, numbered, score_page, score_pictures, score_sound
from harness.scores.video import VideoScores


@pytest.fixture(scope="module")
def canaries(tmp_path_factory: pytest.TempPathFactory) -> Canaries:
    return Canaries(tmp_path_factory.mktemp("canaries"))


def _kept(number: int | None, luma: Luma) -> KeptPicture:
    return KeptPicture(1000.0 + (number or 0), number, luma)


def _flat(luma: Luma) -> Luma:
    return np.full_like(luma, 120)


def test_the_films_own_mark_tells_the_number_and_the_strip_where_that_is_blurred(canaries: Canaries) -> None:
    film = Film(canaries.tall_film("clerk"))
    kept = [_kept(207, film.luma(80)), _kept(208, _flat(film.luma(81))), _kept(209, film.luma(82))]
    assert [each.number for each in numbered(kept, canaries, "clerk", LOOP)] == [80, 81, 82]


@pytest.mark.parametrize("colours", COLOURS)
def test_what_a_browser_makes_of_a_cameras_colours_is_no_loss(canaries: Canaries, colours: Colours) -> None:
    film = Film(canaries.tall_film("clerk"))
    kept = [_kept(None, film.luma(at, colours)) for at in (4, 5)]
    seen = coloured(numbered(kept, canaries, "clerk", LOOP), film)
    assert {each.colours for each in seen} == {colours}


def test_numbers_count_on_where_the_film_begins_again(canaries: Canaries) -> None:
    film = Film(canaries.tall_film("clerk"))
    kept = [_kept(None, film.luma(at)) for at in (LOOP - 2, LOOP - 1, 1, 2)]
    assert [each.number for each in numbered(kept, canaries, "clerk", LOOP)] == [LOOP - 2, LOOP - 1, LOOP + 1, LOOP + 2]


def test_a_picture_without_any_readable_number_is_left_out(canaries: Canaries) -> None:
    film = Film(canaries.tall_film("clerk"))
    kept = [_kept(None, film.luma(80)), _kept(None, _flat(film.luma(81)))]
    assert [each.number for each in numbered(kept, canaries, "clerk", LOOP)] == [80]


def test_pictures_of_somebody_else_are_not_compared(canaries: Canaries) -> None:
    film = Film(canaries.tall_film("citizen"))
    with pytest.raises(BenchError, match="In no picture the mark of the clerk's film could be read"):
        numbered([_kept(1, film.luma(1))], canaries, "clerk", LOOP)


def test_every_figure_names_its_span_its_program_and_how_much_was_compared(
    canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scored, "score_video", lambda compared: VideoScores(91.5, 0.97, 38.0, len([*compared]), "x 1"))
    film = Film(canaries.tall_film("clerk"))
    found = score_pictures(Kept([_kept(at, film.luma(at)) for at in range(4)]), canaries, "citizen", "clerk")
    assert found.missing == []
    assert [(one.figure, one.value) for one in found.found] == [("vmaf", 91.5), ("ssim", 0.97), ("psnr", 38.0)]
    assert {(one.party, one.sender, one.from_ms, one.to_ms, one.of, one.by) for one in found.found} == {
        ("citizen", "clerk", 1000.0, 1003.0, 4, "x 1")
    }


def test_what_cannot_be_had_is_a_sentence_and_no_figure(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ProvisionError("ViSQOL is missing.")

    monkeypatch.setattr(scored, "speak", lambda _: np.zeros(48000, np.float32))
    monkeypatch.setattr(scored, "score_speech", missing)
    assert (score_sound(Kept(), "citizen", "clerk").found, score_sound(Kept(), "citizen", "clerk").missing) == (
        [],
        ["ViSQOL is missing."],
    )
    assert score_page(Kept(), "citizen", "clerk").missing == ["No picture of the shared page was kept."]
    assert score_pictures(Kept(), canaries, "citizen", "clerk").missing == [
        "In no picture the mark of the clerk's film could be read, so none can be compared."
    ]


def test_the_pair_to_look_at_is_the_one_that_differs_most(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scored, "score_video", lambda compared: VideoScores(91.5, 0.97, 38.0, len([*compared]), "x 1"))
    film = Film(canaries.tall_film("clerk"))
    flat = _flat(film.luma(81))
    kept = [_kept(207, film.luma(80)), _kept(208, flat), _kept(209, film.luma(82))]
    pair = score_pictures(Kept(kept), canaries, "citizen", "clerk").pair
    assert pair is not None
    assert (pair.figure, pair.media, pair.number, pair.at_ms) == ("vmaf", "video", 81, 1208.0)
    assert pair.seen is flat
    assert np.array_equal(pair.given, film.luma(81))
    assert score_pictures(Kept(), canaries, "citizen", "clerk").pair is None
