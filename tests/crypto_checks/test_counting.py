"""The three counts of E12: equal within two frames, never zero, and lost packets excuse only what the server lacks."""

import pytest

from crypto_checks.media.counting import Counts


@pytest.mark.parametrize(
    ("taken", "given", "server", "lost", "match"),
    [
        (40, 40, 40, 0, True),
        (42, 40, 42, 0, True),
        (43, 40, 40, 0, False),
        (40, 40, 43, 0, False),
        (40, 40, 30, 0, True),  # the pacer threw some away
        (40, 40, 29, 0, False),
        (400, 400, 380, 0, True),
        (400, 400, 379, 0, False),
        (40, 40, 27, 3, True),
        (40, 40, 26, 3, False),
        (40, 35, 40, 5, False),  # what the transform dropped was not lost on the way
        (1, 1, 0, 5, False),
        (0, 0, 0, 0, False),
    ],
)
def test_counts_match(taken: int, given: int, server: int, lost: int, match: bool) -> None:
    assert Counts(taken, given, server).match(lost) is match
