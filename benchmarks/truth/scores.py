"""Rows of the truth table: scores that must fall, from each call (or file) to a worse one. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mean

from benchmarks.truth.calls import FILES, LOSSES, RATES
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row, played, unmeasured
from harness.quality.ground import CLEAR
from harness.scores.truth import Table

# By how much a score may go back up from one call to a worse one: two equal calls differ by as much (our own).
SLACK = {"vmaf": 1.0, "speech": 0.1, "characters": 0.0}
UNITS = {"vmaf": "VMAF", "speech": "MOS-LQO", "characters": "of characters"}


def scores(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """Scores fall with bitrate, loss and blur, from each call to a worse one: means of both people's."""
    bitrates = [(CLEAR, "", CLEAR), *((f"rate-{rate}", "", f"{rate} kbit/s") for rate in RATES)]
    lost = [(f"loss-{loss}", "", f"{loss} %") for loss in LOSSES]
    blurs = [(CLEAR, "", CLEAR), (CLEAR, "blur-2px", "2 px"), (CLEAR, "blur-4px", "4 px")]
    yield from _falling(calls, "bitrate", bitrates, "vmaf")
    yield from _falling(calls, "bitrate", bitrates, "speech")
    yield from _falling(calls, "loss", lost, "vmaf")
    yield from _falling(calls, "loss", lost, "speech")
    yield from _falling(calls, "blur of the camera", blurs, "vmaf", viewer="clerk")


def pages(calls: Sequence[CallSeen]) -> Iterator[Row]:
    """The share of characters read wrongly rises with the blur of the shared page."""
    blurs = [(CLEAR, "", CLEAR), *((CLEAR, f"page-blur-{pixels}px", f"{pixels} px") for pixels in (2, 3, 4))]
    yield from _falling(calls, "blur of the shared page", blurs, "characters", rises=True)


def _falling(
    calls: Sequence[CallSeen], what: str, steps: Sequence[tuple[str, str, str]], figure: str, *, viewer: str = "",
    rises: bool = False,
) -> Iterator[Row]:  # fmt: skip
    values: list[tuple[str, float]] = []
    for profile, planted, name in steps:
        found = [
            each.value
            for call in played(calls, profile, planted)
            for each in call.scores
            if each.figure == figure and viewer in ("", each.viewer)
        ]
        if found:
            values.append((name, mean(found)))
    if not any(played(calls, profile, planted) for profile, planted, _ in steps if (profile, planted) != (CLEAR, "")):
        return
    heading = f"{what}: {figure} {'rises' if rises else 'falls'}"
    if len(values) < 2:
        yield unmeasured("scores", heading, SLACK[figure], UNITS[figure])
        return
    back = max((before - after if rises else after - before) for (_, before), (_, after) in pairwise(values))
    missing = f"; not scored: {', '.join(name for *_, name in steps if name not in dict(values))}"
    told = ", ".join(
        f"{name}: {value:.3f}" if figure == "characters" else f"{name}: {value:.2f}" for name, value in values
    )
    grows = values[-1][1] > values[0][1] if rises else values[-1][1] < values[0][1]
    yield Row(
        part="scores", planted=heading,
        measured=told + (missing if len(values) < len(steps) else ""),
        off=round(max(0.0, back), 3), limit=SLACK[figure], unit=UNITS[figure],
        reached=back <= SLACK[figure] and grows and len(values) == len(steps),
    )  # fmt: skip


def of_files(tables: Iterable[Table]) -> list[Row]:
    """The tables of scores of media that were made worse without a call: the largest step the wrong way of each."""
    found = []
    for table in tables:
        for column, slack in enumerate(table.slack):
            values = [each[column] for _, each in table.rows]
            back = max((a - b if table.rises else b - a) for a, b in pairwise(values))
            way = "rises" if table.rises else "falls"
            found.append(
                Row(
                    part=FILES, planted=f"{table.title}, {table.rows[0][0]} to {table.rows[-1][0]}",
                    measured=f"{table.heads[column + 1]} {way}: {', '.join(f'{value:g}' for value in values)}",
                    off=round(max(0.0, back), 4), limit=slack, reached=back <= slack,
                )
            )  # fmt: skip
    return found
