"""Whether a folder or a bundle still is what was sealed, and if not, which files are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from harness.model.errors import SealError
from reports.seal.bundle import Unlike, differing, read_seal
from reports.seal.comparing import ODD, Difference, compare
from reports.seal.dsse import LARGEST, unseal
from reports.seal.layout import Packed, length
from reports.seal.listing import list_zip
from reports.seal.manifest import Entry, Statement, entry_of, is_plain, read_statement, walk
from reports.seal.names import SEAL


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at a seal found. Without differences everything is as it was sealed; ``statement`` is then there."""

    statement: Statement | None
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was sealed, byte for byte."""
        return self.statement is not None and not self.differences


def verify(what: Path, key: Ed25519PublicKey) -> Verified:
    """Looks at a run folder or a bundle. Raises ``SealError`` where there is neither, or it cannot be read."""
    try:
        if what.is_dir():
            return _verify_folder(what, key)
        if what.is_file():
            return _verify_zip(what, key)
    except OSError as error:
        raise SealError(f"{what} cannot be read ({error.strerror}).") from error
    raise SealError(f"{what} is neither a run folder nor a bundle.")


def _verify_folder(folder: Path, key: Ed25519PublicKey) -> Verified:
    seal = folder / SEAL
    if not seal.exists():
        raise SealError(f"{folder} is not sealed: it holds no {SEAL}. './pruefstand seal {folder}' seals it.")
    if not is_plain(seal) or seal.stat().st_size > LARGEST:
        return _refused("form")
    try:
        statement = read_statement(unseal(seal.read_bytes(), key))
    except ValueError as error:
        return _refused(str(error))
    sizes = {entry.name: entry.size for entry in statement.entries}
    found = {name: _digest(name, path, sizes.get(name)) for name, path in walk(folder) if name != SEAL}
    return Verified(statement, tuple(compare(_digests(statement.entries), found)))


def _digest(name: str, path: Path, size: int | None) -> str:
    """SHA-256 of a file; of one whose size is not the sealed one it is not needed unless it may have been renamed."""
    if not is_plain(path):
        return ODD
    return ODD if size is not None and path.stat().st_size > size else entry_of(name, path).sha256


def _verify_zip(file: Path, key: Ed25519PublicKey) -> Verified:
    with file.open("rb") as stream:
        try:
            envelope = read_seal(stream, LARGEST)
            statement = read_statement(unseal(envelope, key))
        except Unlike:
            return _refused("first")
        except ValueError as error:
            return _refused(str(error))
        entries = statement.entries
        size = file.stat().st_size
        foreseen = length([Packed(SEAL, len(envelope)), *(Packed(entry.name, entry.size) for entry in entries)])
        unlike = list(differing(stream, envelope, entries))
    if not unlike and size == foreseen:
        return Verified(statement, ())
    return Verified(statement, tuple(_explain(file, entries, len(envelope), unlike, size - foreseen)))


def _explain(
    file: Path, entries: Sequence[Entry], seal: int, unlike: list[tuple[str, str]], excess: int
) -> list[Difference]:
    """Names for what is not as foreseen: what an unpacking program would find, and the places in the zip itself."""
    listed = list_zip(file, {SEAL: seal} | {entry.name: entry.size for entry in entries})
    told = list(listed.odd)
    if listed.found:
        found = {name: digest for name, digest in listed.found.items() if name != SEAL}
        told = [*compare(_digests(entries), found), *told]
    named = {each.name for each in told} | {each.more for each in told if each.kind in ("renamed", "swapped")}
    if excess == 0 or not told:  # otherwise everything behind the first change is merely shifted
        told += [Difference("zip", name, where) for name, where in unlike if name not in named or not name]
    if excess:
        told.append(Difference("zip", "", f"{excess:+d}"))
    return list(dict.fromkeys(told))


def _digests(entries: Sequence[Entry]) -> dict[str, str]:
    return {entry.name: entry.sha256 for entry in entries}


def _refused(why: str) -> Verified:
    return Verified(None, (Difference("seal", SEAL, why),))
