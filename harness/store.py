"""The run folder: evidence is appended as it is seen, so that a killed run keeps what it had.

Layout of ``runs/<UTC time>-<target>-<short id>/``::

    run.json                 versions, target, browser, seed, whether the run was completed
    evidence/records.jsonl   one record a line (harness.model.observations.Record)
    evidence/…               blobs, named by the records and bound by SHA-256
    verdicts.json, report.html, report.pdf, junit.xml, and what CI servers read (reports.ci.write)
"""

import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from harness.model.errors import RunStoreError
from harness.model.evidence import Evidence
from harness.model.observations import Blob, Observation, Record

FORMAT = 1
RECORDS = "records.jsonl"
_HALF = re.compile("[\ud800-\udfff]")
MAX_BLOB = 512 * 1024 * 1024


class BlobFolder(Mapping[str, bytes]):
    """Blobs of a run by path, read when asked for and only when their hash still is the recorded one.

    A path that leaves the evidence folder, a missing file and a changed file are all absent.
    """

    def __init__(self, folder: Path, blobs: Mapping[str, Blob]) -> None:
        self._folder = folder.resolve()
        self._blobs = blobs
        self._read: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._read:
            blob = self._blobs[path]
            file = (self._folder / path).resolve()
            if not file.is_relative_to(self._folder) or not file.is_file() or file.stat().st_size > MAX_BLOB:
                raise KeyError(path)
            data = file.read_bytes()
            if hashlib.sha256(data).hexdigest() != blob.sha256:
                raise KeyError(path)
            self._read[path] = data
        return self._read[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)


def blobs_named_by(records: list[Record]) -> dict[str, Blob]:
    """Every blob that a record names, by its path."""
    named: dict[str, Blob] = {}
    for record in records:
        for name in type(record.seen).model_fields:
            value = getattr(record.seen, name)
            if isinstance(value, Blob):
                named[value.path] = value
    return named


class RunStore:
    """A run folder that is being written."""

    def __init__(self, folder: Path, info: dict[str, Any]) -> None:
        self.folder = folder
        self.evidence_folder = folder / "evidence"
        self.info = info
        self.secrets: set[bytes] = (
            set()
        )  # keys and passwords of this run, never written: ``harness.sweep`` looks for them
        self._count = 0
        self.evidence_folder.mkdir(parents=True, exist_ok=True)
        self._records = (self.evidence_folder / RECORDS).open("a", encoding="utf-8", buffering=1)
        self.write_info()

    @classmethod
    def create(cls, runs: Path, target: str, info: Mapping[str, Any]) -> "RunStore":
        """Makes a new run folder below ``runs``. Raises ``RunStoreError`` when it cannot be written."""
        started = datetime.now(UTC)
        run_id = f"{started:%Y%m%dT%H%M%SZ}-{target}-{secrets.token_hex(3)}"
        folder = runs / run_id
        try:
            folder.mkdir(parents=True)
            whole = {"format": FORMAT, "id": run_id, "started": started.isoformat(timespec="seconds"), "target": target}
            return cls(folder, {**whole, **info, "complete": False})
        except OSError as error:
            raise RunStoreError(
                f"The run folder {folder} cannot be written ({error.strerror}): name another one with --out."
            ) from error

    @classmethod
    def resume(cls, folder: Path) -> tuple["RunStore", list[Record]]:
        """Goes on with a run that was killed: what it holds, and the store that appends to it.

        A last line that was cut off is removed. Raises ``RunStoreError`` where the folder is no run or cannot be read.
        """
        info, evidence = read_run(folder)
        file = folder / "evidence" / "records.jsonl"
        try:
            if file.is_file():
                whole = file.read_bytes().rpartition(b"\n")
                os.truncate(file, len(whole[0]) + len(whole[1]))
            store = cls(folder, {**info, "complete": False})
        except OSError as error:
            raise RunStoreError(f"The run folder {folder} cannot be written ({error.strerror}).") from error
        store._count = len(evidence.records)
        return store, list(evidence.records)

    def write_info(self) -> None:
        """Writes ``run.json`` anew, atomically."""
        _write_atomically(self.folder / "run.json", json.dumps(self.info, indent=2, sort_keys=True, ensure_ascii=False))

    def add(self, seen: Observation) -> str:
        """Appends an observation and returns the id of its record."""
        self._count += 1
        record = Record.model_validate({"id": f"r{self._count:05d}", "at": time.time(), "seen": seen})
        self._records.write(_line(record) + "\n")
        return record.id

    def add_blob(self, path: str, data: bytes) -> Blob:
        """Keeps bytes under ``path`` (below ``evidence/``) and returns what a record needs to name them."""
        try:
            file = (self.evidence_folder / path).resolve()
            if not file.is_relative_to(self.evidence_folder.resolve()):
                raise RunStoreError(f"The evidence path {path!a} leaves the run folder.")
            if file == (self.evidence_folder / RECORDS).resolve():
                raise RunStoreError("The records of a run are no blob.")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except (OSError, ValueError) as error:  # ValueError: a NUL, or half of a surrogate pair
            raise RunStoreError(f"The evidence {path[:80]!a} cannot be written: {type(error).__name__}.") from error
        return Blob(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))

    def finish(self, **info: Any) -> None:
        """Marks the run as complete."""
        self.info.update(info, complete=True)
        self.write_info()
        self._records.close()

    def close(self) -> None:
        """Closes the records without marking the run as complete."""
        self._records.close()


def read_run(folder: Path) -> tuple[dict[str, Any], Evidence]:
    """The info and the evidence of a run folder, complete or not; a half-written last line is left out.

    Raises ``RunStoreError`` with one sentence when the folder is not a run or a record cannot be read.
    """
    info_file = folder / "run.json"
    if not info_file.is_file():
        raise RunStoreError(f"{folder} is not a run folder: it holds no run.json. Name a folder below runs/.")
    try:
        info = json.loads(info_file.read_text("utf-8"))
    except ValueError as error:
        raise RunStoreError(f"{info_file} cannot be read as JSON: the run is damaged.") from error
    if not isinstance(info, dict) or info.get("format") != FORMAT:
        raise RunStoreError(f"{info_file} is of another format than this bench reads ({FORMAT}).")
    records = read_records(folder / "evidence" / RECORDS)
    return info, Evidence(records, BlobFolder(folder / "evidence", blobs_named_by(records)))


def read_records(file: Path) -> list[Record]:
    """The records of a run, in order. Only the last line may be cut off (a killed run); other damage is an error."""
    if not file.is_file():
        return []
    lines = file.read_bytes().split(b"\n")
    whole, tail = lines[:-1], lines[-1]
    records = []
    for number, line in enumerate(whole, start=1):
        try:
            records.append(Record.model_validate_json(line))
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise RunStoreError(
                f"Record {number} of {file} cannot be read ({reason}): the evidence is damaged."
            ) from error
    del tail  # without a line end it was being written when the run was killed
    return records


def _line(record: Record) -> str:
    """A record as JSON. Half of a surrogate pair, which JavaScript can hold and UTF-8 cannot, becomes U+FFFD."""
    try:
        return record.model_dump_json(exclude_none=True)
    except ValueError:  # pydantic's serialisation error is one
        escaped = json.dumps(record.model_dump(mode="python", exclude_none=True), ensure_ascii=False, default=list)
        return Record.model_validate_json(_HALF.sub("\ufffd", escaped)).model_dump_json(exclude_none=True)


def _write_atomically(file: Path, text: str) -> None:
    part = file.with_suffix(file.suffix + ".part")
    part.write_text(text + "\n", "utf-8")
    os.replace(part, file)
