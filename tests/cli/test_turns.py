"""``pruefstand compare --play``: what is refused, what the exit code says, and that a second start plays nothing."""

import json
from collections.abc import Callable
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from harness.cli.compare import exit_code
from harness.cli.turns import compare_turns, play_turns, wanted
from harness.events import EventBus
from harness.model.errors import BenchError
from harness.model.exit_code import ExitCode
from harness.turns.plan import Turn, Wanted
from reports.compare.comparison import BUDGET
from tests.reports.compare.stored import store_run


def asked(a: str = "townhall", b: str = "townhall", **given: object) -> Wanted:
    usual: dict[str, object] = {
        "repeat": 7, "seconds": 15.0, "seed": 1, "network": "clear", "calls": None, "only": (), "browser": "chromium",
        "lang": "en",
    }  # fmt: skip
    return wanted(a, b, **{**usual, **given})  # type: ignore[arg-type]


def played(out: Path, later: float, what: Wanted) -> str:
    """Plays without browsers: a figure of 180 ms and a bit, B's later; returns what the terminal said."""
    seen: list[Turn] = []

    def run(turn: Turn, events: EventBus) -> Path:
        folder = out / turn.side / f"{len(seen):03}"
        folder.mkdir(parents=True)
        (folder / "run.json").write_text(json.dumps({"turn": asdict(turn), "complete": True, "seconds": 30.0}))
        seen.append(turn)
        return folder

    def judge(folder: Path) -> None:
        turn = seen[-1]
        value = 180.0 + (len(seen) * 37 % 11) + (later if turn.side == "b" else 0.0)
        store_run(folder, pair=turn.pair, figures={"Q01.whole": value})

    told = Console(file=StringIO(), width=200)
    play_turns(what, out, told, run=run, judge=judge)
    assert isinstance(told.file, StringIO)
    return told.file.getvalue()


@pytest.mark.parametrize(("later", "code"), [(0.0, ExitCode.OK), (50.0, ExitCode.FAILED), (-50.0, ExitCode.OK)])
def test_exit_code_says_whether_the_second_is_worse(tmp_path: Path, later: float, code: ExitCode) -> None:
    played(tmp_path, later, asked())
    found = compare_turns(asked(), tmp_path, ("", ""), (), BUDGET)
    assert exit_code(found) is code
    assert (found.a, found.b, found.runs) == ("townhall (A)", "townhall (B)", (7, 7))
    assert found.figures[0].pairs == 7


def test_second_start_plays_nothing_and_says_so(tmp_path: Path) -> None:
    assert "pair 7 of 7" in played(tmp_path, 0.0, asked())
    assert "Every run is there already" in played(tmp_path, 0.0, asked())


def test_stopped_it_says_what_is_there_and_how_to_go_on(tmp_path: Path) -> None:
    def stopped(turn: Turn, events: EventBus) -> Path:
        raise KeyboardInterrupt

    told = StringIO()
    with pytest.raises(KeyboardInterrupt):
        play_turns(asked(), tmp_path, Console(file=told, width=200), run=stopped)
    assert "stopped: 0 of 14 runs are there; the same command goes on from here" in told.getvalue()


def test_calls_are_held_where_no_check_is_named() -> None:
    assert asked().kinds == ("calls",)
    assert asked(only=("E01",)).kinds == ("checks",)
    assert asked(only=("E01",), calls=True).kinds == ("calls", "checks")


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (lambda: asked(calls=False), "there is nothing to play"),
        (lambda: asked(only=("E99",)), "E99"),
        (lambda: asked(network="moon"), "There is no network profile 'moon'"),
    ],
)
def test_what_cannot_be_played_is_refused(refused: Callable[[], Wanted], said: str) -> None:
    with pytest.raises(BenchError, match=said):
        refused()


def test_network_is_refused_where_no_calls_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.turns.side.why_not", lambda: None)
    with pytest.raises(BenchError, match="A network is for calls"):
        play_turns(asked(b="townhall@delay-50", only=("E01",)), tmp_path, Console(file=StringIO()))


def test_network_is_refused_beside_what_runs_elsewhere(tmp_path: Path) -> None:
    profile = tmp_path / "hall.toml"
    profile.write_text(
        'name = "x"\nbase_url = "https://x.example"\nclerk_password = "s"\nclerks = { winterbach = "haug" }\n'
    )
    with pytest.raises(BenchError, match="What runs elsewhere is not behind our links"):
        play_turns(asked(a=str(profile), network="delay-100"), tmp_path / "out", Console(file=StringIO()))
    assert not (tmp_path / "out").exists()
