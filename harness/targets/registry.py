"""All targets by name, profiles by file, other releases of the town hall by folder."""

from pathlib import Path

from harness.model.errors import TargetError
from harness.targets.checkout import find_checkout
from harness.targets.profile import read_profile
from harness.targets.protocol import Target
from harness.targets.townhall import TownhallTarget

TARGETS: tuple[Target, ...] = (TownhallTarget(),)


def find_target(name: str) -> Target:
    """A built-in target by name, a profile, or a checkout's town hall. Raises ``TargetError`` saying what there is."""
    for target in TARGETS:
        if target.name == name:
            return target
    if name.endswith(".toml"):
        return read_profile(Path(name))
    if Path(name).is_dir():
        return TownhallTarget(checkout=find_checkout(Path(name)))
    known = ", ".join(target.name for target in TARGETS)
    raise TargetError(
        f"There is no target {name!r}: use one of {known}, or the path of a profile ending in .toml, "
        "or the folder of another checkout."
    )
