"""Releases that were played by turns: what drifts meanwhile is taken for a change, or hides one."""

import random
from pathlib import Path

import pytest

from harness.model.outcome import Outcome
from reports.compare.comparison import Comparison, compare
from reports.compare.figures import LEVEL, Better
from reports.compare.release import Ran, Release, read_release
from reports.compare.said import Said
from tests.reports.compare.stored import store_run

FIGURES: dict[str, Better] = {f"Q{number:02}.whole": "less" for number in range(1, 11)}
PAIRS = 10


def by_turns(
    seed: int, *, later: float = 0.0, step: float = 0.0, pairs: int = PAIRS, paired: bool = True
) -> Comparison:
    """Noise of 8 ms; after half of all runs the machine is slower by ``step``; B is later in its first figure."""
    dice = random.Random(seed)
    runs: dict[str, list[Ran]] = {"A": [], "B": []}
    for pair in range(1, pairs + 1):
        for at, side in enumerate("AB" if pair % 2 else "BA"):
            slow = step if 2 * (pair - 1) + at >= pairs else 0.0
            figures = {name: dice.gauss(120, 8) + slow for name in FIGURES}
            figures["Q01.whole"] += later if side == "B" else 0.0
            runs[side].append(Ran(f"{side}{pair}", {}, figures, {}, pair if paired else 0))
    a, b = (Release(side, tuple(made)) for side, made in runs.items())
    return compare(a, b, FIGURES)


@pytest.mark.parametrize("step", [0.0, 80.0])
def test_alike_releases_are_called_changed_no_more_often_than_promised(step: float) -> None:
    assert sum(by_turns(seed, step=step).worse for seed in range(150)) <= 150 * LEVEL * 1.7


def test_release_slower_by_50_ms_is_found_though_the_machine_grew_slower_by_80() -> None:
    for seed in range(20):
        slower = {each.figure: each for each in by_turns(seed, later=50, step=80).figures if each.change == "worse"}
        assert slower["Q01.whole"].by_pairs
        assert slower["Q01.whole"].pairs == PAIRS
        assert slower["Q01.whole"].shift == pytest.approx(50, abs=15)
    assert not any(by_turns(seed, later=50, step=80, paired=False).worse for seed in range(20)), (
        "without pairs it hides"
    )


def test_on_a_quiet_machine_seven_pairs_are_enough() -> None:
    assert all(by_turns(seed, later=50, pairs=7).worse for seed in range(20))


def test_pairs_are_told_and_that_there_are_too_few() -> None:
    found = Said(by_turns(1, pairs=4), "en")
    assert any("4 pairs of runs were played right after each other" in line for line in found.sentences)
    assert found.comparison.few == 6


def runs(name: str, *seen: tuple[Outcome, float | None]) -> Release:
    """Runs by what Q01 says and by its figure, if there is one."""
    made = [
        Ran(str(at), {"Q01": outcome}, {} if figure is None else {"Q01.whole": figure}, {"Q01": "delay"})
        for at, (outcome, figure) in enumerate(seen)
    ]
    return Release(name, tuple(made))


def test_figure_that_never_varies_costs_the_others_nothing() -> None:
    still = {f"Q{number:02}.whole": 0.0 for number in range(2, 11)}

    def release(name: str, *values: float) -> Release:
        made = [Ran(str(at), {}, {**still, "Q01.whole": each}, {}) for at, each in enumerate(values)]
        return Release(name, tuple(made))

    found = compare(release("A", 1, 2, 3, 4), release("B", 11, 12, 13, 14), FIGURES)
    assert [each.figure for each in found.figures if each.change == "worse"] == ["Q01.whole"]
    assert (found.few, len(found.figures)) == (0, 10)


def test_a_limit_that_is_crossed_now_and_then_is_neither_a_change_nor_flaky() -> None:
    ok, bad = Outcome.PASS, Outcome.FAIL
    a = runs("A", (ok, 179), (ok, 181), (ok, 180), (ok, 182), (ok, 178), (ok, 180.5))
    b = runs("B", (ok, 179), (bad, 181), (ok, 180), (bad, 182), (ok, 178), (bad, 180.5))
    alike = compare(a, b, {"Q01.whole": "less"})
    assert not alike.worse
    assert not alike.too_flaky
    assert not alike.checks
    assert compare(a, b, {}).worse, "where its figure is not compared, the check speaks for itself"


def test_a_figure_that_cannot_be_measured_any_more_is_a_change() -> None:
    seen = runs("A", *((Outcome.PASS, each) for each in (1.0, 2.0, 3.0)))
    blind = (Outcome.INCONCLUSIVE, None)
    assert compare(seen, runs("B", (Outcome.PASS, 1.0), blind, blind, blind), {"Q01.whole": "less"}).too_flaky
    lost = compare(seen, runs("B", blind, blind, blind), {"Q01.whole": "less"})
    assert [each.change for each in lost.checks] == ["worse"]


def test_what_a_check_says_is_shown_where_its_figure_has_shifted() -> None:
    ok, bad = Outcome.PASS, Outcome.FAIL
    a = runs("A", *((ok, 100.0 + at) for at in range(4)))
    b = runs("B", (ok, 150.0), (bad, 151.0), (bad, 152.0), (bad, 153.0))
    found = compare(a, b, {"Q01.whole": "less"})
    [check] = found.checks
    assert (check.change, check.before, check.after) == ("worse", {ok: 4}, {ok: 1, bad: 3})


def test_pairs_are_read_from_the_run_folders(tmp_path: Path) -> None:
    store_run(tmp_path / "one", pair=3, figures={"Q01.whole": 1.0})
    store_run(tmp_path / "two", pair=0, figures={"Q01.whole": 1.0})
    assert [run.pair for run in read_release("A", [tmp_path]).runs] == [3, 0]


def test_runs_of_two_comparisons_in_one_folder_are_no_pairs() -> None:
    twice = Release("A", tuple(Ran(str(at), {}, {"Q01.whole": 1.0 * at}, {}, pair=1) for at in range(2)))
    assert twice.by_pair("Q01.whole") is None
