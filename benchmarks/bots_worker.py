"""The generator of ``benchmarks.bots``, in a process of its own so that only its own time and memory are counted.

Reads one line of JSON (``Order``), joins, says ``holding``, holds, says ``held``, and prints what it measured.
"""

import asyncio
import gc
import json
import sys
import time
from dataclasses import asdict, dataclass

import psutil

from load.bots.light_bot import LightBot
from load.bots.pump_bot import PumpBot
from load.bots.stock_bot import StockBot
from load.pump import media
from load.pump.clock import Lateness
from load.pump.media import Loop
from load.pump.pump import Pump

JOIN = 60.0  # seconds in which everybody is in


@dataclass(frozen=True, slots=True)
class Order:
    """Which bots (role, address, cookies), of which kind (``stock`` or ``pump``), held for how many seconds."""

    kind: str
    bots: list[tuple[str, str, str]]
    seconds: float


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: seconds of processor time to join and to hold, bytes a bot, and the generator's quality."""

    joining: float
    holding: float
    wall: float
    bytes_each: float
    within: float
    late_p95: float
    own_loss: int
    packets: int
    lost: int


class _Bench:
    """Bots of one kind."""

    def __init__(self, order: Order, loops: tuple[Loop, Loop]) -> None:
        self.lateness = Lateness()
        self.pump = Pump(loops, len(order.bots)) if order.kind == "pump" else None
        self.bots: list[LightBot] = [
            PumpBot(*each, pump=self.pump) if self.pump else StockBot(*each, loops=loops, lateness=self.lateness)
            for each in order.bots
        ]

    def reset(self) -> None:
        if self.pump:
            self.pump.reset()
        self.lateness.clear()

    def counts(self) -> tuple[int, int]:
        """Packets received, and lost."""
        packets = lost = 0
        for bot in self.bots:
            if isinstance(bot, PumpBot) and bot.pump and bot.receiving:
                streams = bot.pump.received(bot.receiving)
                packets, lost = packets + sum(s.packets for s in streams), lost + sum(s.lost for s in streams)
            elif isinstance(bot, StockBot):
                packets += sum(stream.packets for stream in bot.streams.values())
                lost += sum(stream.lost for stream in bot.streams.values())
        return packets, lost


async def play(order: Order) -> Told:
    """Join, hold, leave. Raises ``TargetError`` when somebody does not come in."""
    loops = media.opus(), media.video("vp9")
    gc.collect()
    memory = psutil.Process().memory_info().rss
    bench = _Bench(order, loops)
    if bench.pump:
        bench.pump.start()
    before = time.process_time()
    running = [asyncio.create_task(bot.run()) for bot in bench.bots]
    for bot in bench.bots:
        await bot.wait_until_connected(JOIN)
    joining = time.process_time() - before
    await asyncio.sleep(1.0)
    each = (psutil.Process().memory_info().rss - memory) / len(bench.bots)
    bench.reset()
    had = bench.counts()
    print("holding", flush=True)
    cpu, wall = time.process_time(), time.monotonic()
    await asyncio.sleep(order.seconds)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    print("held", flush=True)
    late = bench.pump.lateness if bench.pump else bench.lateness
    packets, lost = (now - then for now, then in zip(bench.counts(), had, strict=True))
    own = bench.pump.statistics().own_loss if bench.pump else lost
    told = Told(joining, cpu, wall, each, late.within(0.005), late.quantile(0.95), own, packets, lost)
    for bot in bench.bots:
        await bot.leave()
    await asyncio.gather(*running)
    if bench.pump:
        bench.pump.stop()
    return told


def main() -> None:
    """For ``benchmarks.bots`` alone."""
    given = json.loads(sys.stdin.readline())
    told = asyncio.run(play(Order(given["kind"], [tuple(each) for each in given["bots"]], given["seconds"])))
    print(json.dumps(asdict(told)), flush=True)


if __name__ == "__main__":
    main()
