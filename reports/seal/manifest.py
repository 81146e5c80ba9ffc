"""The manifest: every file of a run folder by name, size and SHA-256, and the in-toto statement that says so."""

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harness.model.errors import SealError
from reports.seal.names import SEAL, fault_of, shown

STATEMENT = "https://in-toto.io/Statement/v1"  # in-toto Attestation Framework, spec/v1/statement.md
PREDICATE = "urn:pruefstand:seal:v1"  # docs/seal.md says what it holds
MOST_FILES = 60_000  # a zip without its 64-bit extension counts to 65,535
PIECE = 1 << 20
HALF_WRITTEN = ".part"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it is bound: its size in bytes, its SHA-256 in hex, and the CRC-32 that a zip wants of it."""

    name: str
    size: int
    sha256: str
    crc: int = 0


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Digest(_Strict):
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class _Notes(_Strict):
    size: int = Field(ge=0)


class _Subject(_Strict):
    name: str
    digest: _Digest
    annotations: _Notes


class Timestamp(_Strict):
    """An RFC 3161 time stamp: the SHA-256 (hex) of the subjects, and the authority's answer in base64."""

    digest: str
    token: str


class Predicate(_Strict):
    """What the seal says beside the files: the run, when it was sealed (UTC), by which version of the bench."""

    run: str
    target: str
    sealed_at: str
    bench: str
    timestamp: Timestamp | None = None


class Statement(_Strict):
    """An in-toto Statement v1. ``subject`` is in the order of the names' code points; no name comes twice."""

    type_: str = Field(alias="_type", pattern=f"^{STATEMENT}$")
    subject: tuple[_Subject, ...] = Field(max_length=MOST_FILES)
    predicate_type: str = Field(alias="predicateType", pattern=f"^{PREDICATE}$")
    predicate: Predicate

    @property
    def entries(self) -> list[Entry]:
        """The bound files."""
        return [Entry(each.name, each.annotations.size, each.digest.sha256) for each in self.subject]


def entry_of(name: str, file: Path) -> Entry:
    """A file read once. Raises ``OSError``."""
    digest, crc, size = hashlib.sha256(), 0, 0
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
            crc = zlib.crc32(piece, crc)
            size += len(piece)
    return Entry(name, size, digest.hexdigest(), crc)


def walk(folder: Path) -> Iterable[tuple[str, Path]]:
    """Every name in the folder but folders, with ``/`` between parts; links are named and not followed."""
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        for name in [*links, *files]:
            path = Path(here) / name
            yield path.relative_to(folder).as_posix(), path


def is_plain(path: Path) -> bool:
    """Whether it is a file and nothing that points elsewhere, waits or is a device."""
    return path.is_file() and not path.is_symlink()


def collect(folder: Path) -> list[Entry]:
    """All files of a run but its seal. Raises ``SealError`` naming the first that no seal can bind."""
    found = []
    for name, path in walk(folder):
        if name == SEAL:
            continue
        fault = fault_of(name)
        if fault:
            raise SealError(f"{shown(name)} cannot be sealed: its name {fault}. Rename or remove it.")
        if not is_plain(path):
            raise SealError(f"{shown(name)} cannot be sealed: it is no plain file. Remove it.")
        if name.endswith(HALF_WRITTEN):
            raise SealError(f"{shown(name)} was left half written by a bench that was killed: remove it.")
        try:
            found.append(entry_of(name, path))
        except OSError as error:
            raise SealError(f"{shown(name)} cannot be read ({error.strerror}).") from error
    found.sort(key=lambda entry: entry.name)
    fault = fault_of_all(entry.name for entry in found)
    if fault:
        raise SealError(f"The run cannot be sealed: {fault}.")
    return found


def fault_of_all(names: Iterable[str]) -> str:
    """Why these names may not stand in one manifest; empty where they may."""
    listed = list(names)
    if len(listed) > MOST_FILES:
        return f"it holds more than {MOST_FILES} files"
    if listed != sorted(set(listed)):
        return "names come twice or in another order"
    folded: set[str] = set()
    for name in listed:
        if fault_of(name):
            return f"the name {shown(name)} {fault_of(name)}"
        if name.casefold() in folded:
            return f"{shown(name)} differs from another name only in upper and lower case"
        folded.add(name.casefold())
    return ""


def subjects(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries as in-toto's resource descriptors."""
    return [
        {"name": entry.name, "digest": {"sha256": entry.sha256}, "annotations": {"size": entry.size}}
        for entry in entries
    ]


def canonical(value: object) -> bytes:
    """JSON written in the one way that a seal accepts: ASCII, sorted keys, no space."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def subjects_digest(entries: Iterable[Entry]) -> str:
    """SHA-256 (hex) of all entries: what a time stamp is asked for."""
    return hashlib.sha256(canonical(subjects(entries))).hexdigest()


def statement(entries: Iterable[Entry], predicate: Mapping[str, object]) -> bytes:
    """The statement's bytes, as they are signed."""
    return canonical(
        {"_type": STATEMENT, "subject": subjects(entries), "predicateType": PREDICATE, "predicate": dict(predicate)}
    )


def read_statement(payload: bytes) -> Statement:
    """A statement out of its bytes. Raises ``ValueError`` with a reason for anything that this bench does not write."""
    try:
        found = Statement.model_validate_json(payload)
        same = canonical(json.loads(payload)) == payload
    except (ValidationError, RecursionError) as error:
        raise ValueError("the statement is of another form") from error
    fault = fault_of_all(entry.name for entry in found.entries)
    if fault or not same:
        raise ValueError(fault or "the statement is not written canonically")
    return found
