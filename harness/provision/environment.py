"""Step: the bench's own Python environment, from the lock file and nothing else."""

import os
import sys
from pathlib import Path

from harness.model.errors import ProvisionError
from harness.provision.run import Log, digest

_UNFINISHED = "unfinished"  # inside the environment while it is being filled: whoever finds it starts anew


def python_of(root: Path) -> Path:
    """The environment's interpreter."""
    return root / ".pruefstand" / "venv" / "bin" / "python"


def is_done(root: Path) -> bool:
    """Whether the environment was finished from this lock for this place, and its Python is still the one it is for."""
    stamp = _stamp(root)
    return stamp.exists() and _fits(root) and stamp.read_text() == _wanted(root)


def title(root: Path) -> str:
    """What will be made, in one line."""
    locked = sum(1 for line in (root / "requirements.lock").read_text().splitlines() if line[:1].isalnum())
    return f"Installing {locked} locked Python packages into .pruefstand/venv"


def make(root: Path, log: Log) -> None:
    """Make or repair the environment, install the lock by hash, and let it find the checkout from anywhere."""
    venv, stamp = python_of(root).parent.parent, _stamp(root)
    stamp.unlink(missing_ok=True)
    unfinished = venv / _UNFINISHED
    if unfinished.exists() or not _works(root, log):
        code, _ = log.run([sys.executable, "-m", "venv", "--clear", str(venv)], cwd=root)
        if code:
            raise ProvisionError(
                "Python could not make .pruefstand/venv: "
                f"install python3.{sys.version_info.minor}-venv, then start again."
            )
    unfinished.touch()
    options = [
        "--disable-pip-version-check",
        "--no-input",
        "--no-compile",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
    ]
    code, _ = log.run([str(python_of(root)), "-m", "pip", "install", *options, "-r", "requirements.lock"], cwd=root)
    if code:
        raise ProvisionError(
            "pip could not install the locked packages: check the network and the package index that pip is set to "
            "(`pip config list`), then start again; all it said is in .pruefstand/provision.log."
        )
    for site in venv.glob("lib/python3*/site-packages"):
        (site / "pruefstand.pth").write_text(f"{root}\n")
    unfinished.unlink()
    stamp.write_text(_wanted(root))


def _works(root: Path, log: Log) -> bool:
    """Whether there is an environment made for this place (its programs name it) whose pip runs."""
    python = python_of(root)
    pip = python.with_name("pip")
    if not _fits(root) or not pip.exists() or str(python) not in pip.read_text():
        return False
    return log.run([str(python), "-m", "pip", "--version"], cwd=root)[0] == 0


def _fits(root: Path) -> bool:
    """Whether the Python that the environment points to is there and has the version that its packages are for.

    Whichever Python starts the launcher, an environment that fits stays; an upgraded distribution makes it unfit.
    """
    python = python_of(root)
    packages = python.parent.parent / "lib" / python.resolve().name
    return os.access(python, os.X_OK) and packages.is_dir()


def _stamp(root: Path) -> Path:
    return root / ".pruefstand" / "environment.stamp"


def _wanted(root: Path) -> str:
    return digest(root / "requirements.lock", str(root))
