"""What sealing does to a run folder before it is bound: redaction, its list, and a text for whoever opens a bundle."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.model.errors import SealError
from reports.seal.manifest import is_plain, walk
from reports.seal.names import SEAL, shown
from reports.seal.redacting import Redactor, found_in
from reports.write import replace_file

LIST, README = "redactions.json", "README.txt"
RECORDS = "evidence/records.jsonl"
TEXTS = (".json", ".jsonl", ".txt", ".md", ".xml", ".html", ".svg", ".csv", ".log", ".prom", ".sarif")
LARGEST = 512 << 20  # bytes of a text; what is larger is refused, not skipped


class Redaction(BaseModel):
    """So many values of a kind were taken out of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    kind: str
    count: int


class Blotted(BaseModel):
    """So many places of a file were blotted out when the run ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    count: int


class Swept(BaseModel):
    """What ``harness.sweep`` said: ``secrets`` looked for, ``too_short`` ones not, ``files`` and ``bytes`` searched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    secrets: int
    too_short: int
    files: int
    bytes: int
    blotted: tuple[Blotted, ...]


class Redactions(BaseModel):
    """``redactions.json``. ``swept`` is what the run said of its keys and passwords (``harness.sweep``), if it did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str = "pruefstand-redactions/1"
    redacted: tuple[Redaction, ...] = ()
    swept: Swept | None = None


def redact_run(folder: Path) -> Redactions:
    """Takes out of the records and facts of a run what must not travel, in place, and writes the list of it.

    Reports are not touched: whoever calls writes them again where ``redacted`` is new. What an earlier sealing took out
    stays on the list. Raises ``SealError``.
    """
    redactor = Redactor()
    info = json.loads(_text(folder, "run.json"))
    records = _text(folder, RECORDS) if (folder / RECORDS).is_file() else ""
    new_info, new_records = redactor.value("run.json", info), redactor.lines(RECORDS, records)
    counted = Counter(redactor.counted)
    for known in _listed(folder).redacted:
        counted[known.file, known.kind] += known.count
    listed = Redactions(
        redacted=tuple(Redaction(file=file, kind=kind, count=count) for (file, kind), count in sorted(counted.items())),
        swept=_swept(info),
    )
    try:
        if new_records != records:
            replace_file(folder / RECORDS, new_records.encode("utf-8", "surrogateescape"))
        if new_info != info:
            replace_file(folder / "run.json", _json(new_info))
        replace_file(folder / LIST, _json(listed.model_dump(mode="json")))
    except OSError as error:
        raise SealError(f"{folder} cannot be written ({error.strerror}): seal a copy of it.") from error
    return listed


def leaks(folder: Path) -> Iterable[tuple[str, str, int]]:
    """Texts of the folder that still hold what must not travel: file, kind, how often."""
    for name, path in sorted(walk(folder)):
        if name != SEAL and name.endswith(TEXTS) and is_plain(path):
            yield from ((name, kind, count) for kind, count in found_in(_text(folder, name)).items())


def write_readme(folder: Path, text: str) -> None:
    """Writes the text for whoever opens a bundle. Raises ``SealError``."""
    try:
        replace_file(folder / README, text.encode())
    except OSError as error:
        raise SealError(f"{folder} cannot be written ({error.strerror}): seal a copy of it.") from error


def _swept(info: Mapping[str, Any]) -> Swept | None:
    try:
        return None if info.get("swept") is None else Swept.model_validate(info["swept"])
    except ValidationError as error:
        raise SealError("run.json is damaged: what it says of its secrets (swept) cannot be read.") from error


def _listed(folder: Path) -> Redactions:
    if not (folder / LIST).is_file():
        return Redactions()
    try:
        return Redactions.model_validate_json(_text(folder, LIST))
    except ValidationError as error:
        raise SealError(
            f"{folder / LIST} is damaged: remove it, and what was taken out before is not listed."
        ) from error


def _text(folder: Path, name: str) -> str:
    file = folder / name
    try:
        if file.stat().st_size > LARGEST:
            raise SealError(f"{shown(name)} is larger than {LARGEST >> 20} MB: nobody can say what is in it.")
        return file.read_text("utf-8", errors="surrogateescape")
    except OSError as error:
        raise SealError(f"{shown(name)} cannot be read ({error.strerror}).") from error


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8", "surrogateescape")
