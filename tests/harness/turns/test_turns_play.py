"""A comparison by turns is stopped, goes on, and never mixes what does not belong together."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harness.events import Event, EventBus
from harness.model.errors import BenchError, RunStoreError
from harness.turns.folder import TurnsFolder
from harness.turns.plan import Turn, Wanted, turns
from harness.turns.play import play

WANTED = Wanted("old", "new", repeat=3, seed=4)
CODE = {"bench": "0", "a": "1", "b": "2"}


def runner(folder: TurnsFolder, done: list[Turn], stop_after: int = 99) -> Callable[[Turn, EventBus], Path]:
    """Plays by writing run.json; after so many turns it is killed in the midst of one."""

    def run(turn: Turn, events: EventBus) -> Path:
        events.tell("scenario", "a call", 0, 1)
        out = folder.runs(turn.side) / f"{len(list(folder.folder.glob('[ab]/*'))):03}"
        out.mkdir(parents=True)
        ended = len(done) < stop_after
        (out / "run.json").write_text(json.dumps({"turn": asdict(turn), "complete": ended, "seconds": 30.0}))
        if not ended:
            raise KeyboardInterrupt
        done.append(turn)
        return out

    return run


def judged(folder: Path) -> None:
    (folder / "verdicts.json").write_text("{}")


def test_all_turns_are_played_in_their_order(tmp_path: Path) -> None:
    folder, done = TurnsFolder(tmp_path), list[Turn]()
    assert play(WANTED, folder, runner(folder, done), judged, EventBus()) == 6
    assert done == turns(WANTED)
    assert play(WANTED, folder, runner(folder, done), judged, EventBus()) == 0
    assert sorted((each.turn.pair, each.turn.side) for each in folder.finished()) == [
        (pair, side) for pair in (1, 2, 3) for side in "ab"
    ]


def test_what_was_stopped_goes_on_and_the_broken_run_is_counted_and_not_taken(tmp_path: Path) -> None:
    folder, done = TurnsFolder(tmp_path), list[Turn]()
    with pytest.raises(KeyboardInterrupt):
        play(WANTED, folder, runner(folder, done, stop_after=2), judged, EventBus())
    assert (len(folder.finished()), folder.broken_off()) == (2, 1)

    assert play(WANTED, folder, runner(folder, done), judged, EventBus()) == 4
    assert done == turns(WANTED)
    assert (len(folder.finished()), folder.broken_off()) == (6, 1)


def test_run_that_was_played_and_not_judged_is_played_again(tmp_path: Path) -> None:
    folder, done = TurnsFolder(tmp_path), list[Turn]()

    def breaks(_: Path) -> None:
        raise BenchError("The judge broke.")

    with pytest.raises(BenchError):
        play(WANTED, folder, runner(folder, done), breaks, EventBus())
    play(WANTED, folder, runner(folder, done), judged, EventBus())
    assert done == [turns(WANTED)[0], *turns(WANTED)]


def test_progress_says_whose_turn_it_is_and_how_long_the_rest_takes(tmp_path: Path) -> None:
    heard: list[Event] = []
    folder = TurnsFolder(tmp_path)
    play(WANTED, folder, runner(folder, []), judged, EventBus([heard.append]))
    steps = [event for event in heard if event.step == "scenario"]
    assert [(event.done, event.total) for event in steps] == [(at, 6) for at in range(6)]
    assert steps[0].text.startswith("pair 1 of 3, calls of ")
    assert "left" not in steps[0].text, "nothing was played yet that it could be told from"
    assert steps[1].text.endswith(", about 1 min left")
    first = turns(WANTED)[0].side.upper()
    assert heard[1] == Event("turn", f"1/6 {first}: a call"), "what a run tells does not move the bar"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (replace(WANTED, repeat=4), "not the same: repeat"),
        (replace(WANTED, b="newer", seed=5), "not the same: b, seed"),
    ],
)
def test_another_comparison_is_not_mixed_in(tmp_path: Path, other: Wanted, said: str) -> None:
    TurnsFolder(tmp_path).begin(WANTED, CODE)
    TurnsFolder(tmp_path).begin(WANTED, CODE)
    with pytest.raises(RunStoreError, match=said):
        TurnsFolder(tmp_path).begin(other, CODE)


def test_other_code_of_the_same_folder_is_another_comparison(tmp_path: Path) -> None:
    TurnsFolder(tmp_path).begin(WANTED, CODE)
    with pytest.raises(RunStoreError, match="not the same: code"):
        TurnsFolder(tmp_path).begin(WANTED, {**CODE, "b": "3"})


def test_what_lies_there_and_is_no_turn_is_left_alone(tmp_path: Path) -> None:
    folder = TurnsFolder(tmp_path)
    for name, text in (("old", "{}"), ("odd", '{"turn": {"pair": "x"}, "complete": true}')):
        (tmp_path / "a" / name).mkdir(parents=True)
        (tmp_path / "a" / name / "run.json").write_text(text)
    assert (folder.finished(), folder.broken_off()) == ([], 0)


def test_damaged_plan_or_run_is_named(tmp_path: Path) -> None:
    folder = TurnsFolder(tmp_path)
    (tmp_path / "turns.json").write_text("{")
    with pytest.raises(RunStoreError, match=r"turns\.json cannot be read as JSON"):
        folder.begin(WANTED, CODE)
    (tmp_path / "b" / "x").mkdir(parents=True)
    (tmp_path / "b" / "x" / "run.json").write_text("[]")
    with pytest.raises(RunStoreError, match=r"run\.json is damaged"):
        folder.finished()
