"""From lines to rows: what is missing is never within limits."""

from dataclasses import replace

import pytest

from benchmarks.truth.calls import Play
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.seen import seen_of
from harness.model.observations import (
    StatsSeries,
)
from harness.quality.plan import Trial
from tests.benchmarks.truth.made import GOOD, MS, clear_line, delayed_line, line_of, rows_of, waiting
from tests.quality_checks.calls import call, evidence


def test_an_added_delay_is_what_is_more_than_in_the_clear_calls_around() -> None:
    calls = [
        delayed_line("clear-1", "clear", 0, 60), delayed_line("delay-100-1", "delay-100", 1, 172),
        delayed_line("clear-2", "clear", 2, 80), delayed_line("clear-3", "clear", 3, 500),
    ]  # fmt: skip
    found = rows_of("delay", *calls)
    assert [row.off for row in found[::2]] == [2.0] * 4
    assert found[0].planted == "100 ms, picture of the citizen at the clerk"
    assert all(row.reached for row in found[::2])
    assert {(row.measured, row.reached) for row in found[1::2]} == {("not measured", False)}  # no statistics


def _buffered(call: CallSeen, buffer: float, coded: float) -> CallSeen:
    return call.model_copy(
        update={
            "streams": tuple(
                each.model_copy(
                    update={
                        "glass_buffer_ms": buffer, "glass_rest_ms": (each.glass_ms or 0.0) - buffer, "coded_ms": coded,
                    }
                )
                for each in call.streams
            )
        }
    )  # fmt: skip


def test_a_delay_is_told_as_people_have_it_and_without_what_the_receivers_buffer_waited_longer() -> None:
    calls = [
        _buffered(delayed_line("clear-1", "clear", 0, 60), 30.0, 6.0),
        _buffered(delayed_line("delay-50-1", "delay-50", 1, 128), 46.4, 7.0),
    ]
    whole, rest, *_ = rows_of("delay", *calls)
    assert (whole.measured, whole.off, whole.reached) == (
        "68.0 ms (receiver's buffer +16 ms; encoder and decoder +1 ms)", 18.0, False,
    )  # fmt: skip
    assert rest.planted == "50 ms, picture of the citizen at the clerk, without the receiver's buffer"
    assert (rest.measured, rest.off, rest.reached) == ("51.6 ms", 1.6, True)


def test_the_receivers_buffer_is_taken_off_where_it_drifts_within_a_call() -> None:
    late = dict.fromkeys(range(20, 40), 60.0)
    made = call("clear-1", replace(GOOD, late=late))
    made = [waiting(waiting(each, "video", 0.060, 20, 40), "audio", 0.060, 20, 40) for each in made]
    stream = seen_of(evidence(made), Play(Trial("clear", 1))).streams[0]
    assert stream.glass_rest_ms == pytest.approx(50.0, abs=1)  # 80 ms, of which the buffer waited 30
    assert stream.mouth_rest_ms == pytest.approx(60.0, abs=1)
    assert stream.glass_ms != stream.glass_rest_ms


def test_how_long_pictures_were_in_encoder_and_decoder_is_what_their_statistics_say() -> None:
    times = tuple(MS + 1000 * second for second in range(41))
    columns = {
        "outbound-rtp": {"totalEncodeTime": 0.005, "framesEncoded": 1},
        "inbound-rtp": {"totalDecodeTime": 0.002, "framesDecoded": 1},
    }  # fmt: skip
    told = [
        StatsSeries.model_validate(
            {
                "party": party, "of": of, "media": "video", "stream": "x", "at_ms": times,
                "columns": {name: [25 * second * each for second in range(41)] for name, each in counters.items()},
            }
        )
        for party in ("citizen", "clerk")
        for of, counters in columns.items()
    ]  # fmt: skip
    assert {each.coded_ms for each in line_of(Trial("clear", 1), *told).streams} == {7.0}
    assert {each.coded_ms for each in line_of(Trial("clear", 1), *told[1:2]).streams} == {None}


def test_a_delay_without_a_clear_call_is_not_within_limits() -> None:
    found = rows_of("delay", delayed_line("delay-100-1", "delay-100", 1, 172))
    assert {(row.measured, row.reached) for row in found} == {("not measured", False)}
    assert len(found) == 8


def test_the_middle_of_repeated_calls_counts() -> None:
    calls = [delayed_line("clear-1", "clear", 0, 60)]
    calls += [delayed_line(f"delay-50-{n}", "delay-50", n, 60 + more) for n, more in ((1, 48), (2, 51), (3, 90))]
    [row, *_] = rows_of("delay", *calls)
    assert (row.measured, row.off) == ("51.0 ms (3 calls)", 1.0)


def test_a_frame_rate_is_that_of_the_citizens_picture_at_the_clerk() -> None:
    calls = [line_of(Trial("clear", 1, planted=f"rate-{fps}"), fps=float(fps)) for fps in (10, 15)]
    assert [(row.planted, row.reached) for row in rows_of("frames", *calls)] == [
        ("10 a second", True), ("15 a second", True),
    ]  # fmt: skip


def test_calls_in_which_nothing_was_seen_are_not_within_limits() -> None:
    assert [row.reached for row in rows_of("marks", clear_line())] == [False]
    for name, part in (("freeze-1s", "freezes"), ("rate-10", "frames")):
        [row] = rows_of(part, CallSeen(label="a", profile="clear", planted=name, connected=True))
        assert (row.measured, row.reached) == ("not measured", False)
