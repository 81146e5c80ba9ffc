"""Which test for runs played by turns: false alarms, and the fewest runs that find a shift of 50 ms. Simulated.

``python -m benchmarks.pairing`` makes runs of two releases with noise and what a machine does meanwhile, compares
``FIGURES`` independent figures at once (Bonferroni, the first step of Holm), and prints the tables of docs/releases.md.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence

from harness.turns.plan import sides
from reports.compare.figures import LEVEL
from reports.compare.paired import sign, signed_rank
from reports.compare.statistics import p_value

FIGURES = 15
SHIFT = 50.0  # ms
SIZES = (4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24)
ENOUGH = 0.95
Runs = Sequence[float]


def _still(at: int, runs: int, before: float, dice: random.Random) -> float:
    return 0.0


def _trend(at: int, runs: int, before: float, dice: random.Random) -> float:
    return 60.0 * at / runs


def _step(at: int, runs: int, before: float, dice: random.Random) -> float:
    return 80.0 if 2 * at >= runs else 0.0


def _wander(at: int, runs: int, before: float, dice: random.Random) -> float:
    return 0.9 * before + dice.gauss(0, 30 * math.sqrt(1 - 0.81))


def _outliers(at: int, runs: int, before: float, dice: random.Random) -> float:
    return 200.0 if dice.random() < 0.08 else 0.0


MACHINES: Mapping[str, tuple[str, Callable[[int, int, float, random.Random], float]]] = {
    "still": ("stays as it is", _still),
    "trend": ("grows slower by 60 ms from first to last run", _trend),
    "step": ("is slower by 80 ms from the middle on", _step),
    "wander": ("wanders (sd 30 ms, 0.9 from run to run)", _wander),
    "outliers": ("8 % of runs are late by 200 ms", _outliers),
}


def simulated(machine: str, pairs: int, noise: float, dice: random.Random) -> list[float]:
    """One figure of so many pairs of runs, in the order in which they are played, ms."""
    level, runs = 0.0, []
    for at in range(2 * pairs):
        level = MACHINES[machine][1](at, 2 * pairs, level, dice)
        runs.append(level + dice.gauss(0, noise))
    return runs


def chances(values: Runs, order: str) -> dict[str, float]:
    """What each test says; ``order`` names the side of each run."""
    a, b = ([value for value, side in zip(values, order, strict=True) if side == each] for each in "ab")
    found = {"all runs": p_value(a, b)}
    if order == "a" * len(a) + "b" * len(b):
        return found  # one release after the other: there are no pairs
    differences = [
        (second - first) * (1 if order[2 * at] == "a" else -1)
        for at, (first, second) in enumerate(zip(values[::2], values[1::2], strict=True))
    ]
    found |= {"pairs": signed_rank(differences), "signs": sign(differences)}
    return found | {"both, doubled": min(1.0, 2 * min(found["all runs"], found["pairs"]))}


def by_turns(pairs: int, dice: random.Random) -> str:
    """The order that ``compare --play`` has."""
    return "".join(side for pair in sides(pairs, dice.randrange(2**30)) for side in pair)


def after_each_other(pairs: int, dice: random.Random) -> str:
    """First all of A, then all of B."""
    return "a" * pairs + "b" * pairs


def alarms(
    machine: str, order: Callable[[int, random.Random], str], pairs: int, times: int, noise: float
) -> dict[str, float]:
    """How often a comparison of alike releases names any figure, by test."""
    dice, hits = random.Random(1), dict[str, int]()
    for _ in range(times):
        whose, least = order(pairs, dice), dict[str, float]()
        for _ in range(FIGURES):
            for test, chance in chances(simulated(machine, pairs, noise, dice), whose).items():
                least[test] = min(chance, least.get(test, 1.0))
        for test, chance in least.items():
            hits[test] = hits.get(test, 0) + (chance * FIGURES <= LEVEL)
    return {test: count / times for test, count in hits.items()}


def fewest(machine: str, times: int, noise: float, sizes: Iterable[int] = SIZES) -> dict[str, int]:
    """With how many pairs each test finds B's shift in 95 of 100 comparisons; a test that never does is left out."""
    found: dict[str, int] = {}
    for pairs in sizes:
        dice, hits = random.Random(2), dict[str, int]()
        for _ in range(times):
            whose = by_turns(pairs, dice)
            runs = simulated(machine, pairs, noise, dice)
            moved = [value + (SHIFT if side == "b" else 0.0) for value, side in zip(runs, whose, strict=True)]
            for test, chance in chances(moved, whose).items():
                hits[test] = hits.get(test, 0) + (chance * FIGURES <= LEVEL)
        for test, count in hits.items():
            if count >= ENOUGH * times:
                found.setdefault(test, pairs)
    return found


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairing", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--times", type=int, default=1000, help="comparisons for each number (default: 1000)")
    times = parser.parse_args(given).times
    tests = ("all runs", "pairs", "signs", "both, doubled")
    print(f"False alarms, 12 pairs, noise 8 ms, {FIGURES} figures, {times} comparisons each\n")
    print(f"| the machine | {' | '.join(tests)} | A first, then B: all runs |\n|---|{'---:|' * 5}")
    for machine, (said, _) in MACHINES.items():
        turned, apart = (alarms(machine, order, 12, times, 8.0) for order in (by_turns, after_each_other))
        cells = [f"{100 * turned[test]:.1f} %" for test in tests] + [f"{100 * apart['all runs']:.1f} %"]
        print(f"| {said} | {' | '.join(cells)} |", flush=True)
    print(f"\nPairs that find {SHIFT:.0f} ms in 95 of 100 comparisons\n")
    print(f"| noise | the machine | {' | '.join(tests)} |\n|---:|---|{'---:|' * 4}")
    for noise in (8.0, 20.0):
        for machine, (said, _) in MACHINES.items():
            least = fewest(machine, times, noise)
            cells = [str(least[test]) if test in least else f"> {SIZES[-1]}" for test in tests]
            print(f"| {noise:.0f} ms | {said} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
