"""The folder of a comparison by turns: ``turns.json`` says what is played, ``a/`` and ``b/`` hold the runs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from harness.model.errors import RunStoreError
from harness.quality.run import TURN
from harness.turns.plan import Turn, Wanted

PLAN, FORMAT = "turns.json", "pruefstand-turns/1"
_TURN = TypeAdapter(Turn)


@dataclass(frozen=True, slots=True)
class Finished:
    """A turn that need not be played again, the folder of its run, and the seconds that it took."""

    turn: Turn
    folder: Path
    seconds: float


class TurnsFolder:
    """Where a comparison is kept; started again with the same words it goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, wanted: Wanted, code: Mapping[str, str]) -> None:
        """Writes down what is wanted of which code, or sees that it is what was wanted here before.

        Runs of another release, or of more repetitions than were announced, are never added: whoever plays on until a
        figure is "changed" finds one that is not. Raises ``RunStoreError``.
        """
        said = json.loads(json.dumps({"format": FORMAT, "wanted": asdict(wanted), "code": dict(code)}))
        file = self.folder / PLAN
        if file.is_file():
            before = _json(file)
            differs = [name for name in said["wanted"] if before.get("wanted", {}).get(name) != said["wanted"][name]]
            if not differs and before.get("code") != said["code"]:
                differs = ["code"]
            if differs:
                raise RunStoreError(
                    f"{self.folder} holds another comparison (not the same: {', '.join(differs)}): "
                    "name another folder with --out, or remove it."
                )
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part = file.with_suffix(".part")
            part.write_text(json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
            part.replace(file)
        except OSError as error:
            raise RunStoreError(f"{self.folder} cannot be written ({error.strerror}): name another --out.") from error

    def runs(self, side: str) -> Path:
        """Where the runs of a side are."""
        return self.folder / side

    def finished(self) -> list[Finished]:
        """The turns that were played and judged, in the order of their runs' names."""
        found = []
        for folder, info in self._turns():
            if info.get("complete") and (folder / "verdicts.json").is_file():
                found.append(Finished(_TURN.validate_python(info[TURN]), folder, float(info.get("seconds", 0.0))))
        return found

    def broken_off(self) -> int:
        """How many runs were begun and not ended: killed, or of a side that could not be started."""
        return sum(1 for _ in self._turns()) - len(self.finished())

    def _turns(self) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        for file in sorted(self.folder.glob("[ab]/*/run.json")):
            info = _json(file)
            try:
                _TURN.validate_python(info.get(TURN))
            except ValidationError:
                continue  # put there by somebody else
            yield file.parent, info


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RunStoreError(f"{file} cannot be read as JSON: remove its folder, and it is played again.") from error
    if not isinstance(found, dict):
        raise RunStoreError(f"{file} is damaged: remove its folder, and it is played again.")
    return found
