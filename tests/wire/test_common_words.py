"""Words that a text and an index share: all of them, and no others."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.wire.common_words import WordFilter, common_words, members, words_at

NOISE = random.Random(3)


@given(
    st.binary(min_size=8, max_size=80), st.lists(st.integers(0, 2**64 - 1), max_size=5), st.integers(1, 8), st.data()
)
def test_the_answer_is_that_of_the_definition(text: bytes, index: list[int], phases: int, data: st.DataObject) -> None:
    every = {at: int.from_bytes(text[at : at + 8], "little") for at in range(len(text) - 7)}
    index += data.draw(st.lists(st.sampled_from(sorted(every.values())), max_size=5))
    skipped = np.array([data.draw(st.booleans()) for _ in text], np.bool_)
    found = common_words(
        np.frombuffer(text, np.uint8), len(every), np.array(index, np.uint64), phases, skipped
    ).tolist()
    assert found == [at for at, word in every.items() if at % 8 < phases and not skipped[at] and word in index]


@pytest.mark.parametrize("count", [1, 1000, 300_000])
def test_a_set_of_any_size_denies_none_of_its_words(count: int) -> None:
    words = np.frombuffer(NOISE.randbytes(8 * count), np.uint64)
    for way in (0, 1):
        assert len(WordFilter(words, way).maybe(words)) == count


def test_a_common_word_is_found_in_a_long_text() -> None:
    text = np.frombuffer(NOISE.randbytes(1_000_003), np.uint8)
    places = np.array([0, 262_139, 262_144, 524_287, 999_995], np.int64)
    index = np.concatenate([words_at(text, places), np.frombuffer(NOISE.randbytes(80_000), np.uint64)])
    assert common_words(text, 999_996, index).tolist() == places.tolist()


def test_nothing_is_found_where_there_is_nothing() -> None:
    text, none = np.frombuffer(NOISE.randbytes(24), np.uint8), np.zeros(0, np.uint64)
    word = words_at(text, np.array([3], np.int64))
    assert common_words(text, 17, word).tolist() == [3]
    for found in (common_words(text, 17, none), common_words(text, 0, word), common_words(text, 17, word + 1)):
        assert (len(found), found.dtype.str) == (0, "<i8")
    assert common_words(text[3:11], 1, word).tolist() == [0]
    assert common_words(text, 3, word).tolist() == []
    assert common_words(text, 4, word).tolist() == [3]
    assert words_at(text[:7], np.zeros(0, np.int64)).tolist() == []


def test_members_are_told_in_long_and_short_lists() -> None:
    values = np.arange(1000, dtype=np.uint64)
    assert np.flatnonzero(members(values, np.array([3, 500, 2000], np.uint64))).tolist() == [3, 500]
    assert np.flatnonzero(members(values, np.arange(0, 3000, 400, dtype=np.uint64))).tolist() == [0, 400, 800]
    assert not members(values, np.zeros(0, np.uint64)).any()
