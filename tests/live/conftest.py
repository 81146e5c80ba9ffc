"""Live tests: one finished clean run serves every test that only looks at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.cli.conclude import Concluded, conclude
from harness.events import EventBus
from harness.matrix.folder import MatrixFolder
from harness.matrix.play import Player
from harness.matrix.stamp import code_of
from harness.processes import ProcessRegister
from harness.run import ROOT, Plan, observe
from harness.targets.media_servers import Sfu, start_janus, wait_until_open
from harness.targets.registry import find_target

ALL_CHECKS = tuple(check.id for check in CATALOGUE)
Verify = Callable[..., Concluded]


def verified(
    out: Path, *, flaw: str = "", checks: tuple[str, ...] = ALL_CHECKS, stories: bool = False, match: str = ""
) -> Concluded:
    """A whole run through real servers and browsers, judged and reported."""
    shrink = 1 if stories else 2  # flaws are about keys and bytes: a small picture leaves the machine time for them
    plan = Plan(find_target("townhall"), checks, stories=stories, flaw=flaw, out=out, shrink=shrink, match=match)
    return conclude(observe(plan, EventBus()), EventBus())


@pytest.fixture(scope="session")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Verify:
    """Starts a run in a folder of its own."""
    return lambda **wanted: verified(tmp_path_factory.mktemp("runs"), **wanted)


@pytest.fixture(scope="session")
def player(tmp_path_factory: pytest.TempPathFactory) -> Player:
    """Plays flaws, each from the start."""
    folder = MatrixFolder(tmp_path_factory.mktemp("matrix"))
    return Player(find_target("townhall"), folder, CATALOGUE, code_of(ROOT))


@pytest.fixture(scope="session")
def clean(verify: Verify) -> Concluded:
    """One clean run with all scenarios."""
    return verify(stories=True)


@pytest.fixture(scope="module")
def sfu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sfu]:
    """A Janus of its own, for each file of tests."""
    folder = tmp_path_factory.mktemp("janus")
    register = ProcessRegister(folder / "processes.json")
    server = start_janus(register, folder / "janus", folder / "logs")
    wait_until_open(server)
    yield server
    register.stop_all()
