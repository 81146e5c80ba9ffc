"""What any bytes at all do to the parsers: an answer that is not much larger than they are, or the named error."""

import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.feed import FOUND, bear, feed
from tests.fuzz.parsers import LARGE, PARSERS, Parser
from tests.fuzz.weigh import FIXED, allowed, weight

EACH = pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS.keys())
MIB = 1 << 20
WAITING = 10.0  # seconds of processor time for a large input: a few hundredths where a parser is linear


@st.composite
def changed(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed, cut anywhere, with bytes put in place of some."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=6)):
        data[at] = byte
    begin, end = draw(st.tuples(st.integers(0, 3), st.integers(0, len(data))))
    return bytes(data[begin:]) if begin < 2 else bytes(data[:end])


@EACH
@settings(max_examples=60, suppress_health_check=[HealthCheck.differing_executors])
@given(data=st.data())
def test_any_bytes_are_an_answer_of_bounded_size_or_the_named_error(parser: Parser, data: st.DataObject) -> None:
    bear(parser, data.draw(changed(parser.seeds) | st.binary(max_size=80)))


@EACH
def test_seeded_mutants_are_borne_and_counted(parser: Parser, tmp_path: Path) -> None:
    tally = feed(parser, 300, 60, 1, lambda _: None, tmp_path)
    assert (tally.inputs, tally.found) == (300, [])
    assert tally.refused <= 300


@EACH
def test_a_seed_of_ours_is_read(parser: Parser) -> None:
    """Mutants of what is refused at the first byte would try nothing."""
    assert any(bear(parser, seed) for seed in parser.seeds)


@EACH
def test_a_large_input_of_many_parts_takes_memory_and_time_in_proportion(parser: Parser) -> None:
    for data in parser.large():
        assert len(data) >= LARGE // 2
        began = time.process_time()
        bear(parser, data)
        assert time.process_time() - began < WAITING
        tracemalloc.start()
        try:
            bear(parser, data[: len(data) // 4], weighed=False)
            _, quarter = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert quarter < parser.holds * len(data) // 4 + 16 * MIB


FILES = sorted(file for file in FOUND.glob("*/*") if file.parent.name in PARSERS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_was_found_once_is_borne(file: Path) -> None:
    bear(PARSERS[file.parent.name], file.read_bytes())


def test_every_found_input_is_of_a_parser_that_there_is() -> None:
    assert FILES
    assert [file for file in FOUND.glob("*/*") if file not in FILES] == []


def test_weight_counts_what_an_answer_holds_and_refuses_what_it_does_not_know() -> None:
    assert weight([b"abc", "de", 7, None, {1: (True, 2.5)}]) == 5 * 8 + 3 + 2 + 2 * 8 + 2 * 8
    assert allowed(2, 10) == FIXED + 20
    with pytest.raises(TypeError, match="an answer holds a object, of which the weight is unknown"):
        weight(object())
