"""The rows of a matrix on disk: one JSON file a finished run, so that a start goes on where the last one stopped."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from harness.matrix.plan import FlawPlan
from harness.model.errors import RunStoreError
from harness.model.matrix import Code, Row


class MatrixFolder:
    """``rows/NAME.json``, and below ``runs/`` the evidence of runs that did not end as they should."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs = folder / "runs"
        self._rows = folder / "rows"

    def rows(self) -> list[Row]:
        """Every row, by name. Raises ``RunStoreError`` naming a file that cannot be read."""
        return [_read(file) for file in sorted(self._rows.glob("*.json"))]

    def finished(self, plan: FlawPlan, code: Code, *, keep: bool) -> Row | None:
        """The row of a plan that need not be played again: of the same code and checks, or, with ``keep``, of any code.

        What could not be played (an error of the bench) is not finished.
        """
        file = self._file(plan.name)
        row = _read(file) if file.is_file() else None
        if row is None or row.error:
            return None
        same = row.checks == plan.checks and row.expects == plan.expects and row.match == plan.match
        return row if same and (keep or row.code.digest == code.digest) else None

    def put(self, row: Row) -> None:
        """Writes a row in one step. Raises ``RunStoreError`` where the folder cannot be written."""
        file = self._file(row.name)
        try:
            self._rows.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_text(row.model_dump_json(indent=1) + "\n", "utf-8")
            part.replace(file)
        except OSError as error:
            raise RunStoreError(
                f"The row {file} cannot be written ({error.strerror}): name another folder with --out."
            ) from error

    def tidy(self) -> None:
        """Removes the evidence that no row names: of runs that were killed, or that have been played again since."""
        if self.runs.is_dir():
            _remove(self.runs, keep={row.run for row in self.rows()})

    def _file(self, name: str) -> Path:
        return self._rows / f"{name}.json"


def _remove(runs: Path, keep: Iterable[str]) -> None:
    for folder in runs.iterdir():
        if folder.name not in set(keep) and (folder / "run.json").is_file():
            shutil.rmtree(folder, ignore_errors=True)


def _read(file: Path) -> Row:
    try:
        return Row.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise RunStoreError(
            f"{file} is no row of a flaw matrix, or damaged: remove it, and it is played again."
        ) from error
