"""The import contracts can fail: each breach, put into a copy of the sources, is found under its contract's name."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("harness", "crypto_checks", "quality_checks", "reports", "townhall", "scenarios", "load")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python sources and the contracts, to be broken."""
    place = tmp_path_factory.mktemp("checkout")
    for folder in FOLDERS:
        for file in (ROOT / folder).rglob("*.py"):
            if "node_modules" not in file.parts:
                target = place / file.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def broken(checkout: Path) -> list[str]:
    """The first words of the contracts that import-linter finds broken."""
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([linter, "--no-cache"], cwd=checkout, capture_output=True, text=True, check=False)
    assert "Contracts: " in said.stdout, said.stdout + said.stderr
    names = re.findall(r'^name = "([^":]+)', (checkout / "pyproject.toml").read_text(), re.MULTILINE)
    return [
        name for name in names if re.search(rf"^{re.escape(name)}[^\n]*(\n[^\n]+)? BROKEN", said.stdout, re.MULTILINE)
    ]


@pytest.mark.parametrize(
    ("file", "line", "contracts"),
    [
        ("crypto_checks/catalogue.py", "import socket", ["judges and parsers"]),
        ("harness/wire/rtp.py", "import random", ["judges and parsers"]),
        ("crypto_checks/words.py", "import harness.store", ["crypto_checks"]),
        ("quality_checks/figure.py", "import time", ["judges and parsers"]),
        ("quality_checks/words.py", "import crypto_checks.words", ["quality_checks"]),
        ("crypto_checks/words.py", "import quality_checks.words", ["crypto_checks"]),
        ("harness/model/check.py", "import harness.wire.rtp", ["harness.model", "no folder imports in a circle"]),
        ("harness/wire/rtp.py", "import harness.model.check", ["harness.wire"]),
        ("reports/model.py", "import crypto_checks.catalogue", ["reports"]),
        ("scenarios/steps.py", "import townhall.flaws", ["scenarios"]),
        ("load/bots/town.py", "import townhall.flaws", ["load"]),
        ("load/capacity/search.py", "import time", ["load's models, search, cost and plan"]),
        ("load/models/erlang.py", "import load.capacity.search", ["load.models"]),
        ("townhall/flaws/__init__.py", "import harness.model.check", ["townhall"]),
        ("harness/store.py", "import townhall.flaws", ["harness"]),
        ("harness/provision/needs.py", "import rich", ["harness.provision"]),
        ("harness/net/schedule.py", "import time", ["the links' model"]),
    ],
)
def test_a_breach_is_found(copy: Path, file: str, line: str, contracts: list[str]) -> None:
    path = copy / file
    sound = path.read_text()
    path.write_text(f"{line}\n{sound}")
    try:
        found = broken(copy)
    finally:
        path.write_text(sound)
    assert set(contracts) <= set(found)


def test_the_sources_as_they_are_keep_every_contract(copy: Path) -> None:
    assert broken(copy) == []
