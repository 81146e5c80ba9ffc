"""Imports mutated modules in place of the ones that they were made of."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from tests.mutants.generate import WRITTEN


class Mutated(MetaPathFinder):
    """Finds a module in the folder of mutants, if one was written."""

    def __init__(self) -> None:
        self.root = WRITTEN.resolve()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        file = self.root / Path(*fullname.split(".")).with_suffix(".py")
        return spec_from_file_location(fullname, file) if file.is_file() else None


def load_mutated() -> None:
    """From here on; refuses if a source was imported already, for its mutants would then never be seen."""
    early = [name for name in sys.modules if name.startswith(("crypto_checks", "harness.wire"))]
    if early:
        raise ImportError(f"imported before its mutants: {', '.join(sorted(early))}")
    sys.meta_path.insert(0, Mutated())
