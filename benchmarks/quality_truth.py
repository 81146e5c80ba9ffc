"""Whether the figures of quality tell the truth: impairments of known size, done to calls, beside what was measured.

``python -m benchmarks.quality_truth --write docs/quality-truth.md`` holds every call of the table (an hour) and writes
the page; ``--only delay --only loss`` only these parts. Each call's line is kept in a folder of its own, with its
evidence: ``--resume FOLDER`` goes on with what is missing there, ``--calls 3`` stops after three. A call that fails is
held once more at the end. ``--see-again`` reads the kept evidence with the checks of today. Exits 1 where a figure is
not within its limit, 2 where the bench could not do its work, 3 where calls are missing. Without the right to make
network namespaces the calls that need links are left out.
"""

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console

from benchmarks.truth.again import see_again
from benchmarks.truth.calls import FILES, NAMES, plays, without_links
from benchmarks.truth.folder import Folder, left
from benchmarks.truth.holding import Holding, hold
from benchmarks.truth.page import page
from benchmarks.truth.row import Row
from benchmarks.truth.scores import of_files
from benchmarks.truth.table import rows
from harness.browsers import MEASURED
from harness.cli.progress import Progress
from harness.model.errors import BenchError
from harness.net.reach import why_not
from harness.scores.truth import tables
from harness.vantage.devices import Look

QUIET = 10.0  # % of the machine that something else may need, or figures of delay and pictures are that one's as well
_CAMERA = re.compile(r"(?P<width>[0-9]{2,4})x(?P<height>[0-9]{2,4})@(?P<rate>[0-9]{1,2})")


def _look(text: str) -> Look:
    found = _CAMERA.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no camera: write it as 640x480@30.")
    return Look(int(found["width"]), int(found["height"]), int(found["rate"]))


def _asked(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality_truth", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table into this page, too")
    parser.add_argument(
        "--only", action="append", choices=NAMES, default=[], help="a part of the table; may be repeated"
    )
    parser.add_argument("--resume", type=Path, metavar="FOLDER", help="go on with what is missing there")
    parser.add_argument("--seconds", type=float, default=40.0, help="for how long each call is measured (default: 40)")
    parser.add_argument("--repeat", type=int, default=1, help="how often each call is held (default: 1)")
    parser.add_argument("--calls", type=int, metavar="N", help="hold no more than so many calls now")
    parser.add_argument("--see-again", action="store_true", help="read kept evidence with the figures of today")
    parser.add_argument("--seed", type=int, default=1, help="of what the links lose (default: 1)")
    usual = f"{MEASURED.width}x{MEASURED.height}@{MEASURED.rate}"
    parser.add_argument(
        "--camera", type=_look, default=MEASURED, metavar="WxH@RATE", help=f"of both people (default: {usual})"
    )
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """The command line."""
    chosen = _asked(given)
    console = Console(width=None if Console().is_terminal else 140)

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    def of_media() -> list[Row]:
        return of_files(tables())

    folder = Folder(chosen.resume or Path("runs") / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-quality-truth")
    reason, broken = why_not(), False
    try:
        order = plays(chosen.only, chosen.repeat)
        playable = order if reason is None else without_links(order)
        todo = left(playable, folder.calls())[: chosen.calls]
    except BenchError as error:
        say(str(error))
        return 2
    say(f"{len(todo)} calls to hold, kept in {folder.path}")
    if todo and (busy := psutil.cpu_percent(interval=1.0)) > QUIET:
        say(f"The machine is not quiet: {busy:.0f} % of it is busy. What is measured is of that, too.")
    try:
        if chosen.see_again:
            say(f"{see_again(order, folder)} calls seen again")
        with Progress(console) as progress:
            hold(todo, folder, progress.bus, Holding(chosen.seconds, chosen.seed, chosen.camera))
        files = folder.files(of_media if not chosen.only or FILES in chosen.only else None)
    except BenchError as error:  # what there is by now is a page all the same
        say(str(error))
        files, broken = folder.files(None), True
    calls = folder.calls()
    found, missing = [*rows(calls), *files], left(order, calls)
    text = page(found, calls, missing, reason.en if reason else "")
    say(text)
    if chosen.write:
        chosen.write.write_text(text, "utf-8")
    if broken:
        return 2
    return 1 if any(row.reached is False for row in found) else 3 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
