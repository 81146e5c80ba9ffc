"""A bench killed half way: what it saw stays readable, and nothing of it stays behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from harness.model.outcome import Outcome
from harness.run import ROOT, WORK_PREFIX, clean_up_after_killed_runs
from harness.wait import wait_until

pytestmark = pytest.mark.live

PRUEFSTAND = [sys.executable, "-m", "harness.cli"]


def servers_of(workdirs: set[Path]) -> list[psutil.Process]:
    """The servers and browsers that were started from these work folders."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        words = " ".join(process.info["cmdline"] or ())
        if any(str(folder) in words for folder in workdirs):
            found.append(process)
    return found


def test_killed_run_is_judged_and_leaves_nothing_behind(tmp_path: Path) -> None:
    before = set(Path(tempfile.gettempdir()).glob(f"{WORK_PREFIX}*"))
    bench = subprocess.Popen(
        [*PRUEFSTAND, "verify", "--out", str(tmp_path)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def first_call_written() -> Path | None:
        return next(
            (file for file in tmp_path.glob("*/evidence/records.jsonl") if b"server-frames" in file.read_bytes()), None
        )

    run = wait_until(first_call_written, "The first call of the run", 120).parents[1]
    mine = set(Path(tempfile.gettempdir()).glob(f"{WORK_PREFIX}*")) - before
    servers = servers_of(mine)
    assert servers, "the run has no servers to leave behind"
    os.kill(bench.pid, signal.SIGKILL)
    bench.wait()

    judged = subprocess.run([*PRUEFSTAND, "judge", str(run)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert judged.returncode == 3, judged.stderr
    reported = subprocess.run([*PRUEFSTAND, "report", str(run)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert reported.returncode == 0, reported.stderr
    verdicts = json.loads((run / "verdicts.json").read_text("utf-8"))
    assert Outcome.FAIL not in {verdict["finding"]["outcome"] for verdict in verdicts["verdicts"]}

    clean_up_after_killed_runs()
    _, alive = psutil.wait_procs(servers, timeout=10)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert [folder for folder in mine if folder.exists()] == []
