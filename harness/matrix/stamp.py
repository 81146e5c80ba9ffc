"""Which code a result belongs to: the commit, for people, and a digest of the sources, for what a commit misses."""

import hashlib
import subprocess
from functools import cache
from pathlib import Path

from harness.model.matrix import Code

# What a verdict can depend on. Reports, tests and papers are not: a row stays what it is when they change.
SOURCES = ("crypto_checks", "harness", "scenarios", "townhall")
LOCK = "requirements.lock"
_LEFT_OUT = {"node_modules", "dist", "__pycache__", "cli", "pictures", "provision"}


@cache
def code_of(root: Path) -> Code:
    """The code in a checkout, or in a copy of the sources without one."""
    commit = _git(root, "rev-parse", "HEAD")
    changed = bool(commit and _git(root, "status", "--porcelain", "--", *SOURCES))
    return Code(digest=_digest(root), commit=commit, changed=changed)


def _digest(root: Path) -> str:
    """12 hex of the SHA-256 over names and contents of the sources."""
    files = (file for folder in SOURCES for file in (root / folder).rglob("*") if file.is_file())
    whole = hashlib.sha256()
    for file in sorted([*files, root / LOCK]):
        name = file.relative_to(root)
        if not _LEFT_OUT & set(name.parts) and file.is_file():
            whole.update(f"{name.as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:12]


def _git(root: Path, *words: str) -> str:
    """What git says, and nothing where there is no git or no checkout."""
    try:
        asked = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()
