"""The truth table of quality: its rows say what the evidence says, and what is missing is never within limits."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import quality_truth
from benchmarks.truth import holding
from benchmarks.truth.calls import FILES, GROUPS, NAMES, Play, plays, without_links
from benchmarks.truth.checks import DEFECTS
from benchmarks.truth.folder import Folder, left
from benchmarks.truth.holding import Holding, hold
from benchmarks.truth.lines import CallSeen, Cost, Lost, Score, Size, Stream
from benchmarks.truth.page import PARTS, page
from benchmarks.truth.row import Row
from benchmarks.truth.scores import of_files
from benchmarks.truth.seen import seen_of
from benchmarks.truth.table import rows
from harness.events import EventBus
from harness.model.errors import BenchError, RunStoreError
from harness.model.observations import (
    AnyObservation,
    CallCost,
    CallFact,
    LinkCount,
    Planted,
    ScenarioResult,
    SoundMarks,
    StatsSeries,
)
from harness.quality.ground import Ground
from harness.quality.networks import network_profile
from harness.quality.plan import Trial
from harness.quality.run import QualityRun
from harness.scores.truth import Table
from harness.vantage.devices import Look
from quality_checks.catalogue import CHECKS
from tests.quality_checks.calls import BEGAN, Defects, call, evidence

MS = BEGAN * 1000
GOOD = Defects(fps=25.0, camera=25.0)


def _seen(trial: Trial, *more: AnyObservation, **defects: Any) -> CallSeen:
    label = trial.label
    seen = [*call(label, replace(GOOD, **defects)), *(each.model_copy(update={"call": label}) for each in more)]
    return seen_of(evidence(seen), Play(trial), "a camera")


def _at(seen: CallSeen, began: float) -> CallSeen:
    return seen.model_copy(update={"began_ms": began})


def _rows(part: str, *calls: CallSeen) -> list[Row]:
    return [row for row in rows(calls) if row.part == part]


def _clear(number: int = 1, **figures: Any) -> CallSeen:
    return CallSeen(label=f"clear-{number}", profile="clear", connected=True, **figures)


# ---- which calls -----------------------------------------------------------------------------------------------------


def test_every_call_has_a_label_of_its_own_and_can_be_played() -> None:
    order = plays((), repeat=2)
    labels = [each.label for each in order]
    assert len(labels) == len(set(labels))
    for each in order:
        network_profile(each.trial.profile)
    assert {"delay-400-2", "loss-0-1", "clear-sound-steps-1", "clear-rate-25-2", "rate-100-1"} <= set(labels)


def test_a_delay_has_a_clear_call_before_and_behind_it() -> None:
    order = [each.trial.profile for each in plays(["delay"])]
    assert order == [
        "clear", "delay-0", "delay-50", "clear", "delay-100", "delay-200", "clear", "delay-400", "clear",
    ]  # fmt: skip


def test_one_clear_scored_call_serves_all_parts_that_want_one() -> None:
    assert [each.trial.label for each in plays(["bitrate", "blur", "page"])].count("clear-1") == 1
    assert "clear-2" not in {each.trial.label for each in plays(["bitrate", "blur", "page"])}


def test_a_label_means_the_same_call_whatever_part_of_the_table_is_held() -> None:
    whole = {each.label: each for each in plays((), repeat=2)}
    for name in GROUPS:
        part = plays([name], repeat=2)
        assert part
        assert {each.label: each for each in part}.items() <= whole.items()
    assert sum(each.scored and each.trial.profile == "clear" and not each.trial.planted for each in whole.values()) == 2


def test_calls_that_nothing_looks_at_stand_between_measured_ones() -> None:
    order = plays(["cost"])
    assert [each.label for each in order] == ["clear-6", "clear-1-unmeasured", "clear-2-unmeasured", "clear-7"]
    assert [each.measured for each in order] == [True, False, False, True]


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(BenchError, match="There is no part 'moss' of the table; there are clear, delay, "):
        plays(["moss"])
    assert plays([FILES]) == []
    assert set(NAMES) == {*GROUPS, FILES}


def test_without_links_the_clear_calls_are_left() -> None:
    assert {each.trial.profile for each in without_links(plays(()))} == {"clear"}


def test_every_defect_that_must_fail_a_check_is_played_and_the_check_is_there() -> None:
    played = {(each.trial.profile, each.trial.planted) for each in plays(())}
    assert {(profile, planted) for profile, planted, _ in DEFECTS} <= played
    assert {check for *_, check in DEFECTS} <= {each.id for each in CHECKS}
    scored = {(each.trial.profile, each.trial.planted) for each in plays(()) if each.scored}
    assert {(profile, planted) for profile, planted, check in DEFECTS if check in ("Q14", "Q15", "Q16")} <= scored


# ---- from evidence to a line -----------------------------------------------------------------------------------------


def test_delays_rates_and_marks_of_a_call_are_those_of_its_evidence() -> None:
    seen = _seen(Trial("delay-100", 1), delay=180.0, sound=190.0, fps=10.0)
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
    seen = _seen(Trial("clear", 1), unread=0.1)
    assert 0.88 < seen.streams[0].read / seen.streams[0].shown < 0.92
    [row, *_] = _rows("marks", seen)
    assert row.reached is False
    assert row.off == pytest.approx(90, abs=2)


def _linked(lost: int, of: str = "measured") -> list[AnyObservation]:
    made = [
        {"party": "citizen", "direction": way, "of": of, "taken": 10_000, "given": 10_000 - lost, "lost": lost}
        for way in ("up", "down")
    ]
    return [LinkCount.model_validate({**each, "overflowed": 0, "duplicated": 0, "late_p95_ms": 0.1}) for each in made]


def test_loss_is_told_both_ways_beside_the_links_own_count_of_the_same_time() -> None:
    seen = _seen(Trial("loss-5", 1), *_linked(505), *_linked(9999, "call"), loss=0.05, up_loss=0.05)
    assert {each.way: round(each.told / each.of, 3) for each in seen.lost} == {"up": 0.05, "down": 0.05}
    found = _rows("loss", seen)
    assert [row.reached for row in found] == [True, True]
    assert found[0].planted == "5 % to the citizen"
    assert found[0].measured == "5.00 %; the link lost 5.05 % of 10,000"
    assert seen.late_ms == 0.1


def test_a_loss_that_statistics_do_not_tell_of_is_out_of_limits() -> None:
    seen = _seen(Trial("loss-5", 1), *_linked(505), loss=0.05, up_loss=0.04)
    assert {row.planted: row.reached for row in _rows("loss", seen)} == {
        "5 % to the citizen": True,
        "5 % from the citizen": False,
    }


def test_without_a_count_of_the_link_no_loss_is_within_limits() -> None:
    found = _rows("loss", _seen(Trial("loss-5", 1), loss=0.05))
    assert [(row.planted, row.measured, row.reached) for row in found] == [
        ("5 % to the citizen", "not measured", False), ("5 % from the citizen", "not measured", False),
    ]  # fmt: skip


def _planted(what: str, value: float, begin: float, end: float, media: str = "video") -> Planted:
    return Planted.model_validate(
        {
            "party": "citizen", "what": what, "media": media, "value": value,
            "from_ms": MS + begin * 1000, "to_ms": MS + end * 1000,
        }
    )  # fmt: skip


def test_a_freeze_is_as_long_as_it_was_planted() -> None:
    freezes = ((10.0, 11.0), (20.0, 21.0))
    more = [_planted("freeze-stops", 1000.0, *each) for each in freezes]
    seen = _seen(Trial("clear", 1, planted="freeze-1s"), *more, freezes=freezes)
    assert [each.planted for each in seen.freezes] == [1000.0, 1000.0]
    assert all(abs(each.measured - 1000) <= 60 for each in seen.freezes)
    assert {each.beside for each in seen.freezes} == {40.0}
    [row] = _rows("freezes", seen)
    assert row.reached
    assert row.planted == "1000 ms, 2 times"


def test_a_freeze_that_nobody_saw_is_out_of_limits() -> None:
    seen = _seen(Trial("clear", 1, planted="freeze-1s"), _planted("freeze-stops", 1000.0, 10, 11))
    [row] = _rows("freezes", seen)
    assert row.reached is False


def test_the_worst_of_several_freezes_counts() -> None:
    sizes = (Size(planted=300, measured=310), Size(planted=300, measured=150), Size(planted=300, measured=305))
    seen = CallSeen(label="a", profile="clear", planted="freeze-300ms", connected=True, freezes=sizes)
    [row] = _rows("freezes", seen)
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
    planted = _planted("sound-later", 200.0, 12.0, 24.0, "audio").model_copy(update={"call": trial.label})
    seen = seen_of(evidence([*made, planted]), Play(trial))
    [size] = seen.lips
    assert (size.planted, size.beside) == (200.0, 30.0)
    assert size.measured == pytest.approx(200.0, abs=1)
    assert seen.checks["Q12"] == "fail"
    found = {row.planted: (row.measured, row.reached) for row in _rows("lips", seen)}
    assert found["+200 ms"] == ("+200.0 ms (own offset +30 ms)", True)
    assert found["+200 ms, without the receiver's buffers"] == ("+200.0 ms", True)
    assert found["-50 ms"] == ("not measured", False)
    assert len(found) == 12


def test_what_the_receivers_buffers_moved_is_told_apart_from_an_offset() -> None:
    trial = Trial("clear", 1, planted="sound-steps")
    made = _moved(call(trial.label, replace(GOOD, sound=110.0)), 220.0, 12.0, 24.0)
    made = [_waiting(each, "audio", 0.020, 12, 24) for each in made]
    planted = _planted("sound-later", 200.0, 12.0, 24.0, "audio").model_copy(update={"call": trial.label})
    [size] = seen_of(evidence([*made, planted]), Play(trial)).lips
    assert size.measured == pytest.approx(220.0, abs=1)
    assert size.rest == pytest.approx(200.0, abs=3)
    gone = [each for each in made if not isinstance(each, StatsSeries) or each.media != "video"]
    assert seen_of(evidence([*gone, planted]), Play(trial)).lips[0].rest is None


def _waiting(each: AnyObservation, media: str, longer: float, begin: int, end: int) -> AnyObservation:
    """The receiver's buffer holds everything longer (s) between two seconds."""
    if not isinstance(each, StatsSeries) or (each.of, each.media) != ("inbound-rtp", media):
        return each
    emitted, waited = each.columns["jitterBufferEmittedCount"], each.columns["jitterBufferDelay"]
    rate = (emitted[1] or 0.0) - (emitted[0] or 0.0)
    more = [(value or 0.0) + longer * rate * max(0, min(at, end) - begin) for at, value in enumerate(waited)]
    return each.model_copy(update={"columns": {**each.columns, "jitterBufferDelay": tuple(more)}})


