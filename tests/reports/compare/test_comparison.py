"""A release is called changed that is not, or alike that is not."""

import random
from collections.abc import Mapping

from harness.model.outcome import Outcome
from reports.compare.comparison import compare
from reports.compare.figures import LEVEL, Better
from reports.compare.release import Ran, Release

FIGURES: dict[str, Better] = {f"Q{number:02}.worst": "less" for number in range(1, 16)}
RUNS = 8


def release(name: str, *runs: tuple[Mapping[str, Outcome], Mapping[str, float]]) -> Release:
    return Release(
        name,
        tuple(
            Ran(f"{name}{at}", outcomes, figures, {check: f"check {check}" for check in outcomes})
            for at, (outcomes, figures) in enumerate(runs)
        ),
    )


def measured(name: str, seed: int, later: float = 0.0) -> Release:
    """Runs with noise of 8 ms in every figure; the first figure of a slower release is later."""
    chance = random.Random(seed)
    runs = []
    for _ in range(RUNS):
        figures = {figure: chance.gauss(120, 8) for figure in FIGURES}
        figures["Q01.worst"] += later
        runs.append(({"E01": Outcome.PASS}, figures))
    return release(name, *runs)


def said(name: str, *outcomes: Outcome) -> Release:
    return release(name, *(({"E01": outcome, "K01": Outcome.PASS}, {}) for outcome in outcomes))


def test_alike_releases_are_called_changed_no_more_often_than_promised() -> None:
    alarms = sum(compare(measured("A", seed), measured("B", seed + 1000), FIGURES).worse for seed in range(200))
    assert alarms <= 200 * LEVEL * 1.6, "200 comparisons, 5 % promised, and chance"


def test_release_slower_by_50_ms_is_found_every_time() -> None:
    for seed in range(50):
        found = compare(measured("A", seed), measured("B", seed + 1000, later=50), FIGURES)
        slower = [each for each in found.figures if each.change == "worse"]
        assert "Q01.worst" in [each.figure for each in slower]
        [figure] = [each for each in slower if each.figure == "Q01.worst"]
        assert figure.interval is not None
        assert figure.interval[0] < 50 < figure.interval[1] or abs(figure.shift - 50) < 15


def test_release_faster_is_better_and_no_alarm() -> None:
    found = compare(measured("A", 1), measured("B", 2, later=-50), FIGURES)
    assert not found.worse
    assert [each.figure for each in found.figures if each.change == "better"] == ["Q01.worst"]


def test_flaw_is_found_with_one_run_of_each() -> None:
    found = compare(said("A", Outcome.PASS), said("B", Outcome.FAIL), {})
    [changed] = found.checks
    assert (changed.check, changed.change, changed.after) == ("E01", "worse", {Outcome.FAIL: 1})
    assert found.worse


def test_mended_flaw_is_better_and_no_alarm() -> None:
    found = compare(said("A", Outcome.FAIL, Outcome.FAIL), said("B", Outcome.PASS, Outcome.PASS), {})
    assert [each.change for each in found.checks] == ["better"]
    assert not found.worse


def test_failure_that_comes_twice_and_never_before_is_a_change() -> None:
    ok, fail = Outcome.PASS, Outcome.FAIL
    assert compare(said("A", *[ok] * 6), said("B", fail, fail, *[ok] * 4), {}).worse


def test_odd_outcome_in_one_run_is_flaky_and_no_change() -> None:
    ok, odd = Outcome.PASS, Outcome.INCONCLUSIVE
    found = compare(said("A", ok, ok, ok), said("B", ok, odd, ok), {}, budget=0.05)
    assert not found.checks
    assert [(each.release, each.check, each.odd, each.runs) for each in found.flaky] == [("B", "E01", 1, 3)]
    assert found.too_flaky, "one of twelve outcomes is more than 5 %"


def test_what_one_release_alone_has_is_named() -> None:
    a = release("A", ({"E01": Outcome.PASS}, {"Q01.worst": 1.0}))
    b = release("B", ({"K01": Outcome.PASS}, {}))
    assert compare(a, b, FIGURES).gone == ("E01", "K01", "Q01.worst")


def test_too_few_runs_are_told() -> None:
    a = release("A", ({}, {"Q01.worst": 1.0}), ({}, {"Q01.worst": 2.0}))
    found = compare(a, a, {"Q01.worst": "less"})
    assert (found.few, found.figures[0].change) == (4, "same")
