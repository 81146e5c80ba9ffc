"""The truth table of quality as a page of the documentation."""

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from benchmarks.truth.calls import FILES, Play
from benchmarks.truth.checks import MARKS
from benchmarks.truth.impairments import DELAY_MS, FRAMES_OFF, FREEZE_MS, LIPS_MS, LOSS_POINTS
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row
from benchmarks.truth.scores import SLACK
from harness.quality.ground import CLEAR


@dataclass(frozen=True, slots=True)
class Part:
    """What is said above the rows of a part."""

    title: str
    what: str


PARTS = {
    "delay": Part(
        "Added delay, one way",
        "The citizen's link delays each packet by so much, either way. Measured: from camera to screen (and from mouth"
        " to ear), medians of windows of five seconds and of these the middle, less that of the clear calls held right"
        " before and right after it. That is what people see and hear, and it holds what the receiver's buffer waited:"
        " a browser makes that longer or shorter from call to call, by tens of milliseconds and for reasons of its"
        " own. So each delay has a second row, for which the time in the buffer (`jitterBufferDelay`, as the browser"
        " tells it) is taken off window by window, in this call and in those beside it: what the link added. Where a"
        f" link itself made the buffer longer, the second row hides that, and the first shows it. Limit: {DELAY_MS:g}"
        " ms, for both.",
    ),
    "loss": Part(
        "Loss",
        "The citizen's link loses packets at random, either way. Measured: what statistics told, sound and picture"
        " together, as differences of counters: to the citizen by its own page, from the citizen by the reports of the"
        " media server, which receives them. Beside it what the link itself counted while the call was measured: it"
        " counts everything that passes."
        f" Limit: {LOSS_POINTS:g} points.",
    ),
    "freezes": Part(
        "Freezes planted at the sender",
        "The citizen's camera stands still. Measured at the clerk: the longest time without another picture, less what"
        f" is usual between two. Each freeze is told, and the worst one is held against the limit: {FREEZE_MS:g} ms.",
    ),
    "lips": Part(
        "Sound moved against the picture",
        "In one call, step by step, at the citizen. Measured at the clerk: the median offset during a step, less the"
        " call's own right before and behind it; more is a later sound. The receiver's buffers move sound and picture"
        " against each other, too, meanwhile: the second row of each is without what the browser says that they did."
        f" Limit: {LIPS_MS:g} ms, for both.",
    ),
    "frames": Part(
        "Frame rate limited at the sender",
        f"Different pictures a second that the clerk was shown. Limit: {FRAMES_OFF:g} a second.",
    ),
    "scores": Part(
        "Scores of calls",
        "Means of what both people saw or heard (a blurred camera: what the clerk saw). Off: the largest step the wrong"
        f" way from one call to the next worse one. Limit: {SLACK['vmaf']:g} of VMAF, {SLACK['speech']:g} of MOS-LQO"
        " (our own: two equal calls lie as far apart), none for characters.",
    ),
    FILES: Part(
        "Scores of files",
        "Media made worse by known amounts without a call (`python -m harness.scores.truth`), where nothing else"
        " changes: no step may go the wrong way.",
    ),
    "defects": Part(
        "Each planted defect fails its check",
        "As the judges say of the call alone. Q20 informs and Q19 speaks of the measuring; neither fails"
        " anybody for a call. That each check can fail is shown on evidence, too"
        " (`tests/quality_checks/test_planted.py`).",
    ),
    "clear": Part(
        "A clear call passes", "As the judges say of each clear call alone, with the bands that come with them."
    ),
    "marks": Part(
        "The measuring: marks",
        f"At least {MARKS:g} % of the numbers must be read in clear calls. What was not is counted, never guessed. A"
        " browser tells a page of one picture at most each time that it draws the screen: of two that come in between"
        " the first may never have been seen, and where the page was busy nobody could look.",
    ),
    "cost": Part(
        "The measuring: what it costs",
        "Medians of clear calls; browsers beside calls that nothing looks at. Told, not judged.",
    ),
}


def page(rows: Sequence[Row], calls: Sequence[CallSeen], missing: Sequence[Play], reason: str = "") -> str:
    """The page: every row, which of them are not within their limits, and which calls are missing."""
    lines = ["# Whether the figures of quality tell the truth", "", *_head(calls), ""]
    missed = [row for row in rows if row.reached is False]
    limited = sum(row.reached is not None for row in rows)
    lines.append(f"**{limited - len(missed)} of {limited} rows are within their limits.**")
    if missing:
        lines.append(f"**{len(missing)} calls are missing: [see below](#not-in-this-table).**")
    lines += [f"Not: {_cell(row.planted)}." for row in missed]
    for part, told in PARTS.items():
        found = [row for row in rows if row.part == part]
        if found:
            lines += ["", f"## {told.title}", "", told.what, "", "| planted | measured | off | limit | reached |"]
            lines += ["|---|---|---:|---:|---|", *(_line(row) for row in found)]
    lines += _missing(calls, missing, reason)
    return "\n".join(lines) + "\n"


def _head(calls: Sequence[CallSeen]) -> Iterator[str]:
    day = datetime.now(UTC).date()
    held = [call for call in calls if call.connected]
    cameras = " and ".join(dict.fromkeys(call.camera for call in held if call.camera)) or "none"
    machine = f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}"
    yield f"Written by `python -m benchmarks.quality_truth --write docs/quality-truth.md` on {day}: {machine}."
    clear = sum((call.profile, call.planted, call.measured) == (CLEAR, "", True) for call in held)
    yield f"{len(held)} calls of two browsers through the town hall's own servers ({clear} clear); camera: {cameras}."
    loads = [call.load for call in held if call.load is not None]
    busy = [call.busy for call in held if call.busy is not None]
    if busy:
        most = f"at most {max(busy):.0f} %"
        yield f"Right before each call {median(busy):.0f} % of the machine was busy with other things, {most}."
    if loads:
        yield f"Load of the machine meanwhile, the calls included: {median(loads):.1f}, at most {max(loads):.1f}."
    yield "[quality.md](quality.md) says how they are held, [links.md](links.md) what the links themselves are worth."


def _line(row: Row) -> str:
    off = "" if row.off is None else f"{row.off:g} {row.unit}".strip()
    sign = "≥" if row.better == "more" else "≤"
    limit = "" if row.limit is None else f"{sign} {row.limit:g} {row.unit}".strip()
    reached = {True: "yes", False: "**no**", None: ""}[row.reached]
    return f"| {_cell(row.planted)} | {_cell(row.measured)} | {off} | {limit} | {reached} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _missing(calls: Sequence[CallSeen], missing: Sequence[Play], reason: str) -> Iterator[str]:
    failed = {call.label: call.sentence for call in calls if not call.connected}
    if missing:
        yield from ("", "## Not in this table", "")
        if reason:
            yield f"Calls over links could not be held: {_cell(reason)}"
        yield from (
            f"* `{play.label}`" + (f": {_cell(failed[play.label])}" if play.label in failed else "") for play in missing
        )