def test_an_offset_with_nothing_beside_it_is_no_figure() -> None:
    planted = _planted("sound-later", 200.0, 0.0, 40.0, "audio")
    assert _seen(Trial("clear", 1, planted="sound-steps"), planted, sound=290.0).lips == ()


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


# ---- from lines to rows ----------------------------------------------------------------------------------------------


def _delayed(label: str, profile: str, began: float, glass: float) -> CallSeen:
    streams = tuple(
        Stream(viewer=viewer, sender=sender, glass_ms=glass, mouth_ms=glass)
        for viewer, sender in (("clerk", "citizen"), ("citizen", "clerk"))
    )
    return CallSeen(label=label, profile=profile, connected=True, began_ms=began, streams=streams)


def test_an_added_delay_is_what_is_more_than_in_the_clear_calls_around() -> None:
    calls = [
        _delayed("clear-1", "clear", 0, 60), _delayed("delay-100-1", "delay-100", 1, 172),
        _delayed("clear-2", "clear", 2, 80), _delayed("clear-3", "clear", 3, 500),
    ]  # fmt: skip
    found = _rows("delay", *calls)
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
        _buffered(_delayed("clear-1", "clear", 0, 60), 30.0, 6.0),
        _buffered(_delayed("delay-50-1", "delay-50", 1, 128), 46.4, 7.0),
    ]
    whole, rest, *_ = _rows("delay", *calls)
    assert (whole.measured, whole.off, whole.reached) == (
        "68.0 ms (receiver's buffer +16 ms; encoder and decoder +1 ms)", 18.0, False,
    )  # fmt: skip
    assert rest.planted == "50 ms, picture of the citizen at the clerk, without the receiver's buffer"
    assert (rest.measured, rest.off, rest.reached) == ("51.6 ms", 1.6, True)


