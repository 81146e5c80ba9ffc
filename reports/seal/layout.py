"""The one zip that a manifest allows: stored, in order, without times, comments or extra fields (APPNOTE 6.3.10).

Nothing of it is left to chance or to a library's version, so a bundle is not parsed but compared with what it must be.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

LARGEST = (1 << 32) - 1  # bytes; more needs the 64-bit extension, which not every reader knows
_LOCAL = struct.Struct("<IHHHHHIIIHH")  # 4.3.7
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")  # 4.3.12
_END = struct.Struct("<IHHHHIIH")  # 4.3.16
_VERSION, _UTF8, _STORED, _TIME, _DATE = 20, 0x0800, 0, 0, 0x21  # 1 January 1980, the oldest that a zip can say
_UNIX, _MODE = 3 << 8, 0o100644 << 16
HEAD = _LOCAL.size
CRC_AT = 14  # where the CRC-32 begins in a local header; 2 bytes later in a central one


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the zip: its name, its size in bytes, its CRC-32."""

    name: str
    size: int
    crc: int = 0


def local_header(file: Packed) -> bytes:
    """What stands before a file's bytes."""
    name = file.name.encode()
    fields = (0x04034B50, _VERSION, _UTF8, _STORED, _TIME, _DATE, file.crc, file.size, file.size, len(name), 0)
    return _LOCAL.pack(*fields) + name


def central_header(file: Packed, offset: int) -> bytes:
    """A file's line in the directory at the end; ``offset`` is where its local header begins."""
    name = file.name.encode()
    head = (0x02014B50, _UNIX | _VERSION, _VERSION, _UTF8, _STORED, _TIME, _DATE, file.crc, file.size, file.size)
    return _CENTRAL.pack(*head, len(name), 0, 0, 0, 0, _MODE, offset) + name


def end(count: int, directory: int, offset: int) -> bytes:
    """The zip's last bytes; ``directory`` is the length of the directory, ``offset`` where it begins."""
    return _END.pack(0x06054B50, 0, 0, count, count, directory, offset, 0)


def length(files: Sequence[Packed]) -> int:
    """Bytes of the whole zip."""
    names = sum(len(file.name.encode()) for file in files)
    return sum(file.size for file in files) + 2 * names + len(files) * (_LOCAL.size + _CENTRAL.size) + _END.size


def first_size(header: bytes) -> int:
    """The size that a local header claims for its file; nothing else of it is believed. -1 where it is cut off."""
    return int(_LOCAL.unpack_from(header)[8]) if len(header) >= _LOCAL.size else -1
