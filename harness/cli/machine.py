"""The facts about this machine that ``doctor`` judges: gathered here, judged there."""

import os
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import distributions
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from harness.provision.needs import NEEDS, Need, find, is_present

_ROOT = Path(__file__).resolve().parents[2]
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+))?")


@dataclass(frozen=True, slots=True)
class Machine:
    """``versions`` has an entry for each need that is met (empty where it has no version to tell); memory in bytes."""

    python: str
    versions: Mapping[str, str]
    locked: Mapping[str, str] = field(default_factory=dict)
    installed: Mapping[str, str] = field(default_factory=dict)
    client_built: bool = False
    capabilities: int = 0
    ptrace_scope: int = 0
    cores: int = 1
    memory: int = 0
    shared_memory: bool = False


def look(root: Path = _ROOT) -> Machine:
    """Look at this machine and the checkout ``root``; starts the tools once each to ask for their version."""
    state = root / ".pruefstand"
    dist = root / "townhall" / "web" / "dist"
    return Machine(
        python=platform.python_version(),
        versions={need.name: _version(need, state) for need in NEEDS if is_present(need, state)},
        locked=read_lock((root / "requirements.lock").read_text(encoding="utf-8")),
        installed={canonicalize_name(found.metadata["Name"]): found.version for found in distributions()},
        client_built=all((dist / name).exists() for name in ("call.js", "sframe-worker.js")),
        capabilities=_capabilities(Path("/proc/self/status").read_text(encoding="utf-8")),
        ptrace_scope=_ptrace_scope(Path("/proc/sys/kernel/yama/ptrace_scope")),
        cores=len(os.sched_getaffinity(0)),
        memory=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        shared_memory=os.access("/dev/shm", os.W_OK),
    )


def read_lock(text: str) -> dict[str, str]:
    """Names (normalised) and versions of a pip lock that apply to this Python; hashes and comments are passed over."""
    found = (match for line in text.splitlines() if (match := _LOCKED.match(line)))
    return {
        canonicalize_name(match["name"]): match["version"]
        for match in found
        if match["marker"] is None or Marker(match["marker"].strip()).evaluate()
    }


def _version(need: Need, state: Path) -> str:
    program = find(need.name, state) if need.version else None
    if program is None:
        return ""
    try:
        shown = subprocess.run([program, *need.version], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "is there, but does not tell its version"
    number = _VERSION.search(shown.stdout + shown.stderr)
    return number[0] if number else "is there, but does not tell its version"


def _capabilities(status: str) -> int:
    """The effective capabilities (proc(5), ``CapEff``) as a bit mask."""
    line = re.search(r"^CapEff:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return int(line[1], 16) if line else 0


def _ptrace_scope(path: Path) -> int:
    """Yama's restriction (0 and 1 let a parent look into its children); 0 where the kernel has no Yama."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0
