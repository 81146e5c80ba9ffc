"""Live tests: one finished clean run serves every test that only looks at it."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from crypto_checks.catalogue import CATALOGUE
from harness.cli.conclude import Concluded, conclude
from harness.events import EventBus
from harness.run import Plan, observe
from harness.targets.registry import find_target

ALL_CHECKS = tuple(check.id for check in CATALOGUE)
EXTRAS = ("E05", "E08", "E09", "K09", "A03")  # need the call with everything beside picture and sound
Verify = Callable[..., Concluded]


def one_flaw_a_check(names: Iterable[str], without: Collection[str] = ()) -> list[ParameterSet]:
    """The flaws as test parameters: those that no check needs to be seen to fail, or that are slow, are marked long."""
    seen: set[str] = set()
    chosen = []
    for name in names:
        adds = name not in without and not set(find_target("townhall").flaws[name].expects) <= seen
        if adds:
            seen.update(find_target("townhall").flaws[name].expects)
        chosen.append(pytest.param(name, marks=() if adds else pytest.mark.long))
    return chosen


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
def clean(verify: Verify) -> Concluded:
    """One clean run with all scenarios."""
    return verify(stories=True)
