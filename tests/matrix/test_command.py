"""``pruefstand flaws --live``: its exit code, its pages, and that a signal ends it between two steps."""

import io
import os
import signal
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from harness.cli.__main__ import app
from harness.cli.matrix import Wanted, plans_for, play_matrix
from harness.matrix.folder import MatrixFolder
from harness.model.errors import BenchError, TargetError
from harness.targets.registry import find_target
from tests.matrix.playing import Stage, player

TOWNHALL = find_target("townhall")


def play(stage: Stage, wanted: Wanted) -> tuple[int, str]:
    """The exit code, and what was told."""
    told = Console(file=io.StringIO(), width=200)
    code = play_matrix(wanted, told, player=player(stage, wanted.out))
    assert isinstance(told.file, io.StringIO)
    return code, told.file.getvalue()


def test_everything_caught_is_zero_and_written(tmp_path: Path) -> None:
    copy = tmp_path / "docs" / "flaw-matrix.md"
    wanted = Wanted(flaws=["no-csp"], checks=["P09"], clean=1, out=tmp_path / "m", write=[copy], lang="en")
    code, told = play(Stage(), wanted)
    assert code == 0
    assert "no-csp: caught by P09 (" in told
    assert "clean-01: no false alarm (" in told
    assert {file.name for file in (tmp_path / "m").glob("*.*")} == {
        "matrix.json", "flaw-matrix.md", "flaw-matrix.rates.json", "flaw-matrix.html",
    }  # fmt: skip
    assert copy.read_text() == (tmp_path / "m" / "flaw-matrix.md").read_text()


def test_broken_run_is_two_and_the_others_are_played(tmp_path: Path) -> None:
    def broken() -> None:
        raise TargetError("The town hall did not start.")

    wanted = Wanted(flaws=["no-csp", "plain-form"], out=tmp_path)
    code, told = play(Stage(acts={"plain-form": broken}), wanted)
    assert code == 2
    assert "plain-form: The town hall did not start. (" in told
    assert "no-csp: caught by P09 (" in told


def test_flaw_that_is_not_caught_is_one_even_beside_a_broken_run(tmp_path: Path) -> None:
    def broken() -> None:
        raise TargetError("The town hall did not start.")

    wanted = Wanted(flaws=["no-csp", "plain-form"], out=tmp_path)
    code, told = play(Stage(acts={"plain-form": broken}, hide=("no-csp",)), wanted)
    assert code == 1
    assert "no-csp: missed P09 (" in told


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_at_the_next_step_and_the_page_is_written(tmp_path: Path, name: signal.Signals) -> None:
    before = signal.getsignal(name)
    wanted = Wanted(flaws=["no-csp", "plain-form"], out=tmp_path, lang="en")
    code, told = play(Stage(acts={"no-csp": lambda: os.kill(os.getpid(), name)}), wanted)
    assert code == 3
    assert "stopped: 1 of 2 rows are there; the same command goes on from here" in told
    assert [row.name for row in MatrixFolder(tmp_path).rows()] == ["plain-form"]
    assert "no-csp" in (tmp_path / "flaw-matrix.md").read_text("utf-8")
    assert signal.getsignal(name) is before
    assert play(Stage(), wanted)[0] == 0


def test_no_time_plays_nothing_and_says_so(tmp_path: Path) -> None:
    stage = Stage()
    told = Console(file=io.StringIO(), width=200)
    started = player(stage, tmp_path)
    started.stop.until = 0.0
    assert play_matrix(Wanted(flaws=["no-csp"], out=tmp_path), told, player=started) == 3
    assert stage.played == []


def test_shards_share_the_work(tmp_path: Path) -> None:
    whole = [plan.name for plan in plans_for(Wanted(clean=3), TOWNHALL)]
    parts = [[plan.name for plan in plans_for(Wanted(clean=3, shard=f"{k}/4"), TOWNHALL)] for k in (1, 2, 3, 4)]
    assert sorted(name for part in parts for name in part) == sorted(whole)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize("shard", ["1", "a/b", "1/0", "/", "-1/2"])
def test_shard_that_is_none_is_refused(shard: str) -> None:
    with pytest.raises(BenchError, match="names no shard: write K/N, for example 2/8"):
        plans_for(Wanted(shard=shard), TOWNHALL)


def test_unknown_flaw_and_check_are_told_what_there_is() -> None:
    with pytest.raises(BenchError, match="There is no flaw 'no-such'"):
        plans_for(Wanted(flaws=["no-such"]), TOWNHALL)
    with pytest.raises(BenchError, match="There is no check “X99”"):
        plans_for(Wanted(checks=["X99"]), TOWNHALL)


def test_without_live_the_page_is_written_of_what_is_there(tmp_path: Path) -> None:
    play(Stage(), Wanted(flaws=["no-csp"], out=tmp_path / "m"))
    page = tmp_path / "page.md"
    said = CliRunner().invoke(app, ["flaws", "--out", str(tmp_path / "m"), "--write", str(page), "--lang", "en"])
    assert (said.exit_code, said.output) == (0, "")
    assert "| no-csp |" in page.read_text("utf-8")


def test_without_rows_there_is_no_page(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["flaws", "--out", str(tmp_path), "--write", str(tmp_path / "page.md")])
    assert isinstance(said.exception, BenchError)
    assert str(said.exception) == f"There is no row in {tmp_path} yet: play some with 'pruefstand flaws --live'."


def test_without_options_flaws_are_listed() -> None:
    assert "plain-media" in CliRunner().invoke(app, ["flaws"]).output