def test_the_receivers_buffer_is_taken_off_where_it_drifts_within_a_call() -> None:
    late = dict.fromkeys(range(20, 40), 60.0)
    made = call("clear-1", replace(GOOD, late=late))
    made = [_waiting(_waiting(each, "video", 0.060, 20, 40), "audio", 0.060, 20, 40) for each in made]
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
    assert {each.coded_ms for each in _seen(Trial("clear", 1), *told).streams} == {7.0}
    assert {each.coded_ms for each in _seen(Trial("clear", 1), *told[1:2]).streams} == {None}


def test_a_delay_without_a_clear_call_is_not_within_limits() -> None:
    found = _rows("delay", _delayed("delay-100-1", "delay-100", 1, 172))
    assert {(row.measured, row.reached) for row in found} == {("not measured", False)}
    assert len(found) == 8


def test_the_middle_of_repeated_calls_counts() -> None:
    calls = [_delayed("clear-1", "clear", 0, 60)]
    calls += [_delayed(f"delay-50-{n}", "delay-50", n, 60 + more) for n, more in ((1, 48), (2, 51), (3, 90))]
    [row, *_] = _rows("delay", *calls)
    assert (row.measured, row.off) == ("51.0 ms (3 calls)", 1.0)


def test_a_frame_rate_is_that_of_the_citizens_picture_at_the_clerk() -> None:
    calls = [_seen(Trial("clear", 1, planted=f"rate-{fps}"), fps=float(fps)) for fps in (10, 15)]
    assert [(row.planted, row.reached) for row in _rows("frames", *calls)] == [
        ("10 a second", True), ("15 a second", True),
    ]  # fmt: skip


