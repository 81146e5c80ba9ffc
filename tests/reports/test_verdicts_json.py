"""verdicts.json is stable, carries both languages, and is read back only whole."""

import json
from pathlib import Path

import pytest

from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from reports.inputs import ReportInput, RunInfo
from reports.verdicts_json import read_verdicts, render_verdicts
from tests.reports.samples import EvidenceMaker, build, run_info, verdict


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    given = build("plain-audio", "en")
    path = tmp_path / "verdicts.json"
    path.write_text(render_verdicts(given), "utf-8")
    read = read_verdicts(path)
    assert read.verdicts == tuple(given.verdicts)
    assert read.exit_code is ExitCode.FAILED
    assert read.run == RunInfo.read(given.run)


def test_keys_are_sorted_and_both_languages_are_there() -> None:
    text = render_verdicts(build("clean"))
    content = json.loads(text)
    assert text == json.dumps(content, indent=2, sort_keys=True) + "\n"
    assert content["format"] == "pruefstand-verdicts/1"
    assert content["exit_code"] == 0
    assert set(content["verdicts"][0]["finding"]["sentence"]) == {"de", "en"}


def test_figure_that_is_no_number_is_left_out(maker: EvidenceMaker) -> None:
    figures = {"a": float("nan"), "b": float("inf"), "c": 1.5}
    seen = verdict("E01", Outcome.INCONCLUSIVE, "-", "-", figures=figures)
    content = json.loads(render_verdicts(ReportInput(run_info(), [seen], (), maker.evidence())))
    assert content["verdicts"][0]["finding"]["figures"] == {"c": 1.5}


def test_missing_file_says_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(RunStoreError, match="No such file or directory. Run `./pruefstand judge` on the run."):
        read_verdicts(tmp_path / "verdicts.json")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "pruefstand-verdicts/2"}', "\x00"])
def test_damaged_file_is_a_run_store_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text(content, "utf-8")
    with pytest.raises(RunStoreError, match="is damaged or of another format than pruefstand-verdicts/1."):
        read_verdicts(path)


def test_run_without_needed_facts_names_them() -> None:
    with pytest.raises(RunStoreError, match="run.json cannot be reported on: missing or wrong: id, started, target"):
        RunInfo.read({"started": "yesterday"})
