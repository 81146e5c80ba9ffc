"""The launcher: what it says before it can do anything else, and how fast it is when nothing is to be done."""

import subprocess
import sys
from pathlib import Path

import pytest

from harness.model.errors import ProvisionError
from harness.provision import start

ROOT = Path(__file__).resolve().parents[2]


def test_a_python_that_is_too_old_gets_one_sentence(tmp_path: Path) -> None:
    old = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1], run_name='__main__')"
    said = subprocess.run(
        [sys.executable, "-c", old, str(ROOT / "pruefstand")], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == (
        "pruefstand: Python 3.11 or newer is needed and this is 3.9: "
        "install a newer one and start it by name, for example `python3.12 pruefstand`.\n"
    )


def test_a_step_that_fails_is_a_sentence_and_exit_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(root: Path) -> None:
        raise ProvisionError("It is broken: mend it.")

    monkeypatch.setattr(start, "prepare", fail)
    assert start.main(["verify"]) == 2
    assert capsys.readouterr().err == "pruefstand: It is broken: mend it.\n"


@pytest.mark.parametrize(
    ("arguments", "module", "rest"),
    [
        (["verify", "--flaw", "plain-audio"], "harness.cli", ["verify", "--flaw", "plain-audio"]),
        (["test", "-e", "lint"], "harness.provision.selftest", ["-e", "lint"]),
        ([], "harness.cli", []),
    ],
)
def test_it_becomes_the_bench_with_the_arguments_as_they_are(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], module: str, rest: list[str]
) -> None:
    class Became(Exception):
        pass

    def become(program: str, given: list[str]) -> None:
        raise Became(program, given)

    monkeypatch.setattr(start, "prepare", lambda root: None)
    monkeypatch.setattr("os.execv", become)
    with pytest.raises(Became) as became:
        start.main(arguments)
    python = str(ROOT / ".pruefstand" / "venv" / "bin" / "python")
    assert became.value.args == (python, [python, "-P", "-m", module, *rest])


def test_nothing_that_has_to_be_installed_is_imported_before_it_is() -> None:
    """``-S -I`` leaves out site-packages: what a bare Python does not have would fail here."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import harness.provision.start, harness.provision.apt"
    subprocess.run([sys.executable, "-S", "-I", "-c", code], check=True)
