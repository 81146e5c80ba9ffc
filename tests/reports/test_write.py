"""The folder of reports: the same bytes for the same run, and never half a file."""

from pathlib import Path

import pytest

from harness.model.errors import RunStoreError
from reports import write_reports
from tests.reports.samples import build


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_reports(build("clean"), tmp_path / name) for name in ("a", "b"))
    assert {name: path.name for name, path in first.items()} == {
        "html": "report.html", "pdf": "report.pdf", "junit": "junit.xml", "json": "verdicts.json"}  # fmt: skip
    for name, path in first.items():
        assert path.read_bytes() == second[name].read_bytes()
    written = ["junit.xml", "report.html", "report.pdf", "verdicts.json"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == written


def test_report_is_written_over_an_older_one(tmp_path: Path) -> None:
    write_reports(build("clean"), tmp_path)
    path = write_reports(build("clean", "en"), tmp_path)["html"]
    assert '<html lang="en">' in path.read_text("utf-8")


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunStoreError, match="the reports cannot be written to .*file: .*. Choose another folder."):
        write_reports(build("clean"), tmp_path / "file")
