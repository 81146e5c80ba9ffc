"""The mutants that were written, what they change, and which are tried: all, some by name, or a drawn sample."""

import ast
import difflib
import hashlib
import json
from collections.abc import Collection, Sequence
from fnmatch import fnmatch
from pathlib import Path
from random import Random

from tests.mutants.generate import WRITTEN


def names() -> list[str]:
    """Every mutant, in the order of files and lines."""
    lists = sorted(WRITTEN.rglob("*.json"))
    return [name for path in lists if path.parent != WRITTEN for name in json.loads(path.read_text("utf-8"))["mutants"]]


def matching(patterns: Collection[str], mutants: Sequence[str]) -> list[str]:
    """The mutants whose name matches a pattern; no pattern: all."""
    return [name for name in mutants if not patterns or any(fnmatch(name, pattern) for pattern in patterns)]


def drawn(mutants: Sequence[str], size: int, seed: int) -> list[str]:
    """A sample in which every file has its share: so many of each, drawn by chance within the file."""
    chance = Random(seed)
    by_file: dict[str, list[str]] = {}
    for name in mutants:
        by_file.setdefault(module_of(name), []).append(name)
    shares = {file: size * len(held) / len(mutants) for file, held in by_file.items()}
    counts = {file: int(share) for file, share in shares.items()}
    largest = sorted(shares, key=lambda file: counts[file] - shares[file])
    for file in largest[: size - sum(counts.values())]:
        counts[file] += 1
    sample = [name for file, held in by_file.items() for name in chance.sample(held, counts[file])]
    chance.shuffle(sample)  # what was tried when somebody stops it is a sample, too
    return sample


def module_of(mutant: str) -> str:
    """The module that holds a mutant."""
    return mutant.rpartition(".")[0]


def function_of(mutant: str) -> str:
    """The function that a mutant changes, as ``switch.called`` names it."""
    return mutant.rpartition("__mutmut_")[0]


class Texts:
    """The text of every form of every function, read from the written modules once."""

    def __init__(self) -> None:
        self._by_module: dict[str, dict[str, str]] = {}

    def _of(self, module: str) -> dict[str, str]:
        if module not in self._by_module:
            path = WRITTEN / Path(*module.split("."))
            path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            text = path.read_text("utf-8")
            lines = text.splitlines()
            self._by_module[module] = {
                node.name: "\n".join(lines[node.lineno - 1 : node.end_lineno])
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.FunctionDef)
            }
        return self._by_module[module]

    def change(self, mutant: str) -> str:
        """What a mutant changes: the lines taken out and the lines put in."""
        forms, short = self._of(module_of(mutant)), mutant.rpartition(".")[2]
        stem = short.rpartition("__mutmut_")[0]
        before, after = (forms[name].replace(name, stem, 1).splitlines() for name in (f"{stem}__mutmut_orig", short))
        return "\n".join(
            line
            for line in difflib.unified_diff(before, after, lineterm="", n=1)
            if line[:3] not in ("---", "+++", "@@ ")
        )

    def mark(self, mutant: str) -> str:
        """A name for a change that stays when others are numbered anew."""
        return hashlib.sha256(f"{function_of(mutant)}\n{self.change(mutant)}".encode()).hexdigest()[:16]
