"""Where the truth table keeps what it knows of its calls, so that it can be stopped and gone on with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from benchmarks.truth.calls import Play
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row
from harness.model.errors import RunStoreError

_ROWS = TypeAdapter(list[Row])


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the lines of the calls are kept, one JSON value a line."""

    path: Path

    def calls(self) -> list[CallSeen]:
        """The calls so far, the last line of each; one that was being written when it was killed is left out.

        Raises ``RunStoreError`` where another line cannot be read.
        """
        file = self.path / "calls.jsonl"
        whole = file.read_bytes().split(b"\n")[:-1] if file.is_file() else []
        try:
            found = [CallSeen.model_validate_json(line) for line in whole]
        except ValidationError as error:
            raise RunStoreError(f"{file} cannot be read: take the damaged line out, its call is held again.") from error
        return list({call.label: call for call in found}.values())

    def keep(self, call: CallSeen) -> None:
        """Adds a line."""
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / "calls.jsonl"
        whole = file.read_bytes().rpartition(b"\n") if file.is_file() else (b"", b"", b"")
        file.write_bytes(whole[0] + whole[1] + call.model_dump_json().encode() + b"\n")

    def files(self, make: Callable[[], list[Row]] | None) -> list[Row]:
        """The rows of media that were made worse without a call: as kept, or made now if somebody can."""
        file = self.path / "files.json"
        if file.is_file():
            return _ROWS.validate_json(file.read_bytes())
        found = make() if make else []
        if found:
            self.path.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_ROWS.dump_json(found, indent=1))
        return found


def left(order: Sequence[Play], calls: Sequence[CallSeen]) -> list[Play]:
    """What is still to be held: everything that has no line yet, and what could not be held."""
    held = {call.label for call in calls if call.connected}
    return [play for play in order if play.label not in held]
