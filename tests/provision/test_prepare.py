"""The steps: done once, gone on with after a failure, never by two starts at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from harness.model.errors import ProvisionError
from harness.provision import prepare as module
from harness.provision.prepare import Step, prepare
from harness.provision.run import Log


def step(name: str) -> Step:
    """A step that is done when its file is there."""

    def do(root: Path, log: Log) -> None:
        log.run(["sh", "-c", f"echo made {name}; touch {name}"], cwd=root)

    return Step(lambda root: (root / name).exists(), lambda root: f"Making {name}", do)


def failing(root: Path, log: Log) -> None:
    code, last = log.run(["sh", "-c", "echo details; echo reason; exit 7"], cwd=root)
    raise ProvisionError(f"It said {last} and ended with {code}: mend it.")


def test_a_second_start_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "STEPS", (step("a"), step("b")))
    prepare(tmp_path)
    assert "[1/2] Making a …" in capsys.readouterr().err
    assert (tmp_path / ".pruefstand" / "provision.log").read_text().count("\nmade ") == 2
    prepare(tmp_path)
    assert capsys.readouterr().err == ""


def test_a_failure_says_its_mend_and_the_next_start_goes_on_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Step(lambda root: False, lambda root: "Breaking", failing)
    monkeypatch.setattr(module, "STEPS", (step("a"), broken, step("b")))
    with pytest.raises(ProvisionError, match=r"^It said reason and ended with 7: mend it\.$"):
        prepare(tmp_path)
    assert "| details\n      | reason\n" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()
    monkeypatch.setattr(module, "STEPS", (step("a"), step("b")))
    prepare(tmp_path)
    said = capsys.readouterr().err
    assert "Making a" not in said
    assert "Making b" in said


def test_a_step_that_an_earlier_one_settled_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "STEPS", (step("a"), step("a")))
    prepare(tmp_path)
    assert capsys.readouterr().err.count("Making a") == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEPS", (step("a"),))
    (tmp_path / ".pruefstand").touch()
    with pytest.raises(ProvisionError, match=r"/\.pruefstand: File exists; mend that and start again\.$"):
        prepare(tmp_path)


_SLOW_START = """
import os, sys
from pathlib import Path
from harness.provision import prepare as module
from harness.provision.prepare import Step
def do(root, log):
    open(root / "entered", "a").write("x")
    sys.stdin.readline()  # until the test lets it go on
    (root / "made").touch()
module.STEPS = (Step(lambda root: (root / "made").exists(), lambda root: "Making it", do),)
module.prepare(Path(sys.argv[1]))
"""


def test_of_two_starts_one_works_and_the_other_waits_and_finds_it_done(tmp_path: Path) -> None:
    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", _SLOW_START, str(tmp_path)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdin=pipe, stderr=pipe, text=True, cwd=Path(__file__).parents[2])

    with start() as first:
        assert first.stderr is not None
        assert first.stderr.readline() == "[1/1] Making it …\n"
        with start() as second:
            assert second.stderr is not None
            assert second.stderr.readline() == "Another start is preparing the bench: waiting for it.\n"
            first.communicate("go on\n", timeout=30)
            _, said = second.communicate(timeout=30)
            assert (second.returncode, said) == (0, "")
    assert (tmp_path / "entered").read_text() == "x"