def _scored(profile: str, value: float, figure: str = "vmaf", planted: str = "") -> CallSeen:
    scores = tuple(Score(figure=figure, viewer=viewer, value=value) for viewer in ("citizen", "clerk"))
    return CallSeen(label=f"{profile}{planted}", profile=profile, planted=planted, connected=True, scores=scores)


def _vmaf(*calls: CallSeen) -> list[Row]:
    return [row for row in _rows("scores", *calls) if ": vmaf" in row.planted]


def test_scores_that_fall_are_within_limits_and_one_that_goes_up_is_not() -> None:
    falling = [_scored("clear", 95), _scored("rate-500", 90), _scored("rate-200", 70), _scored("rate-100", 70.5)]
    [row] = _vmaf(*falling)
    assert (row.planted, row.reached, row.off) == ("bitrate: vmaf falls", True, 0.5)
    assert row.measured == "clear: 95.00, 500 kbit/s: 90.00, 200 kbit/s: 70.00, 100 kbit/s: 70.50"
    [row] = _vmaf(*falling[:3], _scored("rate-100", 75))
    assert (row.reached, row.off) == (False, 5)


def test_scores_that_stay_where_they_are_have_not_fallen() -> None:
    same = [_scored(profile, 90) for profile in ("clear", "rate-500", "rate-200", "rate-100")]
    assert [row.reached for row in _vmaf(*same)] == [False]


def test_a_score_that_is_missing_is_said_and_is_not_within_limits() -> None:
    [row] = _vmaf(_scored("clear", 95), _scored("rate-500", 90), _scored("rate-100", 60))
    assert row.reached is False
    assert row.measured.endswith("; not scored: 200 kbit/s")


def test_calls_of_which_nothing_was_scored_are_not_within_limits() -> None:
    held = [_clear(), CallSeen(label="rate-500-1", profile="rate-500", connected=True)]
    assert [(row.planted, row.measured, row.reached) for row in _rows("scores", *held)] == [
        ("bitrate: vmaf falls", "not measured", False), ("bitrate: speech falls", "not measured", False),
    ]  # fmt: skip
    assert _rows("scores", _clear()) == []


def test_calls_in_which_nothing_was_seen_are_not_within_limits() -> None:
    assert [row.reached for row in _rows("marks", _clear())] == [False]
    for name, part in (("freeze-1s", "freezes"), ("rate-10", "frames")):
        [row] = _rows(part, CallSeen(label="a", profile="clear", planted=name, connected=True))
        assert (row.measured, row.reached) == ("not measured", False)


