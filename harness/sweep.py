"""The last thing that a run does with its secrets: it looks for them in what it wrote, and blots them out.

Keys and passwords live in memory alone, so nobody can do this later. What is blotted out keeps its length; a blob that
had to be changed gets its new hash in the records. This comes before any judge has looked.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ahocorasick_rs import BytesAhoCorasick, Implementation

from harness.model.errors import WireError
from harness.wire.encodings import needles, text_needles

SHORTEST = 8  # bytes; a shorter one is found by chance
_BLOT = b"*"
RECORDS = "records.jsonl"


def sweep(folder: Path, secrets: Iterable[bytes]) -> dict[str, Any]:
    """Blots out every form of every secret in every file of a run folder.

    Returns what ``run.json`` says of it: ``secrets`` looked for, ``too_short`` ones that were not, ``files`` and
    ``bytes`` searched, and ``blotted``, a list of file and count.
    """
    known = set(secrets) - {b""}
    wanted = sorted(each for each in known if len(each) >= SHORTEST)
    automaton = BytesAhoCorasick(_forms(wanted), implementation=Implementation.DFA) if wanted else None
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    blotted, renewed, size = [], {}, 0
    for file in files:
        data = file.read_bytes()
        size += len(data)
        places = _places(automaton, data)
        if places:
            changed = _blot(data, places)
            _replace(file, changed)
            renewed[hashlib.sha256(data).hexdigest()] = hashlib.sha256(changed).hexdigest()
            blotted.append({"file": file.relative_to(folder).as_posix(), "count": len(places)})
    _renew(folder / "evidence" / RECORDS, renewed)
    return {
        "secrets": len(wanted), "too_short": len(known) - len(wanted), "files": len(files), "bytes": size,
        "blotted": blotted,
    }  # fmt: skip


def _forms(secrets: Iterable[bytes]) -> list[bytes]:
    forms: dict[bytes, None] = {}
    for secret in secrets:
        try:
            found = text_needles(secret.decode())
        except (UnicodeDecodeError, WireError):
            found = needles(secret)
        forms |= dict.fromkeys(form for each in found.values() for form in each if len(form) >= SHORTEST)
    return list(forms)


def _places(automaton: BytesAhoCorasick | None, data: bytes) -> list[tuple[int, int]]:
    """Where secrets lie, as (begin, end); what overlaps is one place."""
    if automaton is None or not data:
        return []
    merged: list[tuple[int, int]] = []
    matches = automaton.find_matches_as_indexes(data, overlapping=True)
    for begin, end in sorted((begin, end) for _, begin, end in matches):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _blot(data: bytes, places: Iterable[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for begin, end in places:
        changed[begin:end] = _BLOT * (end - begin)
    return bytes(changed)


def _renew(records: Path, hashes: dict[str, str]) -> None:
    """The records name blobs by their hashes; a changed blob without its new hash would be no evidence any more."""
    if not hashes or not records.is_file():
        return
    text = records.read_bytes()
    for old, new in hashes.items():
        text = text.replace(old.encode(), new.encode())
    _replace(records, text)


def _replace(file: Path, data: bytes) -> None:
    part = file.with_name(file.name + ".part")
    part.write_bytes(data)
    os.replace(part, file)
