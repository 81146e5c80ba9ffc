"""Holds the calls of the truth table. One that fails costs its own time, and is held once more at the end."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.truth.calls import Play
from benchmarks.truth.folder import Folder, left
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.seen import seen_of
from harness.browsers import MEASURED
from harness.events import EventBus
from harness.model.errors import BenchError
from harness.model.evidence import Evidence
from harness.model.observations import Record
from harness.quality.ground import CLEAR, ground
from harness.quality.plan import Trial, Wanted
from harness.quality.play import CallPlayer
from harness.quality.run import QualityRun, call_player, setting_of
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, own_workdir
from harness.store import RECORDS
from harness.vantage.devices import Look

WARM = 5.0  # seconds of the call that does not count
ATTEMPTS = 2  # at each call
IN_A_ROW = 2  # calls that fail, until servers and browsers are started anew


@dataclass(frozen=True, slots=True)
class Holding:
    """How calls are held."""

    seconds: float
    seed: int
    camera: Look = MEASURED


def hold(order: Sequence[Play], folder: Folder, events: EventBus, how: Holding) -> None:
    """Holds these calls and keeps a line of each as soon as it is over; what failed is held again at the end.

    Raises ``BenchError`` where servers or browsers do not start, or where started anew they hold no call either.
    """
    todo, barren = list(order), 0
    for _ in range(ATTEMPTS):
        while todo:
            tried = _stretch(todo, folder, events, how)
            barren = 0 if any(each.connected for each in tried) else barren + 1
            if barren > 1:
                raise BenchError(f"No call could be held, nor after a fresh start: {tried[-1].sentence}")
            todo = todo[len(tried) :]
        todo = left(order, folder.calls())


def _stretch(order: Sequence[Play], folder: Folder, events: EventBus, how: Holding) -> list[CallSeen]:
    """Calls by one set of servers and browsers, until all are over or some in a row have failed: the lines of those.

    What has just been started is slower: a short call before the first one is not kept.
    """
    clean_up_after_killed_runs()
    trials = [play.trial for play in order]
    names = tuple(dict.fromkeys(trial.profile for trial in trials))
    planted = tuple(dict.fromkeys(trial.planted for trial in trials if trial.planted))
    wanted = Wanted(names, seconds=how.seconds, seed=how.seed, compare=False, planted=planted)
    run = QualityRun.new(wanted, folder.path, "en")
    tried: list[CallSeen] = []
    workdir = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(workdir)
    try:
        setting = setting_of(wanted.target)
        with ground(how.seed) as place, call_player(run, setting, place, trials, workdir, events, how.camera) as player:
            events.tell("call", "a first call that does not count")
            player.scores, player.seconds = False, WARM
            player.play(Trial(CLEAR, 0), "warm-up")
            player.seconds = how.seconds
            for number, play in enumerate(order):
                events.tell("scenario", play.label, number, len(order))
                tried.append(_held(player, play, run.store.evidence_folder / RECORDS, how.camera))
                folder.keep(tried[-1])
                if len(tried) >= IN_A_ROW and not any(each.connected for each in tried[-IN_A_ROW:]):
                    break
        run.store.finish()
    finally:
        run.store.close()
        shutil.rmtree(workdir, ignore_errors=True)
    return tried


def _held(player: CallPlayer, play: Play, records: Path, camera: Look) -> CallSeen:
    """One call's line, whatever becomes of it."""
    before, busy = records.stat().st_size, psutil.cpu_percent(interval=1.0)
    player.scores, player.measures = play.scored, play.measured
    try:
        player.play(play.trial, play.label)
        line = seen_of(_since(records, before), play, said(camera))
    except Exception as error:  # of the bench itself, too: an hour of other calls must not end with it
        why = (str(error).strip().splitlines() or [""])[0]
        trial = play.trial
        line = CallSeen(
            label=play.label, profile=trial.profile, planted=trial.planted, camera=said(camera),
            measured=play.measured, sentence=f"{type(error).__name__}: {why}",
        )  # fmt: skip
    return line.model_copy(update={"load": round(psutil.getloadavg()[0], 1), "busy": round(busy, 1)})


def _since(records: Path, size: int) -> Evidence:
    with records.open("rb") as file:
        file.seek(size)
        return Evidence([Record.model_validate_json(line) for line in file])


def said(camera: Look) -> str:
    """A camera in words."""
    return f"{camera.width} x {camera.height}, {camera.rate} a second"
