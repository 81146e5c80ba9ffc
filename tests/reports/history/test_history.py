"""Runs that are kept twice, lost, or drawn wrongly."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness.cli.history import keep_and_draw
from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding, Verdict
from reports.history.database import opened
from reports.inputs import RunInfo
from reports.verdicts_json import VerdictsFile

BEGAN = datetime(2021, 2, 15, 9, tzinfo=UTC)


def judged(day: int, outcome: Outcome = Outcome.PASS, delay: float = 100.0, target: str = "townhall") -> VerdictsFile:
    finding = Finding(outcome=outcome, sentence=Sentence(de="so", en="so"), records=("r1",), figures={"worst": delay})
    return VerdictsFile(
        format="pruefstand-verdicts/1", exit_code=ExitCode.OK if outcome is Outcome.PASS else ExitCode.FAILED,
        run=RunInfo(id=f"run{day}", started=BEGAN + timedelta(days=day), target=target),
        verdicts=(Verdict(check="Q01", name="<script>delay", finding=finding),),
    )  # fmt: skip


def test_runs_come_back_oldest_first_with_outcomes_and_figures(tmp_path: Path) -> None:
    with opened(tmp_path / "h.sqlite") as history:
        for day, outcome in ((2, Outcome.FAIL), (0, Outcome.PASS), (1, Outcome.WEAK)):
            history.keep(judged(day, outcome, 100.0 + day), f"2.{day}")
    with opened(tmp_path / "h.sqlite") as history:
        runs = history.runs()
        assert [(run.id, run.release) for run in runs] == [("run0", "2.0"), ("run1", "2.1"), ("run2", "2.2")]
        assert history.outcomes(runs) == {"Q01 <script>delay": [Outcome.PASS, Outcome.WEAK, Outcome.FAIL]}
        assert history.figures(runs) == {"Q01.worst": [100.0, 101.0, 102.0]}
        assert [run.id for run in history.runs(last=2)] == ["run1", "run2"]
        assert history.runs(target="other") == []


def test_run_that_is_judged_again_is_replaced(tmp_path: Path) -> None:
    with opened(tmp_path / "h.sqlite") as history:
        history.keep(judged(0, Outcome.PASS, 100))
        history.keep(judged(0, Outcome.FAIL, 200))
        [run] = history.runs()
        assert history.figures([run]) == {"Q01.worst": [200.0]}
        assert history.outcomes([run]) == {"Q01 <script>delay": [Outcome.FAIL]}


def test_page_draws_each_check_and_figure_and_keeps_names_text(tmp_path: Path) -> None:
    for day in range(3):
        folder = tmp_path / "runs" / f"run{day}"
        folder.mkdir(parents=True)
        (folder / "verdicts.json").write_text(judged(day).model_dump_json(), "utf-8")
    head, page = keep_and_draw([tmp_path / "runs"], tmp_path / "h.sqlite", tmp_path / "history.html", "en")
    assert head.startswith("3 runs, from ")
    text = Path(page).read_text("utf-8")
    assert text.count("data:image/svg+xml;base64,") == 2
    assert "<script>delay" not in text


def test_history_without_runs_says_so(tmp_path: Path) -> None:
    head, _ = keep_and_draw((), tmp_path / "h.sqlite", tmp_path / "history.html", "de")
    assert head == "Noch ist kein Lauf aufgehoben."


def test_folder_without_runs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunStoreError, match="holds no judged run"):
        keep_and_draw([tmp_path], tmp_path / "h.sqlite", tmp_path / "history.html", "de")


def test_file_that_is_no_history_is_refused_with_its_mend(tmp_path: Path) -> None:
    (tmp_path / "h.sqlite").write_bytes(b"no database" * 200)
    with pytest.raises(RunStoreError, match="name another file with --db"), opened(tmp_path / "h.sqlite"):
        pass


def test_history_of_another_version_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "h.sqlite")
    connection.execute("pragma user_version = 9")
    connection.close()
    with pytest.raises(RunStoreError, match="another version of the bench"), opened(tmp_path / "h.sqlite"):
        pass
