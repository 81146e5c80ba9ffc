"""The memory of a server process, read while the call runs (proc(5): maps, pagemap and mem of ``/proc/PID``)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from harness.model.errors import ProvisionError
from harness.vantage.search import PIECE, Item

_KERNELS_OWN = ("[vvar]", "[vsyscall]", "[vdso]", "[vvar_vclock]")
_PAGE = 4096
_IN_USE = np.uint64(0b11 << 62)  # pagemap: bit 63 present, bit 62 swapped
OVERLAP = 256


@dataclass(frozen=True, slots=True)
class _Mapping:
    first: int
    last: int
    label: str


def memory_of(pid: int, name: str) -> Iterator[Item]:
    """All writable memory of a process that is in use, in overlapping pieces.

    Only writable memory can hold what the process was told; pages that were never touched hold nothing and are left
    out, and so is a mapping that goes away while it is read. Raises ``ProvisionError`` when the right is missing.
    """
    try:
        mappings = _writable(Path(f"/proc/{pid}/maps").read_text())
        with (
            open(f"/proc/{pid}/mem", "rb", buffering=0) as memory,
            open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pages,
        ):
            for mapping in mappings:
                for first, last in _used(pages.fileno(), mapping):
                    yield from _pieces(memory.fileno(), first, last, f"{name} memory ({mapping.label})")
    except PermissionError as error:
        raise ProvisionError(f"The memory of {name} cannot be read: run the bench as root (or with sudo).") from error
    except FileNotFoundError:
        return


def _writable(maps: str) -> Iterator[_Mapping]:
    for line in maps.splitlines():
        fields = line.split(maxsplit=5)
        path = fields[5] if len(fields) > 5 else ""
        if fields[1].startswith("rw") and path not in _KERNELS_OWN:
            first, last = (int(part, 16) for part in fields[0].split("-"))
            yield _Mapping(first, last, path.rsplit("/", 1)[-1] or "anonymous")


def _used(pagemap: int, mapping: _Mapping) -> Iterator[tuple[int, int]]:
    """The runs of pages of a mapping that are in use, as addresses."""
    count = (mapping.last - mapping.first) // _PAGE
    try:
        entries = np.frombuffer(os.pread(pagemap, count * 8, mapping.first // _PAGE * 8), "<u8")
    except OSError:
        return
    used = np.concatenate([[0], (entries & _IN_USE) != 0, [0]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(used))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield mapping.first + start * _PAGE, mapping.first + end * _PAGE


def _pieces(memory: int, first: int, last: int, where: str) -> Iterator[Item]:
    at = first
    while at < last:
        try:
            data = os.pread(memory, min(PIECE, last - at), at)
        except OSError:
            return
        if not data:
            return
        yield Item(where, data)
        at += len(data) if at + len(data) >= last else max(len(data) - OVERLAP, 1)
