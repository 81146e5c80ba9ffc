"""Where the sealed part of a stream begins: the definition, for every short stream there can be."""

from itertools import product

import pytest

from harness.wire.early import SEALED_SHARE, early_count, is_sealed

STREAMS = [list(stream) for size in range(11) for stream in product((True, False), repeat=size)]


def plainly(clear: list[bool]) -> int:
    """Of the borders behind which enough sealed frames are, the first with the fewest frames on the wrong side."""
    if not is_sealed(clear):
        return 0
    wrong = {
        border: clear[:border].count(False) + clear[border:].count(True)
        for border in range(len(clear) + 1)
        if clear[border:].count(False) >= SEALED_SHARE * len(clear)
    }
    return min(wrong, key=lambda border: (wrong[border], border))


def test_border_is_that_of_the_definition() -> None:
    for clear in STREAMS:
        assert early_count(clear) == plainly(clear)


@pytest.mark.parametrize("length", [4, 8, 100])
def test_a_quarter_of_sealed_frames_is_enough_and_one_less_is_not(length: int) -> None:
    quarter = length // 4
    assert is_sealed([True] * (length - quarter) + [False] * quarter)
    assert not is_sealed([True] * (length - quarter + 1) + [False] * (quarter - 1))
    assert early_count([True] * (length - quarter) + [False] * quarter) == length - quarter
    assert not is_sealed([])


def test_frames_that_are_short_move_the_border_and_never_make_one() -> None:
    for clear in (stream for stream in STREAMS if len(stream) == 6):
        for short in product((False, True), repeat=6):
            left = [is_clear for is_clear, is_short in zip(clear, short, strict=True) if not is_short]
            early = early_count(clear, short)
            assert is_sealed(clear, short) == is_sealed(left)
            assert early - sum(short[:early]) == early_count(left)
            assert early == 0 or not short[early - 1]  # it ends with a frame that tells
