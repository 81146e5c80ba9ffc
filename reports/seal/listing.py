"""A changed zip, listed with care, to say what was done to it. Nothing of it is written, and nothing is believed."""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reports.seal.comparing import ODD, Difference
from reports.seal.manifest import MOST_FILES, PIECE
from reports.seal.names import SEAL, fault_of

# all that the standard library raises for zips that are damaged, hostile or of a kind that it does not know
_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
    OverflowError, LookupError, TypeError, MemoryError,
)  # fmt: skip


@dataclass(slots=True)
class Listed:
    """The entries of a zip by name with their SHA-256 (empty: odd), and what is odd about it."""

    found: dict[str, str] = field(default_factory=dict)
    odd: list[Difference] = field(default_factory=list)


def list_zip(file: Path, sizes: Mapping[str, int]) -> Listed:
    """What an unpacking program would find. At most ``sizes`` + 1 bytes of an entry are unpacked."""
    listed = Listed()
    most = max(sizes.values(), default=0)
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.comment:
                listed.odd.append(Difference("zip", "", "comment"))
            infos = archive.infolist()
            if len(infos) > 2 * MOST_FILES:
                listed.odd.append(Difference("zip", "", "many"))
                return listed
            for info in infos:
                _look(archive, info, sizes.get(info.filename, most), listed)
    except _UNREADABLE:
        listed.odd.append(Difference("zip", "", "unreadable"))
        return Listed(odd=listed.odd)
    return listed


def _look(archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int, listed: Listed) -> None:
    name = info.orig_filename
    mode = info.external_attr >> 16
    if name in listed.found:
        listed.odd.append(Difference("zip", name, "twice"))
        return
    if stat.S_ISLNK(mode):
        listed.odd.append(Difference("zip", name, "link"))
    elif name != SEAL and fault_of(name):
        listed.odd.append(Difference("zip", name, "name"))
    elif info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
        listed.odd.append(Difference("zip", name, "packed"))
    listed.found[name] = _digest(archive, info, size)


def _digest(archive: zipfile.ZipFile, info: zipfile.ZipInfo, size: int) -> str:
    digest, left = hashlib.sha256(), size + 1
    try:
        with archive.open(info) as stream:
            while left and (piece := stream.read(min(PIECE, left))):
                digest.update(piece)
                left -= len(piece)
    except _UNREADABLE:
        return ODD
    return digest.hexdigest() if left else ODD
