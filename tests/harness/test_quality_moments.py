"""When the picture came back after a change of keys: told from the pictures alone, never better than it was."""

from harness.model.observations import Moment, PicturesShown
from harness.quality.moments import moments_of, picture_after

EVERY = 40.0
SMOOTH = [1000 + EVERY * number for number in range(200)]


def test_the_picture_that_ends_the_standstill_is_the_one_that_came_back() -> None:
    shown = [at for at in SMOOTH if not 3000 < at < 4200]
    assert picture_after(shown, 2500.0) == 4200.0


def test_without_a_standstill_it_is_the_next_picture() -> None:
    assert picture_after(SMOOTH, 2500.0) == 2520.0


def test_a_picture_that_never_comes_back_is_no_moment() -> None:
    assert picture_after([at for at in SMOOTH if at < 2000], 2500.0) is None


def test_first_pictures_and_changes_are_each_persons_own() -> None:
    shown = PicturesShown(
        call="clear-1", party="clerk", sender="citizen", media="video", at_ms=tuple(SMOOTH), number=(1,) * 200,
        width=(640,) * 200, height=(360,) * 200,
    )  # fmt: skip
    changes = [Moment(call="clear-1", party=party, what="key-change", at_ms=2500.0) for party in ("clerk", "citizen")]

    found = moments_of([shown], changes)

    assert [(one.party, one.what, one.at_ms) for one in found] == [
        ("clerk", "first-picture", 1000.0),
        ("clerk", "picture-after-key-change", 2520.0),
    ]
