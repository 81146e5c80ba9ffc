"""``pruefstand compare --play A B``: both are played by turns, and then compared."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from harness.cli.compare import chosen_figures
from harness.cli.conclude import chosen_checks, conclude
from harness.cli.progress import Progress
from harness.events import EventBus
from harness.matrix.stamp import code_of
from harness.model.errors import BenchError
from harness.quality.networks import network_profile
from harness.run import ROOT
from harness.turns.folder import TurnsFolder
from harness.turns.plan import Wanted, turns
from harness.turns.play import Judge, Run, TurnPlayer, play
from harness.turns.side import Side
from reports.compare.comparison import Comparison, compare
from reports.compare.release import read_release


def wanted(
    a: str, b: str, *, repeat: int, seconds: float, seed: int, network: str, calls: bool | None, only: Sequence[str],
    browser: str, lang: str,
) -> Wanted:  # fmt: skip
    """What is asked: calls where no check is named, the named checks' stories, or both. Raises ``BenchError``."""
    checks = tuple(check.id for check in chosen_checks(only)) if only else ()
    network_profile(network)
    held = not checks if calls is None else calls
    if not held and not checks:
        raise BenchError("Without calls and checks there is nothing to play: name a check with --only.")
    return Wanted(a, b, repeat, seconds, seed, network, held, checks, browser, lang)


def play_turns(asked: Wanted, out: Path, told: Console, *, run: Run | None = None, judge: Judge | None = None) -> None:
    """Plays what is not there yet into ``out/a`` and ``out/b``. ``run`` plays one turn, ``judge`` judges its run.

    Raises ``BenchError``.
    """
    sides = {"a": Side.read(asked.a), "b": Side.read(asked.b)}
    _fit(asked, sides["a"], sides["b"])
    folder = TurnsFolder(out)
    folder.begin(asked, {"bench": code_of(ROOT).digest, **{name: side.code for name, side in sides.items()}})
    try:
        with Progress(told) as progress:
            played = play(asked, folder, run or TurnPlayer(asked, sides, folder), judge or _judge, progress.bus)
    except KeyboardInterrupt:
        there, all_of_them = len(folder.finished()), len(turns(asked))
        said = f"stopped: {there} of {all_of_them} runs are there; the same command goes on from here"
        told.print(said, soft_wrap=True, highlight=False)
        raise
    if not played:
        told.print(f"Every run is there already in {out}: nothing was played.", soft_wrap=True, highlight=False)
    if broken := folder.broken_off():
        said = f"{broken} run(s) were begun and broken off: they stay in {out}, and are in no figure."
        told.print(said, soft_wrap=True, highlight=False)


def compare_turns(
    asked: Wanted, out: Path, names: tuple[str, str], figures: Sequence[str], budget: float
) -> Comparison:
    """Both sides, paired as they were played. Raises ``RunStoreError`` where a run cannot be read."""
    usual = Side.read(asked.a).name, Side.read(asked.b).name
    if usual[0] == usual[1]:
        usual = f"{usual[0]} (A)", f"{usual[1]} (B)"
    a, b = (read_release(given or own, [out / side]) for side, given, own in zip("ab", names, usual, strict=True))
    return compare(a, b, chosen_figures(a, b, figures), budget)


def _fit(asked: Wanted, a: Side, b: Side) -> None:
    """Refuses what cannot be compared. Raises ``BenchError``."""
    linked = a.started and b.started
    networks = [side.network or asked.network for side in (a, b)]
    if not linked and set(networks) != {"clear"}:
        raise BenchError("What runs elsewhere is not behind our links: leave networks out where a profile is compared.")
    if not asked.calls and (a.network or b.network):
        raise BenchError("A network is for calls, and only checks are wanted: leave it out, or add --calls.")


def _judge(folder: Path) -> object:
    return conclude(folder, EventBus())
