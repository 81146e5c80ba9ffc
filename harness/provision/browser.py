"""Step: a browser by Playwright's own installer, only where the distribution has no package (Ubuntu: a snap)."""

import os
from pathlib import Path

from harness.model.errors import ProvisionError
from harness.provision.environment import python_of
from harness.provision.needs import find
from harness.provision.run import Log


def browsers_folder(root: Path) -> Path:
    """Where Playwright's installer puts browsers for this bench alone."""
    return root / ".pruefstand" / "browsers"


def is_done(root: Path) -> bool:
    """Whether there is a Chromium to drive."""
    return find("chromium", root / ".pruefstand") is not None


def title(root: Path) -> str:
    """What will be installed, in one line."""
    return "Installing Chromium by Playwright's installer, since the distribution has no package for it"


def install(root: Path, log: Log) -> None:
    """Download Playwright's Chromium into ``.pruefstand/browsers`` and install the libraries it needs."""
    environment = {**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(browsers_folder(root))}
    command = [str(python_of(root)), "-m", "playwright", "install", "--with-deps", "--no-shell", "chromium"]
    code, _ = log.run(command, cwd=root, env=environment)
    if code or not is_done(root):
        raise ProvisionError(
            "Playwright could not install Chromium: allow its download, or put a `chromium` on the PATH that is not a "
            "snap, then start again."
        )
