"""All targets by name, and profiles by file."""

from pathlib import Path

from harness.model.errors import TargetError
from harness.targets.profile import read_profile
from harness.targets.protocol import Target
from harness.targets.townhall import TownhallTarget

TARGETS: tuple[Target, ...] = (TownhallTarget(),)


def find_target(name: str) -> Target:
    """A built-in target by name. Raises ``TargetError`` saying what there is."""
    for target in TARGETS:
        if target.name == name:
            return target
    if name.endswith(".toml"):
        return read_profile(Path(name))
    known = ", ".join(target.name for target in TARGETS)
    raise TargetError(f"There is no target {name!r}: use one of {known}, or the path of a profile ending in .toml.")
