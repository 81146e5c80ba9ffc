"""Locust's master and two workers, each on a host of its own, bring people to a town hall on a fourth."""

import csv
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from harness.net.impairment import Impairment
from harness.net.network import Network, network
from harness.net.reach import why_not
from harness.processes import die_with_parent
from load.measure.halls import Hall
from tests.load.serving import ROOT, serving

PROBLEM = why_not()
pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(PROBLEM is not None, reason=PROBLEM.en if PROBLEM else ""),
]

_WORKERS = ("worker1", "worker2")
_UP_MS = 30.0  # planted on each worker's way to the others


def locust(net: Network, host: str, hall: Hall, *arguments: str) -> "subprocess.Popen[str]":
    """Locust on a host, as docs/load.md says it."""
    command = net.hosts[host].command([sys.executable, "-m", "locust", "-f", "load/swarm/locustfile.py", *arguments])
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"LOAD_CLERK_PASSWORD": hall.password, "PYTHONPATH": str(ROOT)},
        preexec_fn=die_with_parent,
    )  # fmt: skip


def test_a_master_and_two_workers_are_three_machines(tmp_path: Path) -> None:
    with network(["hall", "master", *_WORKERS], seed=1) as net, ExitStack() as stack:
        for worker in _WORKERS:  # a little way off
            net.set(worker, up=Impairment(delay_ms=_UP_MS))
        own = net.hosts["hall"]
        # Desks of one worker lie 64 apart.
        hall = stack.enter_context(serving(tmp_path, 65, "--address", own.address, on=own.command))
        people = ["--host", hall.url, "--mails", str(hall.mails), "--talk", "60", "--pace", "20"]
        people += ["--seed", "29"]  # both citizens come at once, and one of the people loses the line and comes back
        master = locust(
            net, "master", hall, "--headless", "--master", "--expect-workers", "2", "--users", "2",
            *("--spawn-rate", "2", "--run-time", "20s", "--stop-timeout", "20", "--only-summary"),
            *("--csv", str(tmp_path / "load"), *people),
        )  # fmt: skip
        workers = [
            locust(net, host, hall, "--worker", "--master-host", net.hosts["master"].address, "--bots", "8")
            for host in _WORKERS
        ]
        for process in (master, *workers):
            stack.enter_context(process)
            stack.callback(process.kill)
        said = [process.communicate(timeout=120)[0] for process in (master, *workers)]
        moved = {host: ways["up"] for host, ways in net.counts().items()}
    assert [process.returncode for process in (master, *workers)] == [0, 0, 0], said
    with (tmp_path / "load_stats.csv").open(newline="") as file:
        rows = {(row["Type"], row["Name"]): row for row in csv.DictReader(file)}
    assert {name: row["Failure Count"] for name, row in rows.items() if row["Failure Count"] != "0"} == {}
    assert rows["POST", "/lasthausen/amt/anmelden"]["Request Count"] == "2", "each worker's desk logged in"
    for party in ("clerk", "citizen"):
        assert int(rows["webrtc", f"first packet ({party})"]["Request Count"]) >= 2
        met = rows["webrtc", f"media loss ({party})"]
        assert int(met["Request Count"]) >= 2
        assert float(met["Min Response Time"]) >= _UP_MS, "the way that was planted is in the delay"
    assert all(moved[host].taken > 1000 for host in ("hall", *_WORKERS)), "media went over the links"
    assert 0 < moved["master"].taken < moved["worker1"].taken, "the master has nothing to do with it"
    assert hall.password not in "".join(said)
