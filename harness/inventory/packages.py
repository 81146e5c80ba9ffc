"""The packages of both locks, and the programs of the machine."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Literal, cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness.inventory.component import Component
from harness.inventory.licences import PROGRAMS, READ, licence_of
from harness.provision.needs import NEEDS

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)
# what a package needs is asked for one machine, so that every machine writes the same inventory
_MACHINE = {
    "implementation_name": "cpython", "implementation_version": "3.11.0", "os_name": "posix",
    "platform_machine": "x86_64", "platform_python_implementation": "CPython", "platform_release": "",
    "platform_system": "Linux", "platform_version": "", "python_full_version": "3.11.0", "python_version": "3.11",
    "sys_platform": "linux", "extra": "",
}  # fmt: skip
_PYTHON = re.compile(r"^python3(\.\d+)?-venv$")


def inventory(root: Path) -> list[Component]:
    """Everything, sorted by its reference."""
    return sorted([*python_packages(root), *web_packages(root), *programs()], key=lambda each: each.purl)


def python_packages(root: Path) -> list[Component]:
    """What ``requirements.lock`` names. Licences and needs come from what is installed."""
    locked = dict(_PINNED.findall((root / "requirements.lock").read_text("utf-8")))
    named = {canonicalize_name(name): version for name, version in locked.items()}
    purls = {name: Component("pypi", name, version, "").purl for name, version in named.items()}
    return [_python(name, version, purls) for name, version in named.items()]


def _python(name: str, version: str, purls: dict[Any, str]) -> Component:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return Component("pypi", name, version, licence_of(name, None))
    wanted = (Requirement(line) for line in found.requires or ())
    names = {canonicalize_name(each.name) for each in wanted if each.marker is None or each.marker.evaluate(_MACHINE)}
    needs = tuple(sorted(purls[each] for each in names if each in purls))
    return Component("pypi", name, version, licence_of(name, cast(Message, found.metadata)), needs=needs)


def web_packages(root: Path) -> list[Component]:
    """What ``townhall/web/package-lock.json`` names; a package may be there in more than one version."""
    lock = json.loads((root / "townhall" / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    placed = {path: _web(path, said) for path, said in lock.items() if path}
    found = {}
    for path, component in placed.items():
        wanted = [*lock[path].get("dependencies", ()), *lock[path].get("optionalDependencies", ())]
        needs = {placed[place].purl for name in wanted if (place := _resolved(path, name, placed))}
        found[component.purl] = replace(component, needs=tuple(sorted(needs)))
    return list(found.values())


def _resolved(path: str, name: str, placed: Mapping[str, Component]) -> str:
    """Where a package finds another one: in its own folder first, then in those around it."""
    folders = path.split("/node_modules/")
    tried = ["/node_modules/".join([*folders[:depth], name]) for depth in range(len(folders), 0, -1)]
    return next((place for place in [*tried, f"node_modules/{name}"] if place in placed), "")


def _web(path: str, said: Mapping[str, Any]) -> Component:
    name = path.rpartition("node_modules/")[2]
    used: Literal["run", "build"] = "build" if said.get("dev") else "run"
    return Component("npm", name, str(said["version"]), READ.get(name) or str(said.get("license", "")), used)


def programs() -> list[Component]:
    """What the bench installs from the distribution; which version, the machine decides."""
    names = {"python" if _PYTHON.match(need.package) else need.package for need in NEEDS}
    return [Component("deb", name, "", PROGRAMS.get(name, ""), "machine") for name in sorted(names)]
