"""From the evidence of a call to its line: what was measured of what was planted, and nothing that was not."""

from dataclasses import replace

import pytest

from benchmarks.truth.calls import Play
from benchmarks.truth.lines import CallSeen, Size
from benchmarks.truth.seen import seen_of
from benchmarks.truth.table import rows
from harness.model.observations import (
    AnyObservation,
    CallFact,
    LinkCount,
    ScenarioResult,
    SoundMarks,
    StatsSeries,
)
from harness.quality.plan import Trial
from tests.benchmarks.truth.made import GOOD, MS, line_of, planted, rows_of, waiting
from tests.quality_checks.calls import BEGAN, call, evidence


def test_delays_rates_and_marks_of_a_call_are_those_of_its_evidence() -> None:
    seen = line_of(Trial("delay-100", 1), delay=180.0, sound=190.0, fps=10.0)
    stream = seen.streams[0]
    assert (stream.glass_ms, stream.mouth_ms) == (180.0, 190.0)
    assert stream.rate == pytest.approx(10.0, abs=0.3)
    assert stream.camera == pytest.approx(25.0, abs=0.1)
    assert stream.read == stream.shown > 0
    assert seen.connected
    assert (seen.checks["Q01"], seen.checks["Q09"]) == ("weak", "fail")
    assert seen.said["Q09"].startswith("The frame rate was bad")
    assert "Q05" not in seen.said


def test_marks_that_could_not_be_read_are_counted() -> None:
    seen = line_of(Trial("clear", 1), unread=0.1)
    assert 0.88 < seen.streams[0].read / seen.streams[0].shown < 0.92
    [row, *_] = rows_of("marks", seen)
    assert row.reached is False
    assert row.off == pytest.approx(90, abs=2)


def _linked(lost: int, of: str = "measured") -> list[AnyObservation]:
    made = [
        {"party": "citizen", "direction": way, "of": of, "taken": 10_000, "given": 10_000 - lost, "lost": lost}
        for way in ("up", "down")
    ]
    return [LinkCount.model_validate({**each, "overflowed": 0, "duplicated": 0, "late_p95_ms": 0.1}) for each in made]


def test_loss_is_told_both_ways_beside_the_links_own_count_of_the_same_time() -> None:
    seen = line_of(Trial("loss-5", 1), *_linked(505), *_linked(9999, "call"), loss=0.05, up_loss=0.05)
    assert {each.way: round(each.told / each.of, 3) for each in seen.lost} == {"up": 0.05, "down": 0.05}
    found = rows_of("loss", seen)
    assert [row.reached for row in found] == [True, True]
    assert found[0].planted == "5 % to the citizen"
    assert found[0].measured == "5.00 %; the link lost 5.05 % of 10,000"
    assert seen.late_ms == 0.1


def test_a_loss_that_statistics_do_not_tell_of_is_out_of_limits() -> None:
    seen = line_of(Trial("loss-5", 1), *_linked(505), loss=0.05, up_loss=0.04)
    assert {row.planted: row.reached for row in rows_of("loss", seen)} == {
        "5 % to the citizen": True,
        "5 % from the citizen": False,
    }


def test_without_a_count_of_the_link_no_loss_is_within_limits() -> None:
    found = rows_of("loss", line_of(Trial("loss-5", 1), loss=0.05))
    assert [(row.planted, row.measured, row.reached) for row in found] == [
        ("5 % to the citizen", "not measured", False), ("5 % from the citizen", "not measured", False),
    ]  # fmt: skip


def test_a_freeze_is_as_long_as_it_was_planted() -> None:
    freezes = ((10.0, 11.0), (20.0, 21.0))
    more = [planted("freeze-stops", 1000.0, *each) for each in freezes]
    seen = line_of(Trial("clear", 1, planted="freeze-1s"), *more, freezes=freezes)
    assert [each.planted for each in seen.freezes] == [1000.0, 1000.0]
    assert all(abs(each.measured - 1000) <= 60 for each in seen.freezes)
    assert {each.beside for each in seen.freezes} == {40.0}
    [row] = rows_of("freezes", seen)
    assert row.reached
    assert row.planted == "1000 ms, 2 times"