def test_wrong_characters_rise_with_the_blur_of_the_page() -> None:
    calls = [_scored("clear", 0.001, "characters")]
    calls += [
        _scored("clear", share, "characters", f"page-blur-{px}px") for px, share in ((2, 0.02), (3, 0.2), (4, 0.7))
    ]
    [row] = _rows("scores", *calls)
    assert row.planted == "blur of the shared page: characters rises"
    assert row.reached


def test_every_defect_fails_its_check_or_the_row_says_what_it_did() -> None:
    failed = CallSeen(label="a", profile="loss-10", connected=True, checks={"Q05": "fail", "Q07": "weak"})
    found = {row.planted: (row.reached, row.measured) for row in _rows("defects", failed)}
    assert found["loss-10 fails Q05"] == (True, "fail")
    assert found["loss-10 fails Q07"] == (False, "weak")
    assert found["loss-10 fails Q14"] == (False, "not judged")


def test_a_clear_call_passes_or_the_row_says_why_not() -> None:
    calls = [
        _clear(checks={"Q01": "pass", "Q09": "weak", "Q14": "inconclusive", "Q18": "not_applicable"},
               said={"Q09": "Only 24 a second."}),
        _clear(2, checks={"Q01": "pass", "Q09": "pass", "Q14": "pass", "Q18": "not_applicable"},
               scores=(Score(figure="vmaf", viewer="clerk", value=95),)),
    ]  # fmt: skip
    found = {row.planted: (row.reached, row.measured) for row in _rows("clear", *calls)}
    assert found == {
        "Q01 passes": (True, "in 2 of 2 calls"),
        "Q09 passes": (False, "in 1 of 2 calls. Only 24 a second."),
        "Q14 passes": (True, "in 1 of 1 calls"),
        "Q18 passes": (None, "not applicable"),
    }


def test_a_clear_call_that_was_to_be_scored_and_was_not_is_no_pass() -> None:
    call = _clear(checks={"Q14": "inconclusive"}, said={"Q14": "Not judged."}, scored=True)
    [row] = _rows("clear", call)
    assert (row.planted, row.reached) == ("Q14 passes", False)


def test_what_measuring_costs_is_told() -> None:
    costs = (
        Cost(party="clerk", page=0.03, browser=0.6, bench=0.05),
        Cost(party="citizen", page=0.05, browser=0.7, bench=0.05),
    )
    found = [row.measured for row in _rows("cost", _clear(costs=costs, late_ms=0.2))]
    assert found == [
        "4.0 % of a core", "65.0 % of a core", "5.0 % of a core", "95 % of packets later by at most 0.20 ms",
    ]  # fmt: skip


def test_what_a_browser_needs_without_being_measured_is_told_beside_it_and_counts_nowhere_else() -> None:
    plain = _seen_unmeasured()
    assert (plain.label, plain.measured, plain.streams, plain.checks) == ("clear-1-unmeasured", False, (), {})
    costs = (Cost(party="clerk", page=0.03, browser=0.7, bench=0.05),)
    found = rows([_clear(costs=costs), plain])
    assert [(row.planted, row.measured) for row in found if row.part == "cost"][2:4] == [
        ("a browser in a call that nothing looks at", "60.0 % of a core"),
        ("so measuring, in a browser", "10.0 % of a core"),
    ]
    assert rows([plain]) == []


def _seen_unmeasured() -> CallSeen:
    play = Play(Trial("clear", 1), measured=False)
    seen: list[AnyObservation] = [each for each in call(play.label, GOOD) if isinstance(each, (CallFact, CallCost))]
    return seen_of(evidence(seen), play)


def test_a_call_that_was_not_held_counts_nowhere() -> None:
    lost = (Lost(way="up", told=1, of=2, linked=3, taken=4),)
    assert rows([CallSeen(label="a", profile="loss-5", lost=lost, checks={"Q05": "fail"})]) == []


