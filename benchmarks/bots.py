"""What the pump's bots cost beside stock aiortc bots and real browsers: one run, one machine, one server.

``python -m benchmarks.bots`` starts the embedded town hall (its recorder off), books calls, and lets first stock aiortc
bots and then the pump's hold them; each kind is a process of its own, whose processor time, memory, punctuality and
losses are compared with each other and with the media server's. Then Chromium pages hold calls, two at a time, for as
long as one core carries them. Last, both kinds of bots go without a media server, more and more of them, for how many
one core carries. ``--write docs/bots.md`` writes the page of it.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import psutil

from benchmarks.bots_pages import hold_pages
from benchmarks.bots_table import Found, Held, figures, page
from benchmarks.bots_worker import Told
from benchmarks.figures import show
from harness.events import EventBus
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from load.bots import stock_pairs
from load.bots.municipality import TENANT, user_of, write_municipality
from load.bots.town import Desk, citizen_bot, invited
from load.bots.web import HttpxWeb
from load.pump import media, mirror

PUNCTUAL = 0.95  # of the ticks, or of the frames of stock bots, at most 5 ms late
ROUNDS = 2
STOCK_STEPS = (16, 24, 32, 40, 48, 56, 64)
PUMP_STEPS = (300, 400, 500, 600, 700)
Way = tuple[str, str, str]


def _book(deployment: TownhallDeployment, calls: int) -> list[tuple[Way, Way]]:
    mails = deployment.observables.mails
    assert mails is not None
    ways: list[tuple[Way, Way]] = []
    for number in range(1, calls + 1):
        desk = Desk(HttpxWeb(deployment.base_url), TENANT, user_of(number - 1), deployment.password)
        booked = desk.books(f"Bot {number}", f"bot{number}@example.org")
        clerk, citizen = desk.bot(booked), citizen_bot(invited(mails, booked))
        ways.append(((clerk.role, clerk.url, clerk.cookies), (citizen.role, citizen.url, citizen.cookies)))
        desk.close()
    return ways


def hold(deployment: TownhallDeployment, kind: str, ways: Sequence[tuple[Way, Way]], seconds: float) -> Held:
    """Let one kind of bots hold these calls, in a process of their own."""
    server = psutil.Process(next(each.pid for each in deployment.observables.processes if each.name == "janus"))
    order = {"kind": kind, "bots": [bot for pair in ways for bot in pair], "seconds": seconds}
    command = [sys.executable, "-m", "benchmarks.bots_worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps(order) + "\n")
        worker.stdin.close()
        used: list[float] = []
        for line in worker.stdout:
            if line.startswith("{"):
                held = Held(len(ways), Told(**json.loads(line)), used[1] - used[0])
                print(
                    f"  {kind}: {len(ways)} calls, {held.per_call:.2f} % of a core a call, "
                    f"the media server {held.server_per_call:.2f} %",
                    flush=True,
                )
                return held
            times = server.cpu_times()
            used.append(times.user + times.system)
    raise SystemExit(f"The {kind} bots did not come in; what they said stands above.")


def _apart(measure: Callable[..., Any], *arguments: Any) -> Any:
    """Measure in a fresh process: the memory and the event loop of the last measurement are not this one's."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:  # its process may start the mirror's
        return pool.submit(measure, *arguments).result()


def _stock(bots: int, seconds: float) -> tuple[bool, float, float]:
    found = stock_pairs.measure((media.opus(), media.video("vp9")), bots, seconds)
    return found.within >= PUNCTUAL and found.lost == 0, found.cores, found.within


def _pump(bots: int, seconds: float) -> tuple[bool, float, float]:
    found = mirror.measure((media.opus(), media.video("vp9")), bots, seconds)
    return found.within >= PUNCTUAL and found.own_loss == 0, found.cores, found.within


def ceiling(measure: Callable[[int, float], tuple[bool, float, float]], steps: Sequence[int], seconds: float) -> int:
    """The most bots that one process carried with 95 % of ticks within 5 ms and no loss; 0 for none.

    Each number has ``ROUNDS`` chances: what else runs on the machine makes ticks late, too.
    """
    most = 0
    for bots in steps:
        for _ in range(ROUNDS):
            good, cores, within = _apart(measure, bots, seconds)
            print(f"  {measure.__name__[1:]}: {bots} bots, {100 * cores:.0f} % of a core, {100 * within:.1f} % in time")
            if good:
                break
        if good:
            most = bots
        if cores > 0.97 or (not good and most):
            break
    return most


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bots", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--stock", type=int, default=6, help="calls that stock bots hold (default: 6)")
    parser.add_argument("--pump", type=int, default=30, help="calls that the pump's bots hold (default: 30)")
    parser.add_argument("--seconds", type=float, default=8.0, help="for how long each is measured (default: 8)")
    parser.add_argument("--pages", type=int, default=3, help="pairs of Chromium pages at most (default: 3)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table as a page, too")
    chosen = parser.parse_args(given)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="pruefstand-benchmark-") as folder:
        work = Path(folder)
        calls = max(chosen.stock, chosen.pump)
        write_municipality(work / "tenants", calls + chosen.pages)
        target = TownhallTarget({"tenants_dir": str(work / "tenants")}, recorder=False)
        deployment = target.start(work / "target", EventBus())
        try:
            print(f"Booking {calls} calls …", flush=True)
            ways = _book(deployment, calls)
            stock = hold(deployment, "stock", ways[: chosen.stock], chosen.seconds)
            pump = hold(deployment, "pump", ways[: chosen.pump], chosen.seconds)
            clerks = [(TENANT, user_of(calls + number)) for number in range(chosen.pages)]
            pages = hold_pages(deployment, clerks, chosen.seconds) if clerks else []
        finally:
            deployment.stop()
    print("Without a media server, on one core:", flush=True)
    most = ceiling(_stock, STOCK_STEPS, chosen.seconds / 2), ceiling(_pump, PUMP_STEPS, chosen.seconds / 2)
    table = figures(Found(stock, pump, pages, most))
    show("Bots (processor time)", table)
    if chosen.write:
        chosen.write.write_text(page(table, load), encoding="utf-8")


if __name__ == "__main__":
    main()
