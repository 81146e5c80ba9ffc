"""Kept evidence is read with the checks of today: no line stays as an older bench told it, and none is made up."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.truth.again import see_again
from benchmarks.truth.calls import Play
from benchmarks.truth.folder import Folder
from benchmarks.truth.lines import CallSeen
from harness.model.errors import RunStoreError
from harness.quality.plan import Trial
from tests.quality_checks.calls import Defects, call, evidence

PLAY = Play(Trial("clear", 1))
LABEL = PLAY.label
CLEAR = Defects(fps=25.0, camera=25.0)
OLD = CallSeen(
    label=LABEL, profile="clear", connected=True, camera="a camera", load=3.5, busy=7.0, checks={"Q01": "fail"}
)


def _run(folder: Path, label: str = LABEL, name: str = "run", defects: Defects = CLEAR) -> Path:
    file = folder / name / "evidence" / "records.jsonl"
    file.parent.mkdir(parents=True)
    records = evidence(call(label, defects)).records
    ordered = sorted(records, key=lambda record: record.seen.kind == "call")  # which comes when all is written
    file.write_text("".join(f"{record.model_dump_json()}\n" for record in ordered), "utf-8")
    return file


def test_an_older_verdict_is_replaced_and_what_only_the_moment_knew_stays(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.keep(OLD)
    _run(tmp_path, defects=replace(CLEAR, delay=90.0))
    assert see_again([PLAY], folder) == 1
    [line] = folder.calls()
    assert line.checks["Q01"] == "pass"
    assert {stream.glass_ms for stream in line.streams} == {90.0}
    assert (line.load, line.busy, line.camera) == (3.5, 7.0, "a camera")


def test_a_call_of_another_table_and_one_that_failed_stay_as_they_are(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    failed = CallSeen(label=LABEL, profile="clear", sentence="No picture came.")
    folder.keep(failed)
    _run(tmp_path)
    _run(tmp_path, "delay-50-1", "other")
    assert see_again([PLAY], folder) == 0
    assert folder.calls() == [failed]


def test_damaged_evidence_is_said(tmp_path: Path) -> None:
    Folder(tmp_path).keep(OLD)
    _run(tmp_path).write_text("{}\n", "utf-8")
    with pytest.raises(RunStoreError, match=r"records\.jsonl cannot be read: take the run's folder away"):
        see_again([PLAY], Folder(tmp_path))
