"""The folder whose town hall is started: this bench's own, or that of another release."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from harness.model.errors import TargetError

BUILDING = 600.0  # seconds that a web client may take to be bundled, its packages fetched for the first time


@dataclass(frozen=True, slots=True)
class Checkout:
    """``root`` holds ``townhall/``; ``python`` runs it."""

    root: Path
    python: str

    @property
    def own(self) -> bool:
        """Whether it is the one that the bench itself lies in."""
        return self.root == OWN.root

    def bundle(self) -> None:
        """Makes its pages' scripts from its sources, where they are not there or older. Raises ``TargetError``."""
        command = [self.python, "-m", "townhall.web.build"]
        try:
            subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True, timeout=BUILDING)
        except subprocess.CalledProcessError as error:
            said = (error.stderr or error.stdout).strip().splitlines()
            raise TargetError(
                f"The web client of {self.root} cannot be bundled ({said[-1] if said else 'no reason given'}): "
                "start ./pruefstand in that folder once."
            ) from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TargetError(f"The web client of {self.root} cannot be bundled: {type(error).__name__}.") from error


OWN = Checkout(Path(__file__).resolve().parents[2], sys.executable)


def find_checkout(folder: Path) -> Checkout:
    """A folder with a town hall, its pages bundled from its sources.

    Its own environment runs it where ``./pruefstand`` has made one there, else the bench's. Raises ``TargetError``.
    """
    root = folder.resolve()
    if not (root / "townhall" / "__main__.py").is_file():
        raise TargetError(f"{folder} holds no town hall: name a checkout, the folder that townhall/ lies in.")
    python = root / ".pruefstand" / "venv" / "bin" / "python"
    found = Checkout(root, str(python) if python.is_file() else sys.executable)
    if not found.own:
        found.bundle()
    return found
