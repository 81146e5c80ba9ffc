"""Whether the bots measure what was done to their packets: loss and delay of known size, planted by links of our own.

``python -m benchmarks.planted`` lets bots hold calls on one host, with the town hall's media server on another, and
sets the bots' link again and again. What reaches them is lost or late by the link's doing alone; what they tell is
compared with what the link itself counted, and with what was asked of it. Needs the right to make network namespaces.
"""

import argparse
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.figures import Figure, show
from harness.events import EventBus
from harness.net.impairment import CLEAR, Impairment, Uniform
from harness.net.network import Network, network
from load.errors import LoadError
from load.generator.client import Generator
from load.generator.messages import Figures
from load.measure.appointments import Book, town_hall
from load.measure.crew import Crew
from load.measure.halls import embedded

HALL, BOTS = "hall", "bots"
PATIENCE = 30.0  # seconds in which everybody joins
SETTLE = 2.0  # seconds after a link was set, in which what was under way arrives
LOSSES = (0.0, 0.01, 0.03, 0.05, 0.10)
DELAYS = (0.0, 50.0, 100.0, 200.0, 400.0)  # ms, one way
POINTS, MS = 0.2, 3.0  # how far a figure may be off


@dataclass(frozen=True, slots=True)
class Seen:
    """What was planted on the bots' downlink, what the link did, and what the bots told. Shares, and milliseconds."""

    loss: float
    delay: float
    linked: float
    told: Figures


@contextmanager
def calls_on_links(calls: int, seed: int) -> Iterator[tuple[Network, Crew]]:
    """Bots on a host of their own hold so many calls. Raises ``BenchError``."""
    with tempfile.TemporaryDirectory(prefix="pruefstand-planted-") as folder, network([HALL, BOTS], seed=seed) as net:
        work, hall, bots = Path(folder), net.hosts[HALL], net.hosts[BOTS]
        with hall.entered(), town_hall(work, calls, EventBus(), address=hall.address) as deployment:
            port = urlsplit(deployment.base_url).port
            assert port is not None, "the embedded town hall has a port of its own"
            bots.forward(port, hall)
            pairs = Book(embedded(deployment), EventBus(), []).first(calls)
            with bots.entered():
                crew = Crew(
                    lambda _, heard: Generator(2 * calls, work / "bots.log", address=bots.address, heard=heard), 1
                )
            try:
                begun = [crew.begin(number, pair) for number, pair in enumerate(pairs)]
                crew.wait(begun, PATIENCE)
                if not all(call.joined for call in begun):
                    raise LoadError(f"Not every call came about: {'; '.join(crew.reasons) or 'nobody says why'}.")
                yield net, crew
            finally:
                crew.close()


def planted(net: Network, crew: Crew, loss: float, delay: float, seconds: float) -> Seen:
    """One setting of the link, measured for so long."""
    net.set(BOTS, down=Impairment(delay_ms=delay, loss=Uniform(loss) if loss else None))
    threading.Event().wait(SETTLE + delay / 1000)
    before = net.counts()[BOTS]["down"]
    crew.measure()
    threading.Event().wait(seconds)
    [told], _ = crew.figures()
    after = net.counts()[BOTS]["down"]
    net.set(BOTS, down=CLEAR)
    return Seen(loss, delay, (after.lost - before.lost) / max(1, after.taken - before.taken), told)


def figures(losses: Sequence[Seen], delays: Sequence[Seen]) -> list[Figure]:
    """The table: how far each told figure was off."""
    lines = [
        Figure(
            f"loss {100 * seen.loss:.0f} %: link lost {100 * seen.linked:.2f} %, bots told {100 * _loss(seen):.2f} %",
            100 * abs(_loss(seen) - seen.linked), "points off", POINTS,
        )
        for seen in losses
    ]  # fmt: skip
    clear = _delay(delays[0])
    for seen in delays:
        more = _delay(seen) - clear
        name = f"delay {seen.delay:.0f} ms: bots told {more:.1f} ms more than without"
        lines.append(Figure(name, abs(more - seen.delay), "ms off", MS))
    return lines


def _delay(seen: Seen) -> float:
    return 1000 * seen.told.delay_p50 if seen.told.delay_p50 is not None else float("nan")


def _loss(seen: Seen) -> float:
    return seen.told.lost / seen.told.expected if seen.told.expected else 1.0


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--calls", type=int, default=8, help="calls that stand meanwhile (default: 8)")
    parser.add_argument("--seconds", type=float, default=10.0, help="for how long each is measured (default: 10)")
    parser.add_argument("--seed", type=int, default=1, help="of what the links lose (default: 1)")
    chosen = parser.parse_args(given)
    with calls_on_links(chosen.calls, chosen.seed) as (net, crew):
        losses = [planted(net, crew, loss, 0.0, chosen.seconds) for loss in LOSSES]
        delays = [planted(net, crew, 0.0, delay, chosen.seconds / 2) for delay in DELAYS]
    show(f"Planted on the link of {2 * chosen.calls} bots", figures(losses, delays))


if __name__ == "__main__":
    main()
