"""``python -m tests.mutants``: tries the mutants that ``tests.mutants.generate`` wrote; says what became of them."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.mutants import switch
from tests.mutants.figures import table
from tests.mutants.generate import WRITTEN
from tests.mutants.loading import load_mutated
from tests.mutants.stock import Texts, drawn, function_of, matching, names

TESTS = {"crypto_checks": ["tests/crypto_checks", "tests/flaws"], "harness.wire": ["tests/wire"]}
NOTICED = ("killed", "timeout")
RESULTS = WRITTEN / "results.json"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("patterns", nargs="*", help='names: "crypto_checks.keys.*" (default: all of crypto_checks)')
    parser.add_argument("--sample", type=int, help="so many, drawn by chance, each file its share")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fresh", type=Path, nargs="+", default=[], help="none whose change stands in these results")
    parser.add_argument("--again", type=Path, help="only those that this file of results does not call killed")
    parser.add_argument("--tests", nargs="+", help="with these tests (default: those of the folder)")
    parser.add_argument("--budget", type=float, default=6.0, help="processor seconds of tests for each (default: 6)")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--show", action="store_true", help="only show what the results say survived, with its change")
    parser.add_argument("--alone", metavar="NAME", help="plain pytest with this mutant, on from the start")
    return parser.parse_args()


def chosen(given: argparse.Namespace) -> list[str]:
    """The mutants to try."""
    mutants = matching(given.patterns or ["crypto_checks.*"], names())
    texts = Texts()
    if given.again:
        left = [said for said in read(given.again) if said["outcome"] not in NOTICED]
        functions, marks = {function_of(said["mutant"]) for said in left}, {said["mark"] for said in left}
        mutants = [name for name in mutants if function_of(name) in functions and texts.mark(name) in marks]
    for path in given.fresh:
        known = read(path)
        functions, marks = {function_of(said["mutant"]) for said in known}, {said["mark"] for said in known}
        mutants = [name for name in mutants if function_of(name) not in functions or texts.mark(name) not in marks]
    return drawn(mutants, given.sample, given.seed) if given.sample else mutants


def read(path: Path) -> list[dict[str, Any]]:
    """What was told of mutants before."""
    return list(json.loads(path.read_text("utf-8")).values())


def show(path: Path) -> None:
    """What was not noticed, with its change."""
    for said in read(path):
        if said["outcome"] not in NOTICED:
            print(f"# {said['mutant']}: {said['outcome']}\n{said['change']}\n")


class Loop:
    """Takes the place of pytest's own loop over the tests."""

    def __init__(self, mutants: list[str], budget: float, results: Path) -> None:
        self.mutants, self.budget, self.results = mutants, budget, results

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        from tests.mutants.trying import Bench  # not before the mutated modules are found

        bench = Bench(session.items, self.budget)
        bench.prepare()
        print(f"{len(session.items)} tests take {sum(bench.seconds):.0f} s", flush=True)
        texts, told = Texts(), dict[str, Any]()
        for number, mutant in enumerate(self.mutants, 1):
            tried = bench.try_mutant(mutant)
            mark, change = texts.mark(mutant), texts.change(mutant)
            told[mutant] = {"mutant": mutant, "mark": mark, "change": change, **vars(tried)}
            if number % 50 == 0 or number == len(self.mutants):
                self.results.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
                killed = sum(said["outcome"] in NOTICED for said in told.values())
                print(f"{number} of {len(self.mutants)}: {killed} killed", flush=True)
        print(table(told.values()))
        return True


def main() -> int:
    """Try them."""
    given = arguments()
    if given.show:
        show(given.results)
        return 0
    mutants = [given.alone] if given.alone else chosen(given)
    folders = [tests for prefix, tests in TESTS.items() if any(name.startswith(prefix) for name in mutants)]
    load_mutated()
    settings.register_profile("mutants", max_examples=10, derandomize=True, database=None, deadline=None)
    settings.load_profile("mutants")
    quiet = ["-q", "--assert=plain", "--tb=native", "--capture=no", "-p", "no:cacheprovider", "-p", "no:xdist"]
    selection = given.tests or [one for tests in folders for one in tests]
    if given.alone:
        switch.active = given.alone
        return int(pytest.main(["-x", *quiet, *selection]))
    return int(pytest.main([*quiet, *selection], plugins=[Loop(mutants, given.budget, given.results)]))


if __name__ == "__main__":
    sys.exit(main())
