"""Reads kept evidence again with the figures and checks of today: no call is held for it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from benchmarks.truth.calls import Play
from benchmarks.truth.folder import Folder
from benchmarks.truth.seen import seen_of
from harness.model.errors import RunStoreError
from harness.model.evidence import Evidence
from harness.model.observations import CallFact, Record
from harness.store import RECORDS


def see_again(order: Sequence[Play], folder: Folder) -> int:
    """Makes the line of every call anew whose evidence is still there; how many those are.

    What only the moment knew (how busy the machine was) stays as it was told. Raises ``RunStoreError`` where evidence
    cannot be read.
    """
    plays = {play.label: play for play in order}
    kept = {line.label: line for line in folder.calls()}
    count = 0
    for file in sorted(folder.path.glob(f"*/evidence/{RECORDS}")):
        for label, evidence in _calls(file):
            line = kept.get(label)
            if line is None or label not in plays or not line.connected:
                continue
            seen = seen_of(evidence, plays[label], line.camera)
            folder.keep(seen.model_copy(update={"load": line.load, "busy": line.busy}))
            count += 1
    return count


def _calls(file: Path) -> Iterator[tuple[str, Evidence]]:
    """The calls of a run: records come when a call is over, and ``CallFact`` is the last of each."""
    found: list[Record] = []
    with file.open("rb") as lines:
        for line in lines:
            try:
                found.append(Record.model_validate_json(line))
            except ValidationError as error:
                raise RunStoreError(f"{file} cannot be read: take the run's folder away, its calls stay.") from error
            if isinstance(found[-1].seen, CallFact):
                yield found[-1].seen.call, Evidence(found)
                found = []
