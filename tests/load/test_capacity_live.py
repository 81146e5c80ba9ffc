"""The whole search with the real town hall, bots and browsers: it ends with a number, or says why there is none."""

import os
import signal
from pathlib import Path
from typing import ClassVar

import pytest

from harness.cli.capacity import run_capacity
from harness.events import Event, EventBus
from load.capacity.cost import load_prices
from load.capacity.objectives import load_objectives
from load.capacity.result import read_result
from load.capacity.search import Plan
from load.measure import run
from load.measure.run import Wanted
from load.measure.stand import Timing
from load.municipality.calendar import load_municipality

pytestmark = pytest.mark.live

SHORT = Timing(window=2.0, settle=0.5, apart=0.02, patience=15.0)


def wanted(**changes: object) -> Wanted:
    given = {
        "municipality": load_municipality("winterbach"), "objectives": load_objectives(), "prices": load_prices(),
        "search": Plan(first=2, most=3, trials=4), "timing": SHORT, "state": False, "compare": False,
    }  # fmt: skip
    return Wanted(**(given | changes))  # type: ignore[arg-type]


def test_search_ends_with_a_result_that_can_be_read_again(tmp_path: Path) -> None:
    result, folder = run_capacity(wanted(), tmp_path, "de")
    assert read_result(folder / "capacity.json") == result
    page = (folder / "capacity.html").read_text("utf-8")
    assert "Winterbach" in page
    assert page.count('src="data:image/svg+xml') == 2
    first = result.trials[0].trial
    assert (first.asked, first.calls, first.figures["joined"]) == (2, 2, 1.0)
    assert first.figures["loss"] is not None
    probed = "probe_frames_per_second" in result.objectives.figures  # not where the bench had no room for browsers
    assert ("probe_frames_per_second" in first.figures) == probed
    assert first.server.cpu
    assert first.usage


class Killer:
    """Kills a generator when the first trial has been told."""

    killed: ClassVar[list[int]] = []

    def __call__(self, event: Event) -> None:
        if "calls stand" in event.text and not self.killed:
            for process in children("load.generator"):
                self.killed.append(process)
                os.kill(process, signal.SIGKILL)
                return


def children(module: str) -> list[int]:
    """Process ids of this process' own children that run a module."""
    import psutil

    return [child.pid for child in psutil.Process().children() if module in child.cmdline()]


def test_worker_that_is_killed_costs_its_bots_and_nothing_else() -> None:
    measured = run.measure(
        wanted(
            generators=2, probe=False, events=EventBus([Killer()]), search=Plan(first=2, most=2, trials=4, repeats=4)
        )
    )
    assert Killer.killed
    trials = [each.trial for each in measured.found.trials]
    assert [trial.generator.lost_workers for trial in trials][:2] == [0, 1]
    assert trials[1].calls in (1, 2), "its call is lost, unless its death was seen before the trial began"
    assert [trial.calls for trial in trials[2:]] == [trial.asked for trial in trials[2:]], "another took over"
    assert {trial.figures["joined"] for trial in trials} == {1.0}, "the server lost nobody"
