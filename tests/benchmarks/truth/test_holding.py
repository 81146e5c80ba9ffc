"""How calls are held: one that fails ends no other, and none is told that was not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.truth import holding
from benchmarks.truth.calls import Play, plays
from benchmarks.truth.folder import Folder, left
from benchmarks.truth.holding import Holding, hold
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.page import page
from benchmarks.truth.table import rows
from harness.events import EventBus
from harness.model.errors import BenchError
from harness.quality.ground import Ground
from harness.quality.plan import Trial
from harness.quality.run import QualityRun
from harness.vantage.devices import Look
from tests.benchmarks.truth.made import GOOD, clear_line
from tests.quality_checks.calls import call


def test_what_was_held_is_not_held_again_and_what_failed_is() -> None:
    order = [Play(Trial("clear", 1)), Play(Trial("clear", 2)), Play(Trial("clear", 3))]
    held = [clear_line(), CallSeen(label="clear-2", profile="clear", sentence="Nobody came.")]
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
    players[1]["rate-1000-1"] = 1
    order = plays(["bitrate"])
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    assert _labels(players) == [["clear-1", "rate-1000-1", "rate-700-1", "rate-500-1"], ["rate-1000-1"]]
    assert left(order, Folder(tmp_path).calls()) == []


def test_what_fails_twice_has_its_reason_and_the_others_are_there(players: Players, tmp_path: Path) -> None:
    players[1]["rate-1000-1"] = 9
    order = plays(["bitrate"])
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    kept = Folder(tmp_path).calls()
    assert [each.label for each in left(order, kept)] == ["rate-1000-1"]
    assert [each.sentence for each in kept if not each.connected] == ["KeyError: 'rate-1000-1'"]
    assert players[1]["rate-1000-1"] == 7
    text = page(rows(kept), kept, left(order, kept))
    assert "**1 calls are missing: [see below](#not-in-this-table).**" in text
    assert "* `rate-1000-1`: KeyError: 'rate-1000-1'" in text
    assert "Right before each call 3 % of the machine was busy with other things, at most 3 %." in text


def test_after_two_failures_in_a_row_servers_and_browsers_are_started_anew(players: Players, tmp_path: Path) -> None:
    players[1].update({"clear-1": 1, "rate-1000-1": 1})
    order = plays(["bitrate"])
    hold(order, Folder(tmp_path), EventBus(), Holding(20, 1))
    assert _labels(players) == [["clear-1", "rate-1000-1"], ["rate-700-1", "rate-500-1"], ["clear-1", "rate-1000-1"]]
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

    assert players[0][0].played == [("warm-up", False, 5.0), ("clear-1", True, 20), ("rate-1000-1", True, 20)]
    kept = Folder(tmp_path).calls()
    assert [(each.label, each.profile, each.connected, each.camera) for each in kept] == [
        ("clear-1", "clear", True, "640 x 480, 30 a second"),
        ("rate-1000-1", "rate-1000", True, "640 x 480, 30 a second"),
    ]
    assert left(order, kept) == []
    [folder] = [each for each in tmp_path.iterdir() if each.is_dir()]
    assert json.loads((folder / "run.json").read_text())["complete"]


def test_nothing_is_started_where_nothing_is_left(tmp_path: Path) -> None:
    hold([], Folder(tmp_path), EventBus(), Holding(1, 1))
    assert list(tmp_path.iterdir()) == []
