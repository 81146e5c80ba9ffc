"""Writes mutants: every judge and parser again, with all its changed forms in one module beside the original.

``python -m tests.mutants.generate [FOLDER ...]`` runs where mutmut is installed (tox -e mutants; requirements.lock)
and needs nothing else of the bench. What is there of the same source is left alone. mutmut decides what is changed and
how; its own switch between the forms is taken out for ours (``switch.py``).
"""

import hashlib
import importlib
import json
import sys
from pathlib import Path
from typing import Any

SOURCES = ("crypto_checks", "harness/wire")
WRITTEN = Path("mutants")
_THEIR_SWITCH = "from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict"
_OUR_SWITCH = "from tests.mutants.switch import choose as _mutmut_mutated, MutantDict"


def write(source: Path) -> int:
    """Write the mutants of one file and the list of their names; how many there are."""
    text = source.read_text("utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    mutated, names = WRITTEN / source, (WRITTEN / source).with_suffix(".json")
    if names.exists() and (known := json.loads(names.read_text("utf-8")))["source"] == digest:
        return len(known["mutants"])
    # By name: mutmut is installed by the environment ``mutants`` alone.
    mutmut: Any = importlib.import_module("mutmut.mutation.file_mutation")
    made = mutmut.mutate_file_contents(str(source), text)
    module = ".".join(source.with_suffix("").parts).removesuffix(".__init__")
    mutated.parent.mkdir(parents=True, exist_ok=True)
    unfinished = mutated.with_suffix(".part")
    unfinished.write_text(made.code.replace(_THEIR_SWITCH, _OUR_SWITCH), "utf-8")
    unfinished.replace(mutated)
    listed = [f"{module}.{name}" for name in made.mutant_names]
    names.write_text(json.dumps({"source": digest, "mutants": listed}, indent=1), "utf-8")
    return len(listed)


def main(folders: list[str]) -> None:
    """Write the mutants of every file in the folders."""
    files = sorted(file for folder in folders or SOURCES for file in Path(folder).rglob("*.py"))
    count = sum(write(file) for file in files)
    print(f"{count} mutants of {len(files)} files")


if __name__ == "__main__":
    main(sys.argv[1:])
