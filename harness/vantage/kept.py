"""What a deployment still keeps of somebody: names in its databases, and recordings of its calls."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from harness.targets.protocol import Observables


def kept_of(observables: Observables, names: Iterable[str]) -> dict[str, int]:
    """How often each place holds one of the names, byte by byte: a deleted row that can still be read is still there.

    The place ``recordings`` counts the media server's files of any appointment.
    """
    wanted = [name.encode() for name in names]
    found = {
        "database": sum(
            data.count(each) for file in observables.databases.values() for data in _whole(file) for each in wanted
        )
    }
    if observables.recordings is not None:
        found["recordings"] = sum(1 for _ in observables.recordings.glob("*.mjr*"))
    return found


def _whole(database: Path) -> Iterator[bytes]:
    for suffix in ("", "-wal", "-journal"):
        file = database.with_name(database.name + suffix)
        if file.is_file():
            yield file.read_bytes()
