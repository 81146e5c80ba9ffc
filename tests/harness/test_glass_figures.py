"""Delays, lip-sync, frame rates and freezes from series of which the truth is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.glass_figures import frame_rate, freezes, lip_sync, new_pictures, picture_delays, sound_delays
from harness.model.observations import PicturesDrawn, PicturesShown, SoundMarks

EVERY = 40.0  # ms between pictures: 25 a second


def drawn(count: int) -> PicturesDrawn:
    return PicturesDrawn(media="video", at_ms=tuple(EVERY * n for n in range(count)), number=tuple(range(count)))


def shown(*pictures: tuple[float, int | None], untold: tuple[int, ...] = ()) -> PicturesShown:
    size = (640,) * len(pictures)
    return PicturesShown(
        sender="clerk", media="video", at_ms=tuple(at for at, _ in pictures), number=tuple(n for _, n in pictures),
        width=size, height=size, untold=untold,
    )  # fmt: skip


def marks(*heard: tuple[float, int]) -> SoundMarks:
    return SoundMarks(sender="clerk", at_ms=tuple(at for at, _ in heard), which=tuple(which for _, which in heard))


def test_picture_that_is_shown_again_is_as_late_as_it_was_at_first_and_unread_ones_have_no_delay() -> None:
    seen = shown((130.0, 1), (170.0, 1), (210.0, None), (250.0, 3), (290.0, 99))
    assert picture_delays(drawn(5), seen) == [(40.0, 90.0), (120.0, 130.0)]


@given(st.floats(-250, 6500), st.sets(st.integers(0, 59)))
def test_delays_of_sound_up_to_seconds_are_never_taken_for_shorter_ones(delay: float, lost: set[int]) -> None:
    spoken = [(500.0 * n, n % 16) for n in range(60)]
    heard = [(at + delay, which) for place, (at, which) in enumerate(spoken) if place not in lost]
    found = sound_delays(marks(*spoken), marks(*heard))
    assert [at for at, _ in found] == [at for place, (at, _) in enumerate(spoken) if place not in lost]
    assert all(each == pytest.approx(delay, abs=1e-6) for _, each in found)  # sums of floats lose a little


@given(st.floats(-200, 200), st.floats(20, 900))
def test_lip_sync_is_the_sounds_delay_beyond_the_pictures(offset: float, delay: float) -> None:
    pictures = picture_delays(drawn(200), shown(*((EVERY * n + delay, n) for n in range(200))))
    sounds = [(500.0 * n, delay + offset) for n in range(16)]
    assert [each for _, each in lip_sync(pictures, sounds)] == pytest.approx([offset] * 16, abs=0.01)


def test_sound_without_pictures_beside_it_has_no_lip_sync() -> None:
    assert lip_sync([(0.0, 80.0)], [(5000.0, 80.0)]) == []


@pytest.mark.parametrize("every", [1, 2, 5])
def test_rate_counts_what_is_new_and_what_was_composed_unseen_as_far_as_numbers_have_room(every: int) -> None:
    thinned = shown(*((EVERY * n, n) for n in range(0, 100, every)))
    assert frame_rate(thinned, 0, 1e9) == pytest.approx(25 / every)
    repeated = shown(*((EVERY * n, n - n % every) for n in range(101)))
    assert frame_rate(repeated, 0, EVERY * 100 + 1) == pytest.approx(25 / every)
    halves = tuple((EVERY * n, n) for n in range(0, 101, 2))
    assert frame_rate(shown(*halves, untold=(0,) + (1,) * 50), 0, 1e9) == pytest.approx(25)
    assert frame_rate(shown(*halves, untold=(0,) + (9,) * 50), 0, 1e9) == pytest.approx(25), "more than were drawn"
    assert frame_rate(shown((0.0, 0)), 0, 1e9) == 0.0


@pytest.mark.parametrize("length", [300, 1000, 3000])
@pytest.mark.parametrize("repeats", [False, True])
def test_freezes_are_found_whether_pictures_stop_or_repeat(length: int, repeats: bool) -> None:
    missing = int(length // EVERY)
    pictures = [(EVERY * n, n) for n in range(50)]
    pictures += [(EVERY * n, 49) for n in range(50, 50 + missing)] if repeats else []
    pictures += [(EVERY * n, n) for n in range(50 + missing, 100 + missing)]
    [(at, stood)] = freezes(new_pictures(shown(*pictures)))
    assert at == EVERY * 49
    assert stood == pytest.approx(length, abs=EVERY)


def test_even_pictures_have_no_freeze_however_seldom_they_come() -> None:
    assert freezes([200.0 * n for n in range(40)]) == []