def test_scores_of_files_say_which_step_went_the_wrong_way() -> None:
    table = Table("Pictures", ("bitrate", "VMAF"), (0.0,), False, [("a", (90.0,)), ("b", (80.0,)), ("c", (81.0,))], "x")
    [row] = of_files([table])
    assert (row.reached, row.off, row.planted) == (False, 1.0, "Pictures, a to c")


# ---- what is kept, and the page --------------------------------------------------------------------------------------


def test_lines_are_kept_and_one_cut_off_is_held_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "truth")
    assert folder.calls() == []
    first, second = _clear(), _clear(2)
    folder.keep(first)
    with (folder.path / "calls.jsonl").open("a") as file:
        file.write(second.model_dump_json()[:20])
    assert folder.calls() == [first]
    folder.keep(second)
    assert folder.calls() == [first, second]
    (folder.path / "calls.jsonl").write_text("{}\n")
    with pytest.raises(RunStoreError, match="take the damaged line out, its call is held again"):
        folder.calls()


def test_what_was_held_is_not_held_again_and_what_failed_is() -> None:
    order = [Play(Trial("clear", 1)), Play(Trial("clear", 2)), Play(Trial("clear", 3))]
    held = [_clear(), CallSeen(label="clear-2", profile="clear", sentence="Nobody came.")]
    assert [each.trial.label for each in left(order, held)] == ["clear-2", "clear-3"]


@dataclass
class Player:
    """Stands for what holds calls: writes down a clean one for each."""

    run: QualityRun
    fails: dict[str, int] = field(default_factory=dict)  # label: so many times
    scores: bool = True
    seconds: float = 0.0
    measures: bool = True
    programs: dict[str, str] = field(default_factory=dict)
    played: list[tuple[str, bool, float]] = field(default_factory=list)

    def play(self, trial: Trial, label: str) -> bool:
        self.played.append((label, self.scores, self.seconds))
        if self.fails.get(label):
            self.fails[label] -= 1
            raise KeyError(label)
        for each in call(label, GOOD):
            self.run.store.add(each)
        return True


@pytest.fixture
def players(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Player], dict[str, int]]:
    """Every set of servers and browsers that was started; and what is to fail, and how often."""
    started: list[Player] = []
    fails: dict[str, int] = {}

    @contextmanager
    def player(run: QualityRun, *_: object) -> Iterator[Player]:
        started.append(Player(run, fails))
        yield started[-1]

    monkeypatch.setattr(holding, "call_player", player)
    monkeypatch.setattr(holding, "ground", lambda _: nullcontext(Ground()))
    monkeypatch.setattr(holding, "clean_up_after_killed_runs", lambda: None)
    monkeypatch.setattr("psutil.cpu_percent", lambda **_: 3.0)
    return started, fails


Players = tuple[list[Player], dict[str, int]]


def _labels(players: Players) -> list[list[str]]:
    return [[label for label, *_ in each.played if label != "warm-up"] for each in players[0]]


def test_a_call_that_breaks_ends_no_other_one_and_is_held_again_at_the_end(players: Players, tmp_path: Path) -> None:
    players[1]["rate-500-1"] = 1
    order = plays(["bitrate"])
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    assert _labels(players) == [["clear-1", "rate-500-1", "rate-200-1", "rate-100-1"], ["rate-500-1"]]
    assert left(order, Folder(tmp_path).calls()) == []


def test_what_fails_twice_has_its_reason_and_the_others_are_there(players: Players, tmp_path: Path) -> None:
    players[1]["rate-500-1"] = 9
    order = plays(["bitrate"])
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    kept = Folder(tmp_path).calls()
    assert [each.label for each in left(order, kept)] == ["rate-500-1"]
    assert [each.sentence for each in kept if not each.connected] == ["KeyError: 'rate-500-1'"]
    assert players[1]["rate-500-1"] == 7
    text = page(rows(kept), kept, left(order, kept))
    assert "**1 calls are missing: [see below](#not-in-this-table).**" in text
    assert "* `rate-500-1`: KeyError: 'rate-500-1'" in text
    assert "Right before each call 3 % of the machine was busy with other things, at most 3 %." in text


