"""What is kept, and the page: it says what is not within limits and what was not played."""

import json
from pathlib import Path

import pytest

from benchmarks import quality_truth
from benchmarks.truth.calls import FILES, Play
from benchmarks.truth.folder import Folder
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.page import PARTS, page
from benchmarks.truth.row import Row
from benchmarks.truth.table import rows
from harness.model.errors import RunStoreError
from harness.quality.plan import Trial
from tests.benchmarks.truth.made import clear_line, delayed_line, line_of


def test_lines_are_kept_and_one_cut_off_is_held_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "truth")
    assert folder.calls() == []
    first, second = clear_line(), clear_line(2)
    folder.keep(first)
    with (folder.path / "calls.jsonl").open("a") as file:
        file.write(second.model_dump_json()[:20])
    assert folder.calls() == [first]
    folder.keep(second)
    assert folder.calls() == [first, second]
    (folder.path / "calls.jsonl").write_text("{}\n")
    with pytest.raises(RunStoreError, match="take the damaged line out, its call is held again"):
        folder.calls()


def test_a_page_can_be_written_of_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Folder(tmp_path / "kept")
    folder.keep(line_of(Trial("clear", 1, planted="rate-10"), fps=10.0))
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


def test_rows_of_files_are_made_once_and_only_when_wanted(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    made = [Row(part=FILES, planted="a", measured="b", reached=True)]
    assert folder.files(None) == []
    assert folder.files(lambda: made) == made
    assert folder.files(lambda: pytest.fail("made twice")) == made
    assert json.loads((tmp_path / "files.json").read_text())[0]["part"] == FILES


def test_the_page_says_what_is_not_within_limits_and_what_was_not_played() -> None:
    calls = [delayed_line("clear-1", "clear", 0, 60), delayed_line("delay-50-1", "delay-50", 1, 130)]
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
