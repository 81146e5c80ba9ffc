"""Two releases by turns, with real browsers: killed, it goes on; another checkout is what is really started."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness.net.reach import why_not
from harness.run import ROOT
from reports.compare.release import read_release

pytestmark = [pytest.mark.live, pytest.mark.long]
PROBLEM = why_not()
_BULKY = shutil.ignore_patterns("__pycache__", "node_modules")  # its bundles are newer than its sources


def compared(out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness.cli", "compare", "--play", *words, "--lang", "en", "--out", str(out)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def test_flaw_of_the_second_is_found_with_one_run_of_each(tmp_path: Path) -> None:
    done = compared(tmp_path, "townhall", "townhall+plain-audio", "--only", "E01", "--repeat", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "E01" in (tmp_path / "compare.md").read_text("utf-8")
    again = compared(tmp_path, "townhall", "townhall+plain-audio", "--only", "E01", "--repeat", "1")
    assert again.returncode == 1
    assert "Every run is there already" in again.stdout


@pytest.mark.skipif(PROBLEM is not None, reason=PROBLEM.en if PROBLEM else "")
def test_release_slowed_by_50_ms_is_measured_so(tmp_path: Path) -> None:
    done = compared(tmp_path, "townhall", "townhall@delay-50", "--repeat", "2")
    assert done.returncode in (0, 1, 3), done.stdout + done.stderr  # two runs are too few to say it
    a, b = (read_release(side, [tmp_path / side]).by_pair("Q01.whole") for side in "ab")
    assert a is not None
    assert b is not None
    assert sorted(a) == sorted(b) == [1, 2]
    assert all(b[pair] > a[pair] for pair in a), "each pair shows it"


def test_another_checkout_is_what_is_started(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "townhall", other / "townhall", symlinks=True, ignore=_BULKY)
    main = other / "townhall" / "__main__.py"
    main.write_text("raise SystemExit('this is the other release')\n" + main.read_text("utf-8"))
    done = compared(tmp_path / "out", str(other), "townhall", "--repeat", "1")
    assert done.returncode == 2
    assert "this is the other release" in done.stderr
