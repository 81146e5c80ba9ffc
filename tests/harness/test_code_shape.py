"""How strong a code can be at most, told by its look: never more than it is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.code_shape import code_shape


@pytest.mark.parametrize(
    ("shown", "length", "alphabet"),
    [
        ("4821 0937", 8, 10),
        ("048", 3, 10),
        ("12-34–56", 6, 10),
        ("0a4f 99c1", 8, 16),
        ("Apfel Birne", 10, 26),
        ("k7qz", 4, 36),
        ("🐟🐟🌲", 3, 2),
        ("", 0, 10),
    ],
)
def test_shape_of_a_code(shown: str, length: int, alphabet: int) -> None:
    assert code_shape(shown) == (length, alphabet)


@given(st.text())
def test_any_text_is_survived_and_never_counted_for_more_than_it_has(shown: str) -> None:
    length, alphabet = code_shape(shown)
    assert length <= len(shown.lower())
    assert alphabet >= len({each for each in shown.lower() if not each.isspace() and each not in "-–·"}) or not length
    assert length * math.log2(max(alphabet, 1)) < 64 * max(length, 1)
