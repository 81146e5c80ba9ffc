"""The first half of a run: start the target, play the scenarios, keep the evidence. Judging it comes after."""

import contextlib
import os
import platform
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from harness.bench import Bench
from harness.browsers import Browsers
from harness.deadline import STORY
from harness.events import EventBus
from harness.model.errors import BenchError
from harness.plugin import ScenarioPlugin
from harness.processes import end_survivors
from harness.store import RunStore
from harness.sweep import sweep
from harness.targets.protocol import Target

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
WORK_PREFIX = "pruefstand-"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do. ``checks`` are the ids to be judged; ``stories`` also plays what no check needs.

    ``shrink`` divides the size of the cameras' pictures (1 or 2); ``match`` plays only those of the scenarios
    whose names contain it; ``limit`` are the seconds that a scenario may take; ``notes`` are kept in run.json, too.
    """

    target: Target
    checks: tuple[str, ...]
    stories: bool = True
    flaw: str = ""
    browser: str = "chromium"
    headed: bool = False
    out: Path = Path("runs")
    lang: str = "de"
    shrink: int = 1
    match: str = ""
    limit: float = STORY
    notes: Mapping[str, Any] = field(default_factory=dict)


def observe(plan: Plan, events: EventBus) -> Path:
    """Plays the scenarios against the target and writes the evidence; returns the run folder. Raises ``BenchError``."""
    clean_up_after_killed_runs()
    started = time.monotonic()
    info = {
        "flaw": plan.flaw, "browser": plan.browser, "lang": plan.lang, "checks": list(plan.checks), "host": host(),
        "versions": versions(), **plan.notes,
    }  # fmt: skip
    store = RunStore.create(plan.out, plan.target.name, info)
    workdir = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(workdir)
    try:
        with Browsers(headed=plan.headed, name=plan.browser) as browsers:
            bench = Bench.start(store, plan.target, browsers, workdir, events, flaw=plan.flaw, shrink=plan.shrink)
            try:
                store.info["browser"] = browsers.version()
                plugin = _play(bench, plan, events)
                store.secrets.update(secret.encode() for secret in bench.deployment.observables.secrets)
            finally:
                bench.close()
        seconds = round(time.monotonic() - started, 1)
        store.finish(seconds=seconds, scenarios_failed=plugin.failed, swept=sweep(store.folder, store.secrets))
    finally:
        store.close()
        shutil.rmtree(workdir, ignore_errors=True)
    return store.folder


def _play(bench: Bench, plan: Plan, events: EventBus) -> ScenarioPlugin:
    plugin = ScenarioPlugin(bench, events, () if plan.stories else plan.checks, plan.limit)
    quiet = ["-p", "no:cacheprovider", "-p", "no:terminal", "--capture=no"]
    arguments = [str(SCENARIOS), *quiet, "--rootdir", str(ROOT), "-c", os.devnull, "--import-mode=importlib"]
    if plan.match:
        arguments += ["-k", plan.match]
    code = pytest.main(arguments, plugins=[plugin])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise BenchError(f"The scenarios could not be played: pytest ended with {pytest.ExitCode(code).name}.")
    return plugin


def clean_up_after_killed_runs() -> list[str]:
    """Ends processes and removes folders that killed runs left behind; those of running benches stay."""
    ended: list[str] = []
    for folder in Path(tempfile.gettempdir()).glob(f"{WORK_PREFIX}*"):
        owner = folder / "owner"
        if not owner.is_file() or _alive(owner):
            continue
        ended += end_survivors(sorted(folder.glob("*/processes.json")))
        shutil.rmtree(folder, ignore_errors=True)
    return ended


def own_workdir(workdir: Path) -> None:
    """Marks a work folder as that of this process, so that no other bench takes it for an orphan."""
    workdir.mkdir(parents=True, exist_ok=True)
    (workdir / "owner").write_text(str(os.getpid()))


def _alive(owner: Path) -> bool:
    try:
        os.kill(int(owner.read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


def host() -> dict[str, str]:
    """The machine, as a report names it."""
    return {"system": platform.platform(terse=True), "python": platform.python_version(), "cores": str(os.cpu_count())}


def versions() -> dict[str, str]:
    """The versions of what takes part in a run: the bench, its libraries, and the servers of the distribution."""
    found = {"pruefstand": tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]}
    for name in ("playwright", "cryptography", "av", "numpy", "zxing-cpp", "fastapi"):
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    for name in ("janus", "coturn", "espeak-ng"):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            asked = ["dpkg-query", "--show", "--showformat=${Version}", name]
            found[name] = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return found
