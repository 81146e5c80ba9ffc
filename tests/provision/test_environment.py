"""The environment is made from the lock, noticed when it is out of date, and repaired when it is half finished."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.model.errors import ProvisionError
from harness.provision import environment
from harness.provision.run import Log


class Installers(Log):
    """Stands in for venv and pip, which take 20 s: makes what they make, notes what was run, fails where told to."""

    def __init__(self, interpreter: Path) -> None:
        self.interpreter = interpreter
        self.ran: list[str] = []
        self.failing = ""

    def run(self, command: Sequence[str], *, cwd: Path, env: object = None) -> tuple[int, str]:
        """As ``Log.run``."""
        what = "venv" if "venv" in command else "pip" if "install" in command else "probe"
        self.ran.append(what)
        if what == self.failing:
            return 1, "no"
        if what == "venv":
            venv = Path(command[-1])
            shutil.rmtree(venv, ignore_errors=True)
            (venv / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
            (venv / "bin").mkdir()
            self.interpreter.touch(mode=0o755)
            (venv / "bin" / "python").symlink_to(self.interpreter)
            (venv / "bin" / "pip").write_text(f"#!{venv}/bin/python\n")
        return 0, ""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a lock."""
    (tmp_path / ".pruefstand").mkdir()
    (tmp_path / "requirements.lock").write_text(
        "a==1 \\\n    --hash=sha256:00\n    # via b\nb==2 \\\n    --hash=sha256:00\n"
    )
    return tmp_path


@pytest.fixture
def installers(tmp_path: Path) -> Installers:
    """Fresh stand-ins, on a distribution with Python 3.11."""
    return Installers(tmp_path / "python3.11")


def test_a_changed_lock_is_noticed_and_a_working_environment_kept(root: Path, installers: Installers) -> None:
    assert not environment.is_done(root)
    assert environment.title(root) == "Installing 2 locked Python packages into .pruefstand/venv"
    environment.make(root, installers)
    assert environment.is_done(root)
    (root / "requirements.lock").write_text("a==2\n")
    assert not environment.is_done(root)
    environment.make(root, installers)
    assert environment.is_done(root)
    assert installers.ran == ["venv", "pip", "probe", "pip"]


def test_an_environment_stays_whichever_python_starts_the_launcher(
    root: Path, installers: Installers, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.make(root, installers)
    monkeypatch.setattr(sys, "version_info", (3, 13, 0, "final", 0))
    monkeypatch.setattr(sys, "executable", "/opt/another/python3.13")
    assert environment.is_done(root)


def test_an_upgraded_distribution_makes_a_new_environment(root: Path, installers: Installers, tmp_path: Path) -> None:
    environment.make(root, installers)
    newer = tmp_path / "python3.13"
    installers.interpreter.rename(newer)
    installers.interpreter.symlink_to(newer)  # as /usr/bin/python3 points elsewhere after the upgrade
    assert not environment.is_done(root)
    environment.make(root, installers)
    assert installers.ran == ["venv", "pip", "venv", "pip"]


def test_the_checkout_is_found_from_anywhere(root: Path, installers: Installers) -> None:
    environment.make(root, installers)
    assert (root / ".pruefstand/venv/lib/python3.11/site-packages/pruefstand.pth").read_text() == f"{root}\n"


def test_what_a_killed_start_left_half_installed_is_cleared(root: Path, installers: Installers) -> None:
    installers.failing = "pip"
    with pytest.raises(ProvisionError):
        environment.make(root, installers)
    half = root / ".pruefstand/venv/lib/python3.11/site-packages/half.py"
    half.touch()
    installers.failing = ""
    environment.make(root, installers)
    assert not half.exists()
    assert environment.is_done(root)


def test_an_environment_that_was_moved_is_made_anew(root: Path, installers: Installers, tmp_path: Path) -> None:
    environment.make(root, installers)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for part in (".pruefstand", "requirements.lock"):
        (root / part).rename(moved / part)
    assert not environment.is_done(moved)
    environment.make(moved, installers)
    assert installers.ran == ["venv", "pip", "venv", "pip"]


@pytest.mark.parametrize(
    ("failing", "sentence"),
    [
        (
            "venv",
            f"Python could not make .pruefstand/venv: install python3.{sys.version_info.minor}-venv, then start again.",
        ),
        (
            "pip",
            (
                "pip could not install the locked packages: check the network and the package index that pip is set to "
                "(`pip config list`), then start again; all it said is in .pruefstand/provision.log."
            ),
        ),
    ],
)
def test_an_installer_that_fails_is_one_sentence_with_the_mend(
    root: Path, installers: Installers, failing: str, sentence: str
) -> None:
    installers.failing = failing
    with pytest.raises(ProvisionError) as caught:
        environment.make(root, installers)
    assert str(caught.value) == sentence
    assert not environment.is_done(root)
