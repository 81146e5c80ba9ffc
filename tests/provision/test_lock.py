"""The lock names everything that is imported, binds it by hash, and says nothing of where it was made."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
OURS = {"harness", "crypto_checks", "quality_checks", "reports", "scenarios", "townhall", "load", "benchmarks", "tests"}
LOCK = (ROOT / "requirements.lock").read_text()


def wanted() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.in").read_text().splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def imported(file: Path) -> set[str]:
    """Top-level names that a file imports absolutely."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_whatever_is_imported_is_asked_for_by_name() -> None:
    files = [file for folder in OURS for file in (ROOT / folder).rglob("*.py") if "node_modules" not in file.parts]
    names = set().union(*map(imported, files)) - OURS - sys.stdlib_module_names
    siblings = {file.stem for file in (ROOT / "tests").rglob("*.py")}
    by_module = packages_distributions()
    asked = wanted()
    providers = {
        name: {str(canonicalize_name(provider)) for provider in by_module.get(name, [])} for name in names - siblings
    }
    assert [name for name, found in providers.items() if not found & asked.keys()] == []


def test_every_line_is_pinned_and_bound_by_hash() -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", LOCK.strip())
    assert len(entries) > 50
    assert [entry for entry in entries if not re.match(r"[\w.-]+(\[\w+\])?==[\w.]+", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_is_asked_for_is_locked_within_its_range() -> None:
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.MULTILINE))
    asked = wanted()
    assert asked.keys() - locked.keys() == set()
    assert [name for name, requirement in asked.items() if locked[name] not in requirement.specifier] == []
    assert str(asked["playwright"].specifier) == "<1.65,>=1.60"


def test_no_host_path_or_index_is_in_the_lock() -> None:
    assert re.findall(r"https?://|file:|^-|^\s*/|@", LOCK, re.MULTILINE) == []


def test_the_web_clients_lock_names_no_host_either() -> None:
    lock = (ROOT / "townhall" / "web" / "package-lock.json").read_text()
    assert re.findall(r'"resolved": "([^"]*)"', lock) == []
    assert '"integrity": "sha512-' in lock
