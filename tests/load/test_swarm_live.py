"""Locust with two workers drives people through real appointments, and counts what their media met."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.events import EventBus
from harness.targets.townhall import TownhallDeployment
from load.measure.appointments import town_hall

pytestmark = pytest.mark.live

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[TownhallDeployment]:
    with town_hall(tmp_path, 65, EventBus()) as started:  # desks of two workers lie 64 apart
        yield started


def test_two_workers_bring_people_together_and_no_request_fails(deployment: TownhallDeployment, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "locust", "-f", "load/swarm/locustfile.py", "--headless", "--processes", "2"),
        *("--users", "2", "--spawn-rate", "2", "--run-time", "25s", "--stop-timeout", "20", "--only-summary"),
        *("--host", deployment.base_url, "--mails", str(deployment.observables.mails), "--csv", str(tmp_path / "load")),
        *("--talk", "80", "--pace", "20", "--bots", "8"),
    ]
    environment = os.environ | {"LOAD_CLERK_PASSWORD": deployment.password, "PYTHONPATH": str(_ROOT)}
    ended = subprocess.run(
        command, cwd=_ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    with (tmp_path / "load_stats.csv").open(newline="") as file:
        rows = {(row["Type"], row["Name"]): row for row in csv.DictReader(file)}
    assert {name: row["Failure Count"] for name, row in rows.items() if row["Failure Count"] != "0"} == {}
    assert rows["POST", "/lasthausen/amt/anmelden"]["Request Count"] == "2", "both desks logged in"
    for party in ("clerk", "citizen"):
        assert int(rows["webrtc", f"first packet ({party})"]["Request Count"]) >= 1
        assert int(rows["webrtc", f"media loss ({party})"]["Request Count"]) >= 1
    assert deployment.password not in ended.stdout + ended.stderr
