"""What a CI server is told of a run: annotations, a step's summary, figures; and nothing that a target put in."""

import json
import sys
from pathlib import Path

import pytest

from harness.cli import __main__ as command_line
from tests.reports.ci.reading import read_commands
from tests.reports.samples import run_info
from tests.reports.seal.samples import run_folder

SAID = "::stop-commands::x ##[error]y"


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = run_folder(tmp_path / "run", **(run_info() | {"format": 1, "checks": ["T01"], "lang": "en"}))
    seen = {"kind": "scenario", "name": "x", "title": SAID, "outcome": "failed", "sentence": SAID, "seconds": 1}
    line = {"id": "r00001", "at": 1.0, "seen": seen}
    (folder / "evidence" / "records.jsonl").write_text(json.dumps(line) + "\n")
    return folder


def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["pruefstand", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    return int(ended.value.code or 0), capsys.readouterr().out


def heard(said: str) -> list[str]:
    """The lines that GitHub's runner takes for commands, after what it does itself with ``stop-commands``."""
    lines, token = [], ""
    for line in said.splitlines():
        if token:
            token = "" if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::") or "##[" in line:
            lines.append(line)
    assert not token
    return lines


@pytest.mark.parametrize("command", ["judge", "report"])
def test_on_github_only_our_own_commands_are_heard(
    command: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = tmp_path / "summary"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _, said = call(capsys, monkeypatch, command, run)
    told = read_commands("\n".join(heard(said)))
    assert [each.name for each in told] == ["error", "error", "warning"]
    assert told[0].properties["title"] == "Pruefstand: 1 story failed"
    assert told[1].message == SAID
    assert summary.read_text() == "before\n" + (run / "summary.md").read_text() + "\n"


def test_elsewhere_there_are_annotations_when_asked_for(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "::error" not in call(capsys, monkeypatch, "report", run)[1]
    said = call(capsys, monkeypatch, "report", run, "--github")[1]
    assert "::error title=Pruefstand%3A 1 story failed::" in said
    assert not [line for line in said.splitlines() if line.startswith("::stop-commands::")]
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "::error" not in call(capsys, monkeypatch, "report", run, "--no-github")[1]


def test_metrics_are_written_where_asked_and_nothing_half_is_left(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "collector" / "pruefstand.prom"
    assert call(capsys, monkeypatch, "report", run, "--metrics", file)[0] == 0
    assert file.read_bytes() == (run / "metrics.prom").read_bytes()
    assert list(file.parent.iterdir()) == [file]
    (tmp_path / "taken").write_text("")
    monkeypatch.setattr(
        sys, "argv", ["pruefstand", "report", str(run), "--metrics", str(tmp_path / "taken" / "x.prom")]
    )
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 2
    assert "taken/x.prom cannot be written:" in capsys.readouterr().err


def test_reports_made_again_are_the_same_bytes(
    run: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("summary.md", "badge.svg", "metrics.prom", "results.sarif", "gl-code-quality-report.json", "junit.xml")
    call(capsys, monkeypatch, "report", run)
    before = [(run / name).read_bytes() for name in names]
    call(capsys, monkeypatch, "report", run)
    assert [(run / name).read_bytes() for name in names] == before
