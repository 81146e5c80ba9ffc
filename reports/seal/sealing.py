"""Seals a run folder: redacted, listed, bound, signed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.model.errors import SealError
from reports.seal.dsse import key_id, seal
from reports.seal.folder import leaks, write_readme
from reports.seal.manifest import Entry, collect, statement, subjects_digest
from reports.seal.names import SEAL, shown
from reports.seal.words import readme
from reports.write import replace_file

Stamp = Callable[[str], str]  # SHA-256 (hex) of the subjects -> an RFC 3161 answer in base64


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed folder: what is bound, and the id of the key that binds it."""

    folder: Path
    entries: tuple[Entry, ...]
    key: str


def seal_run(
    folder: Path, info: Mapping[str, Any], key: Ed25519PrivateKey, moment: datetime, stamp: Stamp | None = None
) -> Sealed:
    """Binds every file of a redacted run. ``moment`` is written into the seal; the same moment gives the same bytes.

    Raises ``SealError`` naming the first file that still holds what must not travel or that no seal can bind.
    """
    for name, kind, count in leaks(folder):
        raise SealError(f"{shown(name)} still holds {count} times a {kind}: take it out, or remove the file.")
    write_readme(folder, readme(str(info.get("id", "")), key_id(key.public_key())))
    entries = collect(folder)
    predicate: dict[str, object] = {
        "run": str(info.get("id", "")),
        "target": str(info.get("target", "")),
        "sealed_at": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "bench": str(info.get("versions", {}).get("pruefstand", "")),
        "timestamp": None,
    }
    if stamp is not None:
        digest = subjects_digest(entries)
        predicate["timestamp"] = {"digest": digest, "token": stamp(digest)}
    try:
        replace_file(folder / SEAL, seal(statement(entries, predicate), key))
    except OSError as error:
        raise SealError(f"{folder} cannot be written ({error.strerror}): seal a copy of it.") from error
    return Sealed(folder, tuple(entries), key_id(key.public_key()))
