"""Where the clear beginning of a stream ends: strays must not move the border, and a stream without one has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.wire.early import early_count, is_sealed


def marks(text: str) -> list[bool]:
    """``c`` is a clear frame, ``s`` a sealed one."""
    return [letter == "c" for letter in text]


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("", 0),
        ("ssss", 0),
        ("cccc", 0),
        ("csss", 1),
        ("cccsssss", 3),
        ("s" + "c" * 10 + "s" * 40, 11),  # the tap missed the first frame
        ("c" * 50 + "s" * 5, 0),  # the tap lost its last batch of a plain stream
        ("c" * 20 + "s" + "c" * 30, 0),  # one stray in a plain stream
        ("s" * 20 + "c" + "s" * 20, 0),  # a leak in the steady part
        ("s" * 30 + "c" * 70, 0),  # the transform was dropped in the middle
    ],
)
def test_border_between_early_and_steady(text: str, early: int) -> None:
    assert early_count(marks(text)) == early


@given(st.integers(0, 50), st.integers(1, 200))
def test_clean_cut_is_found_where_it_is(clear: int, sealed: int) -> None:
    frames = [True] * clear + [False] * sealed
    assert early_count(frames) == (clear if is_sealed(frames) else 0)


@given(st.lists(st.booleans(), max_size=60))
def test_early_part_never_takes_the_whole_stream(clear: list[bool]) -> None:
    early = early_count(clear)
    assert 0 <= early <= len(clear)
    assert early == 0 or False in clear[early:]
    assert early == 0 or clear[:early].count(True) > early / 2
