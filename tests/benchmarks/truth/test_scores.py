"""Rows of scores: falling with what is worse, or said."""

from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row
from benchmarks.truth.scores import of_files
from harness.scores.truth import Table
from tests.benchmarks.truth.made import clear_line, rows_of, scored_line


def _vmaf(*calls: CallSeen) -> list[Row]:
    return [row for row in rows_of("scores", *calls) if ": vmaf" in row.planted]


def test_scores_that_fall_are_within_limits_and_one_that_goes_up_is_not() -> None:
    falling = [
        scored_line("clear", 95),
        scored_line("rate-1000", 90),
        scored_line("rate-700", 70),
        scored_line("rate-500", 70.5),
    ]
    [row] = _vmaf(*falling)
    assert (row.planted, row.reached, row.off) == ("bitrate: vmaf falls", True, 0.5)
    assert row.measured == "clear: 95.00, 1000 kbit/s: 90.00, 700 kbit/s: 70.00, 500 kbit/s: 70.50"
    [row] = _vmaf(*falling[:3], scored_line("rate-500", 75))
    assert (row.reached, row.off) == (False, 5)


def test_scores_that_stay_where_they_are_have_not_fallen() -> None:
    same = [scored_line(profile, 90) for profile in ("clear", "rate-1000", "rate-700", "rate-500")]
    assert [row.reached for row in _vmaf(*same)] == [False]


def test_a_score_that_is_missing_is_said_and_is_not_within_limits() -> None:
    [row] = _vmaf(scored_line("clear", 95), scored_line("rate-1000", 90), scored_line("rate-500", 60))
    assert row.reached is False
    assert row.measured.endswith("; not scored: 700 kbit/s")


def test_calls_of_which_nothing_was_scored_are_not_within_limits() -> None:
    held = [clear_line(), CallSeen(label="rate-1000-1", profile="rate-1000", connected=True)]
    assert [(row.planted, row.measured, row.reached) for row in rows_of("scores", *held)] == [
        ("bitrate: vmaf falls", "not measured", False), ("bitrate: speech falls", "not measured", False),
    ]  # fmt: skip
    assert rows_of("scores", clear_line()) == []


def test_wrong_characters_rise_with_the_blur_of_the_page() -> None:
    calls = [scored_line("clear", 0.001, "characters")]
    calls += [
        scored_line("clear", share, "characters", f"page-blur-{px}px") for px, share in ((2, 0.02), (3, 0.2), (4, 0.7))
    ]
    [row] = rows_of("scores", *calls)
    assert row.planted == "blur of the shared page: characters rises"
    assert row.reached


def test_scores_of_files_say_which_step_went_the_wrong_way() -> None:
    table = Table("Pictures", ("bitrate", "VMAF"), (0.0,), False, [("a", (90.0,)), ("b", (80.0,)), ("c", (81.0,))], "x")
    [row] = of_files([table])
    assert (row.reached, row.off, row.planted) == (False, 1.0, "Pictures, a to c")
