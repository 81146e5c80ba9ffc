"""What a generator is asked and tells survives the line it is written in, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.errors import LoadError
from load.generator.messages import (
    LONGEST,
    Ask,
    Begin,
    Figures,
    Gone,
    Join,
    Joined,
    Leave,
    Ready,
    Tell,
    Told,
    line_of,
    read_ask,
    read_told,
    reason,
)

FIGURES = Figures(
    number=1, seconds=8.0, streams=4, silent=0, expected=900, lost=3, jitter_p95=0.002, delay_p50=0.004,
    delay_p95=0.009, round_trip_p50=None, late_p95=0.001, late_within=0.99, cpu=0.4, sent=900, received=897,
    own_loss=0, faults=0, memory=1 << 27,
)  # fmt: skip


@given(bot=st.integers(0, 10**6), text=st.text(), role=st.sampled_from(["clerk", "citizen"]))
def test_every_question_comes_back_as_it_was(bot: int, text: str, role: str) -> None:
    asks: list[Ask] = [
        Join.model_validate({"bot": bot, "role": role, "url": text, "cookies": text}), Leave(bot=bot), Begin(),
        Tell(number=bot),
    ]  # fmt: skip
    for ask in asks:
        line = line_of(ask)
        assert line.count(b"\n") == 1
        assert read_ask(line) == ask


@given(bot=st.integers(0, 10**6), why=st.text(), seconds=st.floats(0, 1e6))
def test_every_answer_comes_back_as_it_was(bot: int, why: str, seconds: float) -> None:
    told: list[Told] = [Ready(pid=bot), Joined(bot=bot, seconds=seconds), Gone(bot=bot, why=why), FIGURES]
    for each in told:
        assert read_told(line_of(each)) == each


@given(st.binary(max_size=200))
def test_any_other_line_is_one_named_error(line: bytes) -> None:
    for read in (read_ask, read_told):
        with pytest.raises(LoadError, match=r"The generator (was asked|told) something"):
            read(line)


def test_words_that_no_line_can_hold_are_told_all_the_same() -> None:
    told = Gone(bot=1, why=reason("refused: \ud800" + "x" * 400))
    assert read_told(line_of(told)) == told
    assert told.why.startswith("refused: \\ud800xx")
    assert len(told.why) == LONGEST


def test_question_with_more_than_is_known_is_refused() -> None:
    with pytest.raises(LoadError, match="leave.more Extra inputs are not permitted"):
        read_ask(b'{"ask":"leave","bot":1,"more":2}')
