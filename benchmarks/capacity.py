"""Whether the search for a server's capacity tells the truth on a real server.

``python -m benchmarks.capacity`` searches the embedded town hall's number again and again, by turns undisturbed and
slowed: a program of the highest priority then takes a share of the server's cores, as a neighbour on the same machine
would. The slowed server must be found smaller each time, and the undisturbed one must be found the same. It takes about
four minutes a search; nothing else may run meanwhile.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import median

from benchmarks.figures import Figure, show
from harness.events import EventBus
from harness.processes import die_with_parent
from load.capacity.cost import load_prices
from load.capacity.objectives import load_objectives, without
from load.capacity.search import Found, Plan
from load.measure.run import Wanted, measure
from load.measure.stand import Timing
from load.municipality.calendar import load_municipality

PLAN = Plan(first=24, most=256, trials=12, repeats=4)
TIMING = Timing(window=6.0, settle=1.5, apart=0.08)
PERIOD = 0.01  # seconds: of each, the neighbour takes its share at once
_NEIGHBOUR = """
import time
share, period = {share}, {period}
while True:
    began = time.perf_counter()
    while time.perf_counter() - began < share * period: pass
    time.sleep(max(0, period - (time.perf_counter() - began)))
"""


def search(probe: bool, events: EventBus) -> Found:
    """One search of the embedded town hall's number on one core."""
    objectives = load_objectives() if probe else without(load_objectives(), "probe")
    wanted = Wanted(
        load_municipality("winterbach"), objectives, load_prices(), PLAN, TIMING, probe=probe, compare=False,
        state=False, events=events,
    )  # fmt: skip
    return measure(wanted).found


@contextmanager
def neighbour(share: float) -> Iterator[None]:
    """Takes a share of the first core, which is the server's, at the highest priority that the system grants."""

    def greedy() -> None:
        die_with_parent()
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))

    with subprocess.Popen(
        [sys.executable, "-c", _NEIGHBOUR.format(share=share, period=PERIOD)], preexec_fn=greedy
    ) as taker:
        try:
            yield
        finally:
            taker.kill()


def figures(alone: Sequence[Found], slowed: Sequence[Found]) -> list[Figure]:
    """The table. A search without a number counts as one that did not see what it should."""
    named = [found.calls for found in alone if not found.at_least]
    middle = median(named) if named else 0
    apart = max((abs(calls - middle) / middle for calls in named), default=1.0)
    smaller = sum(found.calls < middle and not found.at_least for found in slowed)
    lines = [
        Figure(
            f"{name} {number}: calls, {_interval(found)}", found.calls, "calls" if not found.at_least else "at least"
        )
        for name, group in (("undisturbed", alone), ("slowed", slowed))
        for number, found in enumerate(group, 1)
    ]
    return [
        *lines,
        Figure("searches with a number", len(named), "searches", len(alone), "more"),
        Figure("farthest from their median", 100 * apart, "%", 10.0),
        Figure("slowed server found smaller", smaller, "times", len(slowed), "more"),
    ]


def _interval(found: Found) -> str:
    return f"95 % {found.low} to {found.high}" if found.high is not None else f"ended by {found.end}"


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.capacity", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="searches of each kind (default: 3)")
    parser.add_argument("--share", type=float, default=0.4, help="of the server's core that is taken (default: 0.4)")
    parser.add_argument("--probe", action="store_true", help="with the probe of real browsers: needs four cores")
    chosen = parser.parse_args(given)
    events = EventBus([lambda event: print(f"  {event.text}", flush=True)])
    alone, slowed = [], []
    for number in range(chosen.rounds):
        began = time.monotonic()
        alone.append(search(chosen.probe, events))
        print(f"undisturbed {number + 1}: {alone[-1].calls}, {time.monotonic() - began:.0f} s", flush=True)
        began = time.monotonic()
        with neighbour(chosen.share):
            slowed.append(search(chosen.probe, events))
        print(f"slowed {number + 1}: {slowed[-1].calls}, {time.monotonic() - began:.0f} s", flush=True)
    show(f"The same server, and with {100 * chosen.share:.0f} % of its core taken", figures(alone, slowed))


if __name__ == "__main__":
    main()