def test_after_two_failures_in_a_row_servers_and_browsers_are_started_anew(players: Players, tmp_path: Path) -> None:
    players[1].update({"clear-1": 1, "rate-500-1": 1})
    order = plays(["bitrate"])
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    assert _labels(players) == [["clear-1", "rate-500-1"], ["rate-200-1", "rate-100-1"], ["clear-1", "rate-500-1"]]
    assert left(order, Folder(tmp_path).calls()) == []


def test_where_no_call_can_be_held_nobody_waits_for_an_hour_of_them(players: Players, tmp_path: Path) -> None:
    order = plays(())
    players[1].update({each.label: 9 for each in order})
    with pytest.raises(BenchError, match="No call could be held, nor after a fresh start: KeyError"):
        hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    assert [len(each) for each in _labels(players)] == [2, 2]


def test_each_call_is_kept_as_soon_as_it_is_over_and_the_first_one_does_not_count(
    players: Players, tmp_path: Path
) -> None:
    order = plays(["bitrate"])[:2]
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1, Look(640, 480, 30)))

    assert players[0][0].played == [("warm-up", False, 5.0), ("clear-1", True, 20), ("rate-500-1", True, 20)]
    kept = Folder(tmp_path).calls()
    assert [(each.label, each.profile, each.connected, each.camera) for each in kept] == [
        ("clear-1", "clear", True, "640 x 480, 30 a second"),
        ("rate-500-1", "rate-500", True, "640 x 480, 30 a second"),
    ]
    assert left(order, kept) == []
    [folder] = [each for each in tmp_path.iterdir() if each.is_dir()]
    assert json.loads((folder / "run.json").read_text())["complete"]


def test_a_page_can_be_written_of_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Folder(tmp_path / "kept")
    folder.keep(_seen(Trial("clear", 1, planted="rate-10"), fps=10.0))
    written = tmp_path / "page.md"
    given = ["--resume", str(folder.path), "--only", "frames", "--calls", "0", "--write", str(written)]

    assert quality_truth.main(given) == 3  # two calls of these are still to be held

    assert "## Frame rate limited at the sender" in written.read_text("utf-8")
    assert "0 calls to hold" in capsys.readouterr().out
    (folder.path / "calls.jsonl").write_text("{}\n")
    assert quality_truth.main(given) == 2
    assert "take the damaged line out" in capsys.readouterr().out


def test_a_camera_is_written_as_its_size_and_rate(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        quality_truth.main(["--camera", "large"])
    assert "'large' is no camera: write it as 640x480@30." in capsys.readouterr().err


def test_nothing_is_started_where_nothing_is_left(tmp_path: Path) -> None:
    hold([], Folder(tmp_path), EventBus(), Holding(1, 1))
    assert list(tmp_path.iterdir()) == []


def test_rows_of_files_are_made_once_and_only_when_wanted(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    made = [Row(part=FILES, planted="a", measured="b", reached=True)]
    assert folder.files(None) == []
    assert folder.files(lambda: made) == made
    assert folder.files(lambda: pytest.fail("made twice")) == made
    assert json.loads((tmp_path / "files.json").read_text())[0]["part"] == FILES


def test_the_page_says_what_is_not_within_limits_and_what_was_not_played() -> None:
    calls = [_delayed("clear-1", "clear", 0, 60), _delayed("delay-50-1", "delay-50", 1, 130)]
    failed = CallSeen(label="delay-100-1", profile="delay-100", sentence="Nobody | came.")
    text = page(rows(calls), [*calls, failed], [Play(Trial("delay-100", 1)), Play(Trial("delay-200", 1))], "No root.")
    assert "**0 of 9 rows are within their limits.**" in text
    assert "**2 calls are missing: [see below](#not-in-this-table).**" in text
    assert "Not: 50 ms, picture of the citizen at the clerk." in text
    assert "| 50 ms, picture of the citizen at the clerk | 70.0 ms | 20 ms | ≤ 10 ms | **no** |" in text
    assert "Calls over links could not be held: No root." in text
    assert "* `delay-100-1`: Nobody \\| came." in text
    assert "* `delay-200-1`\n" in text
    assert "2 calls of two browsers" in text


def test_every_part_of_the_rows_has_a_place_on_the_page() -> None:
    assert {"delay", "loss", "freezes", "lips", "frames", "scores", FILES, "defects", "clear", "marks", "cost"} == set(
        PARTS
    )
