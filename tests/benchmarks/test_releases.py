"""The proof of ``compare`` on real runs, here on runs made up: what it counts, and that nothing is counted twice."""

import random
from pathlib import Path

import pytest

from benchmarks.pairing import after_each_other, by_turns, chances, simulated
from benchmarks.releases import (
    Pair,
    Size,
    alarmed,
    compared,
    dealt,
    drawn,
    found_flaw,
    found_slower,
    pairs_of,
    parts,
    separate,
    share,
    turned,
)
from benchmarks.releases_page import Found, Share, page
from harness.model.outcome import Outcome
from reports.compare.release import Ran
from tests.reports.compare.stored import store_run


def made(pairs: int, later: float = 0.0, outcome: Outcome = Outcome.PASS) -> list[Pair]:
    dice = random.Random(7)

    def ran(side: str, pair: int, more: float, says: Outcome) -> Ran:
        figures = {name: dice.gauss(180, 8) + more for name in ("Q01.whole", "Q02.whole")}
        return Ran(f"{side}{pair}", {"E01": says}, figures, {"E01": "encrypted"}, pair)

    return [
        (ran("a", pair, 0.0, Outcome.PASS), ran("b", pair, later, outcome)) for pair in range(1, pairs + 1)
    ]  # fmt: skip


def test_separate_comparisons_share_no_run_and_a_rest_is_left_out() -> None:
    found = separate(made(19), 8)
    assert [each.runs for each in found] == [(8, 8), (8, 8)]
    assert share(found, alarmed) == Share(0, 2)


def test_slowed_release_is_found_and_alike_ones_are_not() -> None:
    dice = random.Random(1)
    assert share(separate(made(24, later=50), 8), found_slower) == Share(3, 3)
    assert share(drawn(made(24, later=50), 8, 20, dice), found_slower) == Share(20, 20)
    assert share(turned(made(24), 8, 60, dice), alarmed).hits <= 7
    assert share(dealt(made(24), 8, 60, dice), alarmed).hits <= 7


def test_turned_pairs_are_paired_and_dealt_runs_are_not() -> None:
    dice = random.Random(1)
    assert next(turned(made(12), 6, 1, dice)).figures[0].pairs == 6
    assert next(dealt(made(12), 6, 1, dice)).figures[0].pairs == 0


def test_flaw_is_found_with_one_run_of_each() -> None:
    assert share(separate(made(3, outcome=Outcome.FAIL), 1), found_flaw) == Share(3, 3)
    assert share(separate(made(3), 1), found_flaw) == Share(0, 3)


def test_pairs_are_read_as_they_were_played_and_what_was_stopped_is_left_out(tmp_path: Path) -> None:
    for pair, side in ((2, "a"), (2, "b"), (1, "b"), (1, "a"), (3, "a")):
        store_run(tmp_path / side / f"run{pair}", pair=pair, figures={"Q01.whole": 10.0 * pair + (side == "b")})
    found = [(a.figures["Q01.whole"], b.figures["Q01.whole"]) for a, b in pairs_of(tmp_path)]
    assert found == [(10.0, 11.0), (20.0, 21.0)]


def test_parts_of_a_session_are_found_beside_it(tmp_path: Path) -> None:
    for name in ("alike-2", "alike", "slower", "alike-3"):
        (tmp_path / name).mkdir()
    (tmp_path / "alike-2.log").touch()
    assert [each.name for each in parts(tmp_path, "alike")] == ["alike", "alike-2", "alike-3"]


def test_sessions_are_as_long_as_their_comparisons_need() -> None:
    sessions = Size(pairs=8, alike=20, slower=3, flaw=5).sessions
    assert {name: wanted.repeat for name, wanted in sessions.items()} == {"alike": 160, "slower": 24, "flaw": 5}
    assert (sessions["slower"].b, sessions["flaw"].b) == ("townhall@delay-50", "townhall+plain-audio")
    assert (sessions["flaw"].kinds, sessions["flaw"].checks) == (("checks",), ("E01",))


def test_page_says_what_is_independent() -> None:
    whole = compared(made(8, later=50))
    text = page(
        Found(
            pairs=8, runs={"alike": 64, "slower": 48, "flaw": 10}, alike=Share(0, 4), wavered=Share(1, 7),
            slower=Share(3, 3),
            flaw=Share(5, 5), by_size={6: (Share(1, 40), Share(0, 40), Share(40, 40))},
            shifts={each.figure: each for each in whole.figures},
            spread={"Q01.whole": (170.0, 180.0, 190.0), "Q02.whole": (1.0, 2.0, 3.0)}, figures=15,
            seconds=[30.0, 40.0],
        )
    )  # fmt: skip
    assert "| alike | that anything changed | at most 5 % | 0 of 4 |" in text
    assert "| alike, and slowed | that outcomes waver too much (exit code 3) | nothing | 1 of 7 |" in text
    assert "| 6 | 2.5 % | 0.0 % | 100.0 % |" in text
    assert "A run with a call took 35 s on the average." in text
    assert "| glass to glass | 170, 180, 190 ms | +" in text
    assert "not** independent" in text


@pytest.mark.parametrize("machine", ["step", "trend"])
def test_what_a_machine_does_meanwhile_looks_like_a_change_where_releases_follow_each_other(machine: str) -> None:
    dice = random.Random(3)
    values = simulated(machine, 12, 8.0, dice)
    assert chances(values, after_each_other(12, dice))["all runs"] < 0.001
    assert set(chances(values, by_turns(12, dice))) == {"all runs", "pairs", "signs", "both, doubled"}
