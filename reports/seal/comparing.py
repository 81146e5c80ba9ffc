"""What became of files between the seal and now: changed, missing, added, renamed, swapped."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["changed", "missing", "added", "renamed", "swapped", "seal", "zip"]
ODD = ""  # the digest of something that is no plain file or could not be read


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was sealed. ``more`` is the other name, or where in the zip, or why."""

    kind: Kind
    name: str
    more: str = ""


def compare(sealed: Mapping[str, str], found: Mapping[str, str]) -> list[Difference]:
    """Each name whose file is not as sealed; both map names to SHA-256 (hex). Sorted by name."""
    missing = {name for name in sealed if name not in found}
    added = {name for name in found if name not in sealed}
    changed = {name for name in sealed if name in found and found[name] != sealed[name]}
    told = [*_renamed(sealed, found, missing, added), *_swapped(sealed, found, changed)]
    told += [Difference("missing", name) for name in missing]
    told += [Difference("added", name) for name in added]
    told += [Difference("changed", name) for name in changed]
    return sorted(told, key=lambda each: (each.name, each.kind))


def _renamed(
    sealed: Mapping[str, str], found: Mapping[str, str], missing: set[str], added: set[str]
) -> list[Difference]:
    """Takes out of both sets what went from one name to another; each name is told of once."""
    by_digest = defaultdict(list)
    for name in sorted(added, reverse=True):
        if found[name] != ODD:
            by_digest[found[name]].append(name)
    told = []
    for name in sorted(missing):
        if by_digest[sealed[name]]:
            other = by_digest[sealed[name]].pop()
            told.append(Difference("renamed", name, other))
            missing.discard(name)
            added.discard(other)
    return told


def _swapped(sealed: Mapping[str, str], found: Mapping[str, str], changed: set[str]) -> list[Difference]:
    """Takes out of the set what now holds another sealed file's content."""
    owners: dict[str, str] = {}
    for name in sorted(sealed):
        owners.setdefault(sealed[name], name)
    for name in sorted(changed):  # where several files are alike, one that lost its content is the one that moved
        owners[sealed[name]] = name
    told = [Difference("swapped", name, owners[found[name]]) for name in changed if found[name] in owners]
    changed.difference_update(each.name for each in told)
    return told
