"""Chance in the models comes from a seed: import-linter bars ``random`` and ``time``; this bars numpy's own entropy."""

import ast
from pathlib import Path

import pytest

LOAD = Path(__file__).resolve().parents[2] / "load"
ROOMS = ("models", "municipality", "capacity")
GENERATORS = {"default_rng", "SeedSequence", "PCG64", "RandomState"}


def unseeded(source: str) -> list[int]:
    """The lines on which a generator is made without a seed, or numpy's global one is used."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in GENERATORS:
            if not node.args:
                lines.append(node.lineno)
        elif ast.unparse(node.func.value) in ("np.random", "numpy.random"):
            lines.append(node.lineno)
    return lines


@pytest.mark.parametrize("room", ROOMS)
def test_no_generator_without_a_seed(room: str) -> None:
    files = sorted((LOAD / room).rglob("*.py"))
    assert files
    assert {file.name: lines for file in files if (lines := unseeded(file.read_text("utf-8")))} == {}


@pytest.mark.parametrize("line", ["np.random.default_rng()", "np.random.normal()", "numpy.random.seed(1)"])
def test_a_generator_without_a_seed_would_be_found(line: str) -> None:
    assert unseeded(f"import numpy as np\nx = {line}\n") == [2]
