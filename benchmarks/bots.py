"""What the pump's bots cost beside stock aiortc bots: one run, one machine, one server, the same media.

``python -m benchmarks.bots`` starts the embedded town hall (its recorder off), books calls, and lets first stock aiortc
bots and then the pump's hold them; each kind is a process of its own, whose processor time, memory, punctuality and
losses are compared with each other and with the media server's. Then both kinds talk to each other without a server,
more and more of them, for how many one core carries.
"""

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.bots_worker import Told
from benchmarks.figures import Figure, show
from harness.events import EventBus
from harness.targets.townhall import TownhallDeployment, TownhallTarget
from load.appointments import TENANTS, write_tenants
from load.bots import stock_pairs
from load.bots.town import Desk, citizen_bot, invited
from load.bots.web import HttpxWeb
from load.pump import loopback, media

PUNCTUAL = 0.95  # of the ticks, or of the frames of stock bots, at most 5 ms late
ROUNDS = 2
STOCK_STEPS = (16, 24, 32, 40, 48, 56, 64)
PUMP_STEPS = (200, 300, 400, 450, 500, 550, 600, 700)
Way = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """A kind of bots in ``calls`` calls: what the generator told, and the media server's seconds of processor time."""

    calls: int
    told: Told
    server: float

    @property
    def per_bot(self) -> float:
        """Part of a core that the generator used for each bot, in percent."""
        return 100 * self.told.holding / self.told.wall / self.calls / 2

    @property
    def server_per_call(self) -> float:
        """Part of a core that the media server used for each call, in percent."""
        return 100 * self.server / self.told.wall / self.calls


def _book(deployment: TownhallDeployment, calls: int) -> list[tuple[Way, Way]]:
    mails = deployment.observables.mails
    assert mails is not None
    ways: list[tuple[Way, Way]] = []
    for number in range(1, calls + 1):
        web, user = HttpxWeb(deployment.base_url), f"amt{(number + 1) // 2:02}"
        desk = Desk(web, TENANTS[number % 2], user, deployment.password)
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
                return Held(len(ways), Told(**json.loads(line)), used[1] - used[0])
            times = server.cpu_times()
            used.append(times.user + times.system)
    raise SystemExit(f"The {kind} bots did not come in; what they said stands above.")


def _apart(measure: Callable[..., Any], *arguments: Any) -> Any:
    """Measure in a fresh process: the memory and the event loop of the last measurement are not this one's."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, arguments)


def _stock(bots: int, seconds: float) -> tuple[bool, float, float]:
    found = stock_pairs.measure((media.opus(), media.video("vp9")), bots, seconds)
    return found.within >= PUNCTUAL and found.lost == 0, found.cores, found.within


def _pump(bots: int, seconds: float) -> tuple[bool, float, float]:
    found = loopback.measure((media.opus(), media.video("vp9")), bots, seconds)
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


def figures(stock: Held, pump: Held, most: tuple[int, int]) -> list[Figure]:
    """The table."""
    lines = []
    for name, held in (("stock aiortc", stock), ("pump", pump)):
        told = held.told
        lines += [
            Figure(f"{name}, {held.calls} calls: generator, a bot", held.per_bot, "% of a core"),
            Figure(f"{name}: media server, a call", held.server_per_call, "% of a core"),
            Figure(f"{name}: in time (5 ms)", 100 * told.within, "%", 95.0, "more"),
            Figure(f"{name}: lost", told.lost, f"of {told.packets:,} packets", 0.0),
            Figure(f"{name}: memory, a bot", told.bytes_each / 1e6, "MB"),
            Figure(f"{name}: joined calls, a second and core", held.calls / told.joining, "calls"),
        ]
    third = pump.server_per_call / 3
    return [
        *lines,
        Figure("pump, a call, beside the server's third", 2 * pump.per_bot / third, "times a third", 1.0),
        Figure("pump: memory, a bot", pump.told.bytes_each / 1e6, "MB", 1.0),
        Figure("pump: joined calls, a second and core", pump.calls / pump.told.joining, "calls", 25.0, "more"),
        Figure("without server: stock aiortc bots on a core", most[0], "bots"),
        Figure("without server: pump bots on a core", most[1], "bots", 500.0, "more"),
        Figure("pump beside stock aiortc", most[1] / most[0] if most[0] else 0.0, "times", 10.0, "more"),
    ]


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bots", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--stock", type=int, default=6, help="calls that stock bots hold (default: 6)")
    parser.add_argument("--pump", type=int, default=30, help="calls that the pump's bots hold (default: 30)")
    parser.add_argument("--seconds", type=float, default=8.0, help="for how long each is measured (default: 8)")
    chosen = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="pruefstand-benchmark-") as folder:
        work = Path(folder)
        calls = max(chosen.stock, chosen.pump)
        write_tenants(work / "tenants", (calls + 1) // 2)
        target = TownhallTarget({"tenants_dir": str(work / "tenants")}, recorder=False)
        deployment = target.start(work / "target", EventBus())
        try:
            print(f"Booking {calls} calls …", flush=True)
            ways = _book(deployment, calls)
            stock = hold(deployment, "stock", ways[: chosen.stock], chosen.seconds)
            pump = hold(deployment, "pump", ways[: chosen.pump], chosen.seconds)
        finally:
            deployment.stop()
    print("Without a server, on one core:", flush=True)
    most = ceiling(_stock, STOCK_STEPS, chosen.seconds / 2), ceiling(_pump, PUMP_STEPS, chosen.seconds / 2)
    show("Bots (processor time)", figures(stock, pump, most))


if __name__ == "__main__":
    main()