def test_a_freeze_that_nobody_saw_is_out_of_limits() -> None:
    seen = line_of(Trial("clear", 1, planted="freeze-1s"), planted("freeze-stops", 1000.0, 10, 11))
    [row] = rows_of("freezes", seen)
    assert row.reached is False


def test_the_worst_of_several_freezes_counts() -> None:
    sizes = (Size(planted=300, measured=310), Size(planted=300, measured=150), Size(planted=300, measured=305))
    seen = CallSeen(label="a", profile="clear", planted="freeze-300ms", connected=True, freezes=sizes)
    [row] = rows_of("freezes", seen)
    assert (row.off, row.reached, row.measured) == (-150, False, "310, 150, 305 ms")


def _moved(seen: list[AnyObservation], by: float, begin: float, end: float) -> list[AnyObservation]:
    """The citizen's sound later at the clerk, as far as it was spoken between two seconds."""

    def later(each: AnyObservation) -> AnyObservation:
        if not isinstance(each, SoundMarks) or (each.party, each.sender) != ("clerk", "citizen"):
            return each
        at = tuple(one + by * (begin <= (one - MS) / 1000 < end) for one in each.at_ms)
        return each.model_copy(update={"at_ms": at})

    return [later(each) for each in seen]


def test_an_offset_of_the_sound_is_held_against_the_calls_own_around_it() -> None:
    trial = Trial("clear", 1, planted="sound-steps")
    made = _moved(call(trial.label, replace(GOOD, sound=110.0)), 200.0, 12.0, 24.0)
    set_off = planted("sound-later", 200.0, 12.0, 24.0, "audio").model_copy(update={"call": trial.label})
    seen = seen_of(evidence([*made, set_off]), Play(trial))
    [size] = seen.lips
    assert (size.planted, size.beside) == (200.0, 30.0)
    assert size.measured == pytest.approx(200.0, abs=1)
    assert seen.checks["Q12"] == "fail"
    found = {row.planted: (row.measured, row.reached) for row in rows_of("lips", seen)}
    assert found["+200 ms"] == ("+200.0 ms (own offset +30 ms)", True)
    assert found["+200 ms, without the receiver's buffers"] == ("+200.0 ms", True)
    assert found["-50 ms"] == ("not measured", False)
    assert len(found) == 12


def test_what_the_receivers_buffers_moved_is_told_apart_from_an_offset() -> None:
    trial = Trial("clear", 1, planted="sound-steps")
    made = _moved(call(trial.label, replace(GOOD, sound=110.0)), 220.0, 12.0, 24.0)
    made = [waiting(each, "audio", 0.020, 12, 24) for each in made]
    set_off = planted("sound-later", 200.0, 12.0, 24.0, "audio").model_copy(update={"call": trial.label})
    [size] = seen_of(evidence([*made, set_off]), Play(trial)).lips
    assert size.measured == pytest.approx(220.0, abs=1)
    assert size.rest == pytest.approx(200.0, abs=3)
    gone = [each for each in made if not isinstance(each, StatsSeries) or each.media != "video"]
    assert seen_of(evidence([*gone, set_off]), Play(trial)).lips[0].rest is None


def test_an_offset_with_nothing_beside_it_is_no_figure() -> None:
    set_off = planted("sound-later", 200.0, 0.0, 40.0, "audio")
    assert line_of(Trial("clear", 1, planted="sound-steps"), set_off, sound=290.0).lips == ()


def test_a_call_that_could_not_be_held_has_its_sentence_and_no_row() -> None:
    label = "delay-50-1"
    seen: list[AnyObservation] = [
        ScenarioResult(
            call=label, name=label, outcome="failed", sentence="Nobody came.", seconds=1.0, title="x", title_en="x"
        ),
        CallFact(
            call=label, tenant="w", focus="quality", parties=("citizen", "clerk"), connected=False, began_at=BEGAN,
            ended_at=BEGAN + 1,
        ),
    ]  # fmt: skip
    line = seen_of(evidence(seen), Play(Trial("delay-50", 1)))
    assert (line.connected, line.sentence) == (False, "Nobody came.")
    assert rows([line]) == []
    assert seen_of(evidence(), Play(Trial("delay-50", 2))).connected is False
