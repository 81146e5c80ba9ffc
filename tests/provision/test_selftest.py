"""The counts at the end of ``./pruefstand test`` are those of all runs together."""

from pathlib import Path

import pytest

from harness.provision.selftest import Counts, count


def junit(path: Path, tests: int, *, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    path.write_text(f'<?xml version="1.0"?><testsuites><testsuite name="pytest" {counts}></testsuite></testsuites>')
    return path


def test_errors_count_as_failed_and_runs_add_up(tmp_path: Path) -> None:
    unit = junit(tmp_path / "unit.xml", 10, failures=1, errors=2, skipped=3)
    live = junit(tmp_path / "live.xml", 5)
    assert count([unit, live]) == Counts(passed=9, failed=3, skipped=3)
    assert str(count([unit, live])) == "9 passed, 3 failed, 3 skipped"
    assert str(count([live])) == "5 passed, 0 failed"


@pytest.mark.parametrize("left", ["", "<testsuites><testsuite tests="])
def test_a_file_that_a_killed_run_left_empty_or_half_written_is_a_failure(tmp_path: Path, left: str) -> None:
    half = tmp_path / "unit.xml"
    half.write_text(left)
    assert count([half]) == Counts(failed=1)
