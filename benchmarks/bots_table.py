"""What ``benchmarks.bots`` found, as figures beside their targets, and as a page of the documentation."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from benchmarks.bots_pages import Pages
from benchmarks.bots_worker import Told
from benchmarks.figures import Figure


@dataclass(frozen=True, slots=True)
class Held:
    """A kind of bots in ``calls`` calls: what the generator told, and the media server's seconds of processor time."""

    calls: int
    told: Told
    server: float

    @property
    def per_call(self) -> float:
        """Part of a core that the generator used for each call, in percent."""
        return 100 * self.told.holding / self.told.wall / self.calls

    @property
    def server_per_call(self) -> float:
        """Part of a core that the media server used for each call, in percent."""
        return 100 * self.server / self.told.wall / self.calls


@dataclass(frozen=True, slots=True)
class Found:
    """One run. ``most``: bots on a core without a media server, of stock aiortc and of the pump."""

    stock: Held
    pump: Held
    pages: Sequence[Pages]
    most: tuple[int, int]

    @property
    def most_pages(self) -> int:
        """Pages that one core carried."""
        return max((2 * each.calls for each in self.pages if each.carried), default=0)


def figures(found: Found) -> list[Figure]:
    """The table."""
    lines = []
    for name, held in (("stock aiortc", found.stock), ("pump", found.pump)):
        told = held.told
        lines += [
            Figure(f"{name}, {held.calls} calls: generator, a call", held.per_call, "% of a core"),
            Figure(f"{name}: media server, a call", held.server_per_call, "% of a core"),
            Figure(f"{name}: in time (5 ms)", 100 * told.within, "%", 95.0, "more"),
            Figure(f"{name}: lost", told.lost, f"of {told.packets:,} packets", 0.0),
            Figure(f"{name}: memory, a bot", told.bytes_each / 1e6, "MB"),
            Figure(f"{name}: joined calls, a second and core", held.calls / told.joining, "calls"),
        ]
    for each in found.pages:
        lines += [
            Figure(f"Chromium, {each.calls} calls: browsers, a call", 100 * each.browsers / each.calls, "% of a core"),
            Figure(
                f"Chromium, {each.calls} calls: media server, a call", 100 * each.server / each.calls, "% of a core"
            ),
            Figure(f"Chromium, {each.calls} calls: pictures, a page and second", each.pictures, "pictures"),
        ]
    pump, (stock_most, pump_most) = found.pump, found.most
    return [
        *lines,
        Figure(
            "pump, a call, beside the server's third", pump.per_call / pump.server_per_call * 3, "times a third", 1.0
        ),
        Figure("pump: memory, a bot", pump.told.bytes_each / 1e6, "MB", 1.0),
        Figure("pump: joined calls, a second and core", pump.calls / pump.told.joining, "calls", 25.0, "more"),
        Figure("Chromium pages on a core", found.most_pages, "pages"),
        Figure("without media server: stock aiortc bots on a core", stock_most, "bots"),
        Figure("without media server: pump bots on a core", pump_most, "bots", 500.0, "more"),
        Figure("pump beside stock aiortc", pump_most / stock_most if stock_most else 0.0, "times", 10.0, "more"),
    ]


_HEAD = """\
# Bots beside bots beside browsers

Written by `.pruefstand/venv/bin/python -m benchmarks.bots --write docs/bots.md`: one run on one machine, the same
media server, 50 packets of sound and 60 of picture a second each way and person (a Chromium page: what its own encoder
makes).

- **With the media server**: so many calls as it holds well beside its clients; what the clients' processes and the
  media server used of a core for each call.
- **Without it**: more bots than the media server could hold beside them, to see how many one core carries with 95 % of
  ticks (of stock bots: of frames) at most 5 ms late and no packet lost. Stock bots talk to each other; the pump's have
  before them a mirror, in a process of its own, that sends everything back (`load/pump/mirror.py`).
- **Chromium pages** all share one core; it carries them as long as every one sees 19 pictures a second.

"""


def page(table: Sequence[Figure], load: float) -> str:
    """The table as Markdown. ``load``: what else ran on the machine when it began, as the system counts it."""
    machine = (
        f"Machine: {psutil.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}; load of the last "
        f"minute when it began: {load:.1f}. Processor time of a busy machine is dearer than that of a quiet one.\n\n"
    )
    answer = {True: "yes", False: "**no**", None: ""}
    rows = [
        f"| {each.name} | {each.value:,.2f} {each.unit} | "
        + ("" if each.target is None else f"{'≤' if each.better == 'less' else '≥'} {each.target:,.0f}")
        + f" | {answer[each.reached]} |"
        for each in table
    ]
    return (
        _HEAD + machine + "\n".join(["| figure | measured | target | reached |", "|---|---:|---:|---|", *rows]) + "\n"
    )
