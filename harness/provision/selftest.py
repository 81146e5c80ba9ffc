"""``./pruefstand test``: the bench's own tests, through tox, with the counts of all of them at the end."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Counts:
    """Tests by how they ended; an error in a fixture or while collecting counts as failed."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def count(junit_files: Iterable[Path]) -> Counts:
    """The sum over JUnit files as pytest writes them; a damaged file (pytest was killed) counts as one failed test."""
    passed = failed = skipped = 0
    for file in junit_files:
        try:
            suites = list(ET.parse(file).getroot().iter("testsuite"))
        except ET.ParseError:
            failed += 1
            continue
        for suite in suites:
            tests, bad, left_out = _sum(suite, "tests"), _sum(suite, "failures", "errors"), _sum(suite, "skipped")
            passed, failed, skipped = passed + tests - bad - left_out, failed + bad, skipped + left_out
    return Counts(passed, failed, skipped)


def _sum(suite: ET.Element, *names: str) -> int:
    return sum(int(suite.get(name, "0")) for name in names)


def main(arguments: Sequence[str]) -> int:
    """Run tox with ``arguments``, print the counts of all tests, return 0 when all is well, else 1."""
    counts_folder = ROOT / ".tox" / "counts"
    for old in counts_folder.glob("*.xml"):
        old.unlink()
    # On CI tox would list each environment's packages by its pip; ours have none, and all are those of the lock.
    command = [sys.executable, "-m", "tox", "run", "--no-list-dependencies", *arguments]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    files = sorted(counts_folder.glob("*.xml"))
    if files:
        print(count(files), flush=True)
    return 1 if code else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
