"""The bundle: a sealed run as one zip, the same bytes for the same seal."""

import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from harness.model.errors import SealError
from reports.seal.layout import HEAD, LARGEST, Packed, central_header, end, first_size, length, local_header
from reports.seal.manifest import PIECE, Entry, entry_of
from reports.seal.names import SEAL


def write_bundle(folder: Path, entries: Sequence[Entry], bundle: Path) -> None:
    """Writes the zip of a sealed folder. Raises ``SealError`` where it is too large or a file was changed meanwhile."""
    packed = [_packed(entry_of(SEAL, folder / SEAL)), *map(_packed, entries)]
    size = length(packed)
    if size > LARGEST:
        raise SealError(
            f"The run has {size / 1e9:.1f} GB and a bundle holds at most {LARGEST / 1e9:.1f}: "
            "pass the sealed folder on as it is."
        )
    part = bundle.with_name(bundle.name + ".part")
    try:
        bundle.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            offsets = []
            for file in packed:
                offsets.append(stream.tell())
                stream.write(local_header(file))
                _copy(folder / file.name, stream)
            start = stream.tell()
            for file, offset in zip(packed, offsets, strict=True):
                stream.write(central_header(file, offset))
            stream.write(end(len(packed), stream.tell() - start, start))
            written = stream.tell()
        if written != size:
            raise SealError(f"A file of {folder} was changed while the bundle was written: seal it again.")
        part.replace(bundle)
    except OSError as error:
        raise SealError(f"The bundle {bundle} cannot be written ({error.strerror}): name another.") from error
    finally:
        part.unlink(missing_ok=True)


class Unlike(Exception):
    """The zip ends before the seal in it does."""


def read_seal(stream: BinaryIO, most: int) -> bytes:
    """The envelope at the beginning of a zip. Raises ``Unlike`` where there is none of at most ``most`` bytes."""
    stream.seek(0)
    size = first_size(stream.read(HEAD))
    name = stream.read(len(SEAL))
    if not 0 < size <= most or name != SEAL.encode():
        raise Unlike
    envelope = stream.read(size)
    if len(envelope) != size:
        raise Unlike
    return envelope


def differing(stream: BinaryIO, envelope: bytes, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Where a zip is not the one that its manifest allows: (name, where).

    ``where`` is data, header, directory or end (then the name is empty). Reads as many bytes as the manifest foresees
    and no more.
    """
    stream.seek(0)
    seal = entry_of_bytes(SEAL, envelope)
    files: list[Packed] = []
    offsets: list[int] = []
    for entry in [seal, *entries]:
        offsets.append(stream.tell())
        expected = len(local_header(Packed(entry.name, 0)))
        header = stream.read(expected)
        seen = _read_entry(stream, entry)
        files.append(_packed(seen))
        if seen.sha256 != entry.sha256 or seen.size != entry.size:
            yield entry.name, "data"
        elif header != local_header(_packed(seen)):
            yield entry.name, "header"
    start = stream.tell()
    for file, offset in zip(files, offsets, strict=True):
        line = central_header(file, offset)
        if stream.read(len(line)) != line:
            yield file.name, "directory"
    last = end(len(files), stream.tell() - start, start)
    if stream.read(len(last) + 1) != last:
        yield "", "end"


def entry_of_bytes(name: str, data: bytes) -> Entry:
    """As ``entry_of``, of bytes in hand."""
    return _entry(name, io.BytesIO(data), len(data))


def _read_entry(stream: BinaryIO, entry: Entry) -> Entry:
    return _entry(entry.name, stream, entry.size)


def _entry(name: str, stream: BinaryIO, size: int) -> Entry:
    digest, crc, left = hashlib.sha256(), 0, size
    while left and (piece := stream.read(min(left, PIECE))):
        digest.update(piece)
        crc = zlib.crc32(piece, crc)
        left -= len(piece)
    return Entry(name, size - left, digest.hexdigest(), crc)


def _packed(entry: Entry) -> Packed:
    return Packed(entry.name, entry.size, entry.crc)


def _copy(file: Path, to: BinaryIO) -> None:
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            to.write(piece)
