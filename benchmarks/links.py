"""What the bench's own links really do: delay, loss and rate set against what UDP packets met, and how much they carry.

``python -m benchmarks.links`` makes two hosts and sends packets from one to the other, one clock at both ends. With
``--write docs/links.md`` the tables become that page. Needs root (``harness.net.reach`` says what is missing).
"""

import argparse
import math
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks.figures import Figure, show
from harness.net.impairment import CLEAR, GilbertElliott, Impairment, Loss, Uniform
from harness.net.network import Network, network
from harness.net.prober import Probe, probe
from harness.net.reach import why_not

DELAYS = (0, 50, 100, 200, 400)
LOSSES: tuple[Loss, ...] = (*(Uniform(share / 100) for share in (0, 1, 3, 5, 10)), GilbertElliott(1 / 120, 1 / 5))
RATES = (576, 2000, 10_000)
LOADS = (5_000, 10_000, 15_000, 20_000, 30_000)
SIGMAS = 2.58  # 99 of 100 such measurements of a true share are within so many standard errors


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, and the figure that has a target."""

    cells: tuple[str, ...]
    figure: Figure


def delays(made: Network, seconds: float) -> Iterator[Row]:
    """One-way delay at 500 packets a second, set against what is met."""
    for delay in DELAYS:
        seen = _probed(made, Impairment(delay_ms=delay), int(500 * seconds), 500)
        off = seen.delay_ms() - delay
        cells = (f"{delay}", *(f"{seen.delay_ms(share):.2f}" for share in (0.5, 0.95, 0.99)), f"{off:+.2f}")
        yield Row(cells, Figure(f"delay {delay} ms: the median is off by", abs(off), "ms", 1.0))


def losses(made: Network, seconds: float) -> Iterator[Row]:
    """Loss at 4,000 packets a second; the link's own count must be the prober's."""
    for loss in LOSSES:
        packets, before = int(4000 * seconds), made.counts()["a"]["up"].lost
        seen = _probed(made, Impairment(loss=loss), packets, 4000)
        counted = made.counts()["a"]["up"].lost - before
        error = 100 * SIGMAS * _standard_error(loss, packets)
        off = 100 * abs(seen.loss - loss.mean)
        name = f"{100 * loss.mean:g}" + (" in bursts of 5" if isinstance(loss, GilbertElliott) else "")
        met = round(seen.loss * packets)
        cells = (name, f"{packets:,}", f"{100 * seen.loss:.2f}", f"± {error:.2f}", f"{met:,}", f"{counted:,}")
        yield Row(cells, Figure(f"loss, % {name}: off, of the error of chance", off / error if error else off, "", 1.0))


def rates(made: Network, seconds: float) -> Iterator[Row]:
    """Twice the rate in packets of 1,000 bytes: what comes through, and how long the queue of 200 ms holds it."""
    for rate in RATES:
        sent = rate * 1000 / 8 / 1000 * 2
        before = made.counts()["a"]["up"].overflowed
        seen = _probed(made, Impairment(rate_kbit=rate), int(sent * seconds), sent)
        over = made.counts()["a"]["up"].overflowed - before
        (first, early), (last, late) = seen.arrived[0], seen.arrived[-1]
        span = (last - first) * seen.seconds / seen.sent + (late - early) / 1000  # between their arrivals
        met = (len(seen.arrived) - 1) * 8 / span
        cells = (f"{rate}", f"{met:.0f}", f"{seen.delay_ms(0.95):.0f}", f"{over:,}")
        yield Row(cells, Figure(f"rate {rate} kbit/s: off by", 100 * abs(met / rate - 1), "%", 3.0))


def loads(made: Network, seconds: float) -> Iterator[Row]:
    """More and more packets of 1,000 bytes over a link of 50 ms: what the bench itself loses, and what it costs."""
    router = next(each for each in psutil.Process().children() if "harness.net.router" in each.cmdline())
    for load in LOADS:
        before, counted = sum(router.cpu_times()[:2]), made.counts()["a"]["up"].missed
        seen = _probed(made, Impairment(delay_ms=50), int(load * seconds), load)
        used = (sum(router.cpu_times()[:2]) - before) / seen.seconds
        missed = made.counts()["a"]["up"].missed - counted
        real = seen.sent / seen.seconds
        own = round(seen.loss * seen.sent)
        late = seen.delay_ms(0.99) - 50
        cells = (f"{load:,}", f"{real:,.0f}", f"{own:,}", f"{missed:,}", f"{late:.2f}", f"{100 * used:.0f} %")
        target = 0.0 if load <= 10_000 else None
        yield Row(cells, Figure(f"{load:,} packets/s: lost by the bench, of {seen.sent:,}", own, "packets", target))


def _probed(made: Network, up: Impairment, packets: int, rate: float) -> Probe:
    made.set("a", up=up)
    seen = probe(made.hosts["a"], made.hosts["b"], packets=packets, rate=rate)
    made.set("a", up=CLEAR)
    return seen


def _standard_error(loss: Loss, packets: int) -> float:
    """Of the share lost among so many packets; in bursts there are fewer chances than packets."""
    one = math.sqrt(loss.mean * (1 - loss.mean) / packets)
    if not isinstance(loss, GilbertElliott):
        return one
    kept = 1 - loss.to_bad - loss.to_good  # the correlation of one packet with the next (Gilbert 1960)
    return one * math.sqrt((1 + kept) / (1 - kept))


TABLES = (
    (
        "One-way delay, ms",
        ("set", "median", "95 %", "99 %", "median is off by"),
        delays,
        "500 packets a second of 1,000 bytes. Aim: the median within 1 ms.",
    ),
    (
        "Loss, %",
        ("set", "packets", "met", "error of chance (99 %)", "missing packets", "counted by the link"),
        losses,
        "4,000 packets a second. Aim: within the error of chance; the last two columns are the same.",
    ),
    (
        "Rate, kbit/s",
        ("set", "met", "95 % of delay, ms", "thrown away by the queue"),
        rates,
        "Twice as much is sent as goes through; the queue holds 200 ms. Aim: within 3 %.",
    ),
    (
        "Packets a second",
        ("asked", "sent", "lost by the bench", "of them not taken", "99 %: late by, ms", "processor"),
        loads,
        "Of 1,000 bytes, over a link of 50 ms; processor: the links' process, of one core. Aim: 10,000, none lost.",
    ),
)


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="for how long each line is measured (default: 3)")
    parser.add_argument("--seed", type=int, default=7, help="of chance (default: 7)")
    parser.add_argument("--write", type=Path, help="write the tables into this page, too")
    chosen = parser.parse_args(given)
    problem = why_not()
    if problem is not None:
        raise SystemExit(problem.en)
    with network(["a", "b"], seed=chosen.seed) as made:
        with suppress(OSError):  # or a busy machine stops us between looking at the clock and sending
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(4))
        measured = [(table, list(table[2](made, chosen.seconds))) for table in TABLES]
        urgency = made.urgency
    show("Links", [row.figure for _, rows in measured for row in rows])
    if chosen.write:
        chosen.write.write_text(_page(measured, urgency, chosen.seconds), "utf-8")


def _page(measured: Sequence[tuple[tuple[object, ...], Sequence[Row]]], urgency: str, seconds: float) -> str:
    day = datetime.now(UTC).date()
    machine = f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}"
    lines = [
        "# What the bench's own links really do",
        "",
        f"Written by `python -m benchmarks.links --write docs/links.md` on {day}: {machine};",
        f"{seconds:g} s a line; the links ran with {urgency}, and so did the sender where it may. UDP from one host to",
        "another, one clock at both ends: a one-way delay is from the sender's time before it sends to the kernel's",
        "stamp at the receiver.",
    ]
    for (title, columns, _, what), rows in measured:
        assert isinstance(columns, tuple)
        lines += ["", f"## {title}", "", str(what), ""]
        lines += ["| " + " | ".join(columns) + " |", "|" + "---:|" * len(columns)]
        lines += ["| " + " | ".join(row.cells) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
