"""Playing: what is finished is not played again, what was stopped or broke is, and nothing of it is lost."""

from pathlib import Path

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.events import Event, EventBus
from harness.matrix.folder import MatrixFolder
from harness.matrix.plan import FlawPlan, clean_plans, plan_of
from harness.matrix.play import Stop, shard_of
from harness.model.errors import BenchError, RunStoreError, TargetError
from harness.model.matrix import Code, Row
from harness.model.outcome import Outcome
from harness.run import SCENARIOS
from harness.stories import read_stories
from harness.targets.registry import find_target
from tests.matrix.playing import Stage, player
from tests.matrix.rows import CODE, HOST

STORIES = read_stories(SCENARIOS)
OTHER_CODE = Code(digest="ba9876543210")


def planned(*names: str) -> list[FlawPlan]:
    flaws = find_target("townhall").flaws
    return [plan for name in names if (plan := plan_of(flaws[name], CATALOGUE, STORIES))]


def play(stage: Stage, folder: Path, plans: list[FlawPlan], *, keep: bool = False, code: Code = CODE) -> list[Row]:
    return [row for row, _ in player(stage, folder, code).play_all(plans, EventBus(), keep=keep)]


def flaws_of(stage: Stage) -> list[str]:
    return [plan.flaw for plan in stage.played]


def test_row_says_what_was_seen_with_and_without_blindfold(tmp_path: Path) -> None:
    [row] = play(Stage(), tmp_path, planned("key-in-log"))
    assert row.with_outcome(Outcome.FAIL) == {"K07"}
    assert (row.code, row.host, row.error, row.run) == (CODE, HOST, "", "")
    assert {name: outcomes["K07"] for name, outcomes in row.blind.items()} == {
        "browser": Outcome.FAIL,
        "outside": Outcome.FAIL,
        "no-keys": Outcome.INCONCLUSIVE,
    }
    assert MatrixFolder(tmp_path).rows() == [row]


def test_finished_row_is_not_played_again(tmp_path: Path) -> None:
    first = play(Stage(), tmp_path, planned("no-csp"))
    stage = Stage()
    assert play(stage, tmp_path, planned("no-csp", "plain-form"))[0] == first[0]
    assert flaws_of(stage) == ["plain-form"]


@pytest.mark.parametrize(("keep", "played"), [(False, ["no-csp"]), (True, [])])
def test_row_of_other_code_is_played_again_unless_kept(tmp_path: Path, keep: bool, played: list[str]) -> None:
    play(Stage(), tmp_path, planned("no-csp"))
    stage = Stage()
    play(stage, tmp_path, planned("no-csp"), keep=keep, code=OTHER_CODE)
    assert flaws_of(stage) == played


def test_row_of_other_checks_is_played_again_even_if_kept(tmp_path: Path) -> None:
    play(Stage(), tmp_path, [FlawPlan("", (), ("P09",), 1)])
    stage = Stage()
    play(stage, tmp_path, [FlawPlan("", (), ("P04", "P09"), 1)], keep=True)
    assert len(stage.played) == 1


def test_stopping_ends_at_the_next_step_and_writes_no_row(tmp_path: Path) -> None:
    stop = Stop()
    stage = Stage(acts={"plain-form": stop.ask})
    started = player(stage, tmp_path, stop=stop)
    rows = list(started.play_all(planned("no-csp", "plain-form", "key-in-log"), EventBus()))
    assert [row.name for row, _ in rows] == ["no-csp"]
    assert flaws_of(stage) == ["no-csp", "plain-form"]
    assert len(list((tmp_path / "runs").iterdir())) == 1, "the killed run is there until the next start"
    again = Stage()
    assert len(play(again, tmp_path, planned("no-csp", "plain-form", "key-in-log"))) == 3
    assert flaws_of(again) == ["plain-form", "key-in-log"]
    assert list((tmp_path / "runs").iterdir()) == []


def test_no_run_begins_after_the_time_given(tmp_path: Path) -> None:
    clock = iter([0.0, 50.0, 70.0])
    stage = Stage()
    started = player(stage, tmp_path, stop=Stop(60.0, now=lambda: next(clock)))
    rows = list(started.play_all(planned("no-csp", "plain-form", "key-in-log"), EventBus()))
    assert [row.name for row, _ in rows] == ["no-csp", "plain-form"]


def test_interrupt_that_nobody_asked_for_is_not_swallowed(tmp_path: Path) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(Stage(acts={"no-csp": interrupted}), tmp_path, planned("no-csp"))


def test_run_that_could_not_be_played_is_noted_and_played_again(tmp_path: Path) -> None:
    def broken() -> None:
        raise TargetError("The town hall did not start.\nIts log says more.")

    rows = play(Stage(acts={"no-csp": broken}), tmp_path, planned("no-csp", "plain-form"))
    assert [(row.name, row.error) for row in rows] == [("no-csp", "The town hall did not start."), ("plain-form", "")]
    stage = Stage()
    assert [row.error for row in play(stage, tmp_path, planned("no-csp", "plain-form"))] == ["", ""]
    assert flaws_of(stage) == ["no-csp"]


def test_evidence_is_kept_where_the_row_is_not_as_named(tmp_path: Path) -> None:
    [plan] = planned("no-csp")
    wrong = FlawPlan("no-csp", expects=("P04",), checks=plan.checks)
    [row] = play(Stage(), tmp_path, [wrong])
    assert row.with_outcome(Outcome.FAIL) == {"P09"}
    assert (tmp_path / "runs" / row.run / "run.json").is_file()
    [row] = play(Stage(), tmp_path, [plan])
    assert row.run == ""
    MatrixFolder(tmp_path).tidy()
    assert list((tmp_path / "runs").iterdir()) == []


def test_damaged_row_is_named_with_the_mend(tmp_path: Path) -> None:
    play(Stage(), tmp_path, planned("no-csp"))
    file = tmp_path / "rows" / "no-csp.json"
    file.write_text(file.read_text()[:100])
    with pytest.raises(
        RunStoreError, match="is no row of a flaw matrix, or damaged: remove it, and it is played again"
    ):
        play(Stage(), tmp_path, planned("no-csp"))


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text("no folder")
    with pytest.raises(RunStoreError, match="name another folder with --out"):
        play(Stage(), tmp_path, planned("no-csp"))


def test_progress_says_which_run_of_how_many(tmp_path: Path) -> None:
    told: list[Event] = []
    bus = EventBus([told.append])
    list(player(Stage(), tmp_path).play_all(planned("no-csp", "plain-form"), bus))
    assert [event.text for event in told if event.step == "call"] == [
        "[1/2] no-csp: the next step",
        "[2/2] plain-form: the next step",
    ]


def test_shards_are_disjoint_and_hold_everything() -> None:
    plans = clean_plans(7, planned("no-csp"))
    parts = [shard_of(plans, number, 3) for number in (1, 2, 3)]
    assert sorted(plan.number for part in parts for plan in part) == list(range(1, 8))
    with pytest.raises(BenchError, match="There is no shard 4 of 3: name one from 1/3 to 3/3"):
        shard_of(plans, 4, 3)
