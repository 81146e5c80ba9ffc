"""When the picture came back after a change of keys: told from the pictures alone, never better than it was."""

from harness.model.observations import Moment, PicturesShown
from harness.quality.moments import AFTER, moments_of, picture_after

EVERY = 40.0
SMOOTH = [1000 + EVERY * number for number in range(200)]

CHANGES = [Moment(call="clear-1", party=party, what="key-change", at_ms=2500.0) for party in ("clerk", "citizen")]


def _shown(times: list[float]) -> PicturesShown:
    many = len(times)
    return PicturesShown(
        call="clear-1", party="clerk", sender="citizen", media="video", at_ms=tuple(times), number=(1,) * many,
        width=(640,) * many, height=(360,) * many,
    )  # fmt: skip


def test_the_picture_that_ends_the_standstill_is_the_one_that_came_back() -> None:
    shown = [at for at in SMOOTH if not 3000 < at < 4200]
    assert picture_after(shown, 2500.0) == 4200.0


def test_without_a_standstill_it_is_the_next_picture() -> None:
    assert picture_after(SMOOTH, 2500.0) == 2520.0


def test_a_picture_that_never_comes_back_is_no_moment() -> None:
    assert picture_after([at for at in SMOOTH if at < 2000], 2500.0) is None


def test_a_standstill_that_outlasts_the_time_after_the_change_counts_whole() -> None:
    shown = [at for at in SMOOTH if at < 2600] + [2500.0 + AFTER + 900]
    assert picture_after(shown, 2500.0) == 2500.0 + AFTER + 900


def test_pictures_that_are_few_stand_still_all_the_same() -> None:
    assert picture_after([2566.0, 6600.0, 6640.0], 2500.0) == 6600.0


def test_a_picture_that_stands_still_until_the_end_never_came_back() -> None:
    shown = [at for at in SMOOTH if at < 2600]
    assert picture_after(shown, 2500.0, end_ms=2700.0) == 2520.0
    assert picture_after(shown, 2500.0, end_ms=9000.0) is None
    ended = [Moment(call="clear-1", party="clerk", what="call-ended", at_ms=9000.0)]
    assert [one.what for one in moments_of([_shown(shown)], [*CHANGES, *ended])] == ["first-picture"]


def test_first_pictures_and_changes_are_each_persons_own() -> None:
    shown = _shown(SMOOTH)
    found = moments_of([shown], CHANGES)

    assert [(one.party, one.what, one.at_ms) for one in found] == [
        ("clerk", "first-picture", 1000.0),
        ("clerk", "picture-after-key-change", 2520.0),
    ]
