"""``pruefstand flaws --live``: plays the flaw matrix, or a shard of it, and writes it as a page and as JSON."""

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Literal, cast

from rich.console import Console

from crypto_checks.catalogue import CATALOGUE, selected
from harness.cli.listing import known_flaw
from harness.cli.progress import Progress
from harness.matrix.folder import MatrixFolder
from harness.matrix.plan import FlawPlan, clean_plans, only, plan_of, whole_plan_of
from harness.matrix.play import Player, Stop, shard_of
from harness.matrix.stamp import code_of
from harness.model.errors import BenchError
from harness.model.exit_code import ExitCode
from harness.model.matrix import Matrix, Row
from harness.run import ROOT, SCENARIOS
from harness.stories import read_stories
from harness.targets.protocol import Target
from harness.targets.registry import find_target
from reports.matrix_write import NAMES, write_matrix


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the matrix. ``flaws`` and ``checks``: only these (empty: all); ``clean`` runs without a flaw.

    ``whole``: every run plays every story and is judged by every check.
    """

    flaws: Sequence[str] = ()
    checks: Sequence[str] = ()
    clean: int = 0
    whole: bool = False
    shard: str = ""
    keep: bool = False
    stop_after: float | None = None  # minutes
    out: Path = Path("matrix")
    write: Sequence[Path] = ()
    browser: str = "chromium"
    lang: str = "de"


def play_matrix(wanted: Wanted, told: Console, *, target: Target | None = None, player: Player | None = None) -> int:
    """Plays what is wanted and not there yet, writes the pages, and returns the exit code.

    0: every flaw of the shard caught by exactly its checks, and no false alarm; 1: not so; 2: a run could not be
    played; 3: stopped before all were played.
    """
    target = target or find_target("townhall")
    plans = plans_for(wanted, target)
    stop = Stop(time.monotonic() + 60 * wanted.stop_after if wanted.stop_after is not None else float("inf"))
    player = player or Player(target, MatrixFolder(wanted.out), CATALOGUE, code_of(ROOT), wanted.browser, stop)
    rows: list[Row] = []
    with Progress(told) as progress, _signals(player.stop):
        for row, stored in player.play_all(plans, progress.bus, keep=wanted.keep):
            rows.append(row)
            if not stored:
                _say(told, row, Matrix(player.folder.rows()))
    if len(rows) < len(plans):
        said = f"stopped: {len(rows)} of {len(plans)} rows are there; the same command goes on from here"
        told.print(said, soft_wrap=True, markup=False, highlight=False)
    write_pages(wanted, target)
    return int(_exit(plans, rows, Matrix(player.folder.rows())))


def write_pages(wanted: Wanted, target: Target) -> None:
    """The matrix of all rows in the folder, into the folder and wherever else it is wanted."""
    order = [*target.flaws]
    rows = sorted(MatrixFolder(wanted.out).rows(), key=lambda row: (_rank(order, row.flaw), row.name))
    if not rows and wanted.write:
        raise BenchError(f"There is no row in {wanted.out} yet: play some with 'pruefstand flaws --live'.")
    played = {row.flaw for row in rows}
    unplayed = [name for name in order if name not in played]
    files = [*(wanted.out / name for name in NAMES), *wanted.write]
    write_matrix(rows, CATALOGUE, cast(Literal["de", "en"], wanted.lang), files, unplayed)


def plans_for(wanted: Wanted, target: Target) -> list[FlawPlan]:
    """The runs that are wanted, in a stable order: flaws as the target lists them, then clean runs."""
    for name in wanted.flaws:
        known_flaw(name, target)
    checks = [check.id for check in selected(wanted.checks)] if wanted.checks else []
    stories, chosen = read_stories(SCENARIOS), whole_plan_of if wanted.whole else plan_of
    flaws = [flaw for name, flaw in target.flaws.items() if not wanted.flaws or name in wanted.flaws]
    found = [plan for flaw in flaws if (plan := chosen(flaw, CATALOGUE, stories))]
    plans = [plan for each in found if (plan := only(each, checks))]
    plans += clean_plans(wanted.clean, plans)
    return shard_of(plans, *_shard(wanted.shard)) if wanted.shard else plans


def _shard(text: str) -> tuple[int, int]:
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and int(count)):
        raise BenchError(f"{text!r} names no shard: write K/N, for example 2/8.")
    return int(number), int(count)


def _exit(plans: Sequence[FlawPlan], rows: Sequence[Row], matrix: Matrix) -> ExitCode:
    if any(not row.error and not matrix.judge(row).exact for row in rows):
        return ExitCode.FAILED
    if any(row.error for row in rows):
        return ExitCode.BENCH
    return ExitCode.OK if len(rows) == len(plans) else ExitCode.INCONCLUSIVE


def _rank(order: Sequence[str], flaw: str) -> int:
    return order.index(flaw) if flaw in order else len(order)


def _say(told: Console, row: Row, matrix: Matrix) -> None:
    judged = matrix.judge(row)
    off = [
        f"{word} {', '.join(checks)}"
        for word, checks in (("missed", judged.missed), ("also failed", judged.alarms), ("inconclusive", judged.open))
        if checks
    ]
    good = f"caught by {', '.join(row.expects)}" if row.flaw else "no false alarm"
    good = f"inconclusive: {', '.join(row.expects)}" if row.silences else good
    said = row.error or "; ".join(off) or good
    style = "red" if row.error or off else "green"
    told.print(f"{row.name}: {said} ({row.seconds:.0f} s)", style=style, soft_wrap=True, markup=False, highlight=False)


@contextmanager
def _signals(stop: Stop) -> Iterator[None]:
    """The first SIGINT or SIGTERM asks to stop at the next step; the second one acts as it always does."""
    names = (signal.SIGINT, signal.SIGTERM)
    before = {name: signal.getsignal(name) for name in names}

    def restore() -> None:
        for name, handler in before.items():
            signal.signal(name, handler)

    def asked(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.ask()
        restore()

    for name in names:
        signal.signal(name, asked)
    try:
        yield
    finally:
        restore()
