"""Whether ``compare`` keeps its promise on real runs: alike releases, one slowed by 50 ms, one with a flaw.

``python -m benchmarks.releases`` plays three sessions by turns (``compare --play``) into folders below ``--out`` and
writes what came out. Stopped, the same command goes on. ``--tell`` plays nothing and reckons with what is there; beside
``alike`` with ``alike-2`` and so on, which ``compare --play`` may have played at the same time or on another day.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from benchmarks.releases_page import Found, Share, page, write_page
from harness.cli.compare import chosen_figures
from harness.cli.turns import play_turns
from harness.turns.folder import TurnsFolder
from harness.turns.plan import Wanted
from reports.compare.comparison import Comparison, compare
from reports.compare.release import Ran, Release, read_release

FLAW, SEEN_BY = "plain-audio", "E01"
SLOWER_MS = 50
DELAYS = ("Q01.whole", "Q02.whole")  # glass to glass, mouth to ear
Pair = tuple[Ran, Ran]
_SESSIONS = ("alike", "slower", "flaw")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played: comparisons of each kind, and ``pairs`` of runs in each."""

    pairs: int = 8
    alike: int = 4
    slower: int = 3
    flaw: int = 5
    seconds: float = 15.0
    seed: int = 1

    @property
    def sessions(self) -> Mapping[str, Wanted]:
        """What is played, by the name of its folder. Of the flaw a pair is a comparison: checks rest on evidence."""
        calls = Wanted("townhall", "townhall", seconds=self.seconds, seed=self.seed, lang="en")
        return {
            "alike": replace(calls, repeat=self.alike * self.pairs),
            "slower": replace(calls, b=f"townhall@delay-{SLOWER_MS}", repeat=self.slower * self.pairs),
            "flaw": replace(calls, b=f"townhall+{FLAW}", repeat=self.flaw, calls=False, checks=(SEEN_BY,)),
        }


def pairs_of(folder: Path) -> list[Pair]:
    """The pairs of a session in the order in which they were played. Raises ``RunStoreError``."""
    a, b = ({run.pair: run for run in read_release(side, [folder / side]).runs} for side in "ab")
    return [(a[pair], b[pair]) for pair in sorted(a.keys() & b.keys()) if pair]


def parts(out: Path, name: str) -> list[Path]:
    """A session's folders: its own, and ``NAME-2`` and so on in the order of their names."""
    return [out / name, *sorted(each for each in out.glob(f"{name}-*") if each.is_dir())]


def compared(pairs: Sequence[Pair], *, paired: bool = True) -> Comparison:
    """A comparison of these pairs; not ``paired``: of their runs, whatever was played beside what."""
    sides = [
        Release(name, tuple(replace(pair[at], pair=number if paired else 0) for number, pair in enumerate(pairs, 1)))
        for at, name in enumerate("AB")
    ]
    return compare(sides[0], sides[1], chosen_figures(sides[0], sides[1], ()))


def separate(pairs: Sequence[Pair], size: int) -> list[Comparison]:
    """Comparisons of which no two share a run: so many pairs each, in the order in which they were played."""
    return [compared(pairs[at : at + size]) for at in range(0, len(pairs) - size + 1, size)]


def turned(pairs: Sequence[Pair], size: int, deals: int, dice: random.Random) -> Iterator[Comparison]:
    """So many pairs drawn from all, each with a coin for which of its two is A. These share runs."""
    for _ in range(deals):
        drawn = dice.sample(list(pairs), size)
        yield compared([(b, a) if dice.random() < 0.5 else (a, b) for a, b in drawn])


def dealt(pairs: Sequence[Pair], size: int, deals: int, dice: random.Random) -> Iterator[Comparison]:
    """Runs drawn from all and dealt out as A and B, whenever they were played. These share runs."""
    runs = [run for pair in pairs for run in pair]
    for _ in range(deals):
        drawn = dice.sample(runs, 2 * size)
        yield compared(list(zip(drawn[:size], drawn[size:], strict=True)), paired=False)


def drawn(pairs: Sequence[Pair], size: int, deals: int, dice: random.Random) -> Iterator[Comparison]:
    """So many pairs drawn from all, as they were played. These share runs."""
    for _ in range(deals):
        yield compared(dice.sample(list(pairs), size))


def alarmed(found: Comparison) -> bool:
    """Whether it says that anything changed, be it for the better."""
    changes = [each.change for each in found.checks] + [each.change for each in found.figures]
    return any(change != "same" for change in changes)


def wavered(found: Comparison) -> bool:
    """Whether it says that it cannot tell (exit code 3): a call that breaks off is in many checks."""
    return found.too_flaky


def found_slower(found: Comparison) -> bool:
    """Whether it says that a delay grew."""
    return any(each.change == "worse" for each in found.figures if each.figure in DELAYS)


def found_flaw(found: Comparison) -> bool:
    """Whether it says that the check that must see the flaw became worse."""
    return any(each.check == SEEN_BY and each.change == "worse" for each in found.checks)


def share(found: Iterable[Comparison], says: Callable[[Comparison], bool]) -> Share:
    """How many of them say it."""
    answers = [says(each) for each in found]
    return Share(sum(answers), len(answers))


def reckon(folders: Mapping[str, Sequence[Path]], size: Size, deals: int) -> Found:
    """Everything that the page tells. Raises ``RunStoreError`` where a session has no runs."""
    alike, slower, flaw = ([pair for each in folders[name] for pair in pairs_of(each)] for name in _SESSIONS)
    dice = random.Random(size.seed)
    sizes = [count for count in (4, 5, 6, 7, 8, 10, 12) if count < min(len(slower), len(alike) // 2)]
    whole = compared(slower) if slower else None
    return Found(
        pairs=size.pairs,
        runs={"alike": 2 * len(alike), "slower": 2 * len(slower), "flaw": 2 * len(flaw)},
        alike=share(separate(alike, size.pairs), alarmed),
        wavered=share([*separate(alike, size.pairs), *separate(slower, size.pairs)], wavered),
        slower=share(separate(slower, size.pairs), found_slower),
        flaw=share(separate(flaw, 1), found_flaw),
        by_size={
            count: (
                share(turned(alike, count, deals, dice), alarmed),
                share(dealt(alike, count, deals, dice), alarmed),
                share(drawn(slower, count, deals, dice), found_slower),
            )
            for count in sizes
        },
        shifts={each.figure: each for each in whole.figures if each.figure in DELAYS} if whole else {},
        spread={name: _spread([run for pair in alike for run in pair], name) for name in DELAYS},
        figures=len(compared(alike).figures) if alike else 0,
        seconds=[
            each.seconds
            for name in ("alike", "slower")
            for part in folders[name]
            for each in TurnsFolder(part).finished()
        ],
    )  # fmt: skip


def _spread(runs: Sequence[Ran], name: str) -> tuple[float, float, float]:
    """The 5th, 50th and 95th percentile of a figure; zeros for nothing."""
    order = sorted(run.figures[name] for run in runs if name in run.figures) or [0.0]
    low, middle, high = (order[round(part * (len(order) - 1))] for part in (0.05, 0.5, 0.95))
    return low, middle, high


def main(given: Sequence[str] | None = None) -> None:
    """The command line."""
    usual = Size()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.releases", description=(__doc__ or "").split("\n")[0])
    for name, said in (
        ("pairs", "runs of each release in a comparison"),
        ("alike", "separate comparisons of alike releases (20 for the whole proof)"),
        ("slower", "separate comparisons with a release slowed by 50 ms"),
        ("flaw", "comparisons with a release that has a flaw, of one run each"),
        ("seed", "of the order, and of what is drawn"),
    ):
        default = getattr(usual, name)
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{said} (default: {default})")
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="for how long a call is measured")
    parser.add_argument("--deals", type=int, default=400, help="how often runs are dealt out (default: 400)")
    parser.add_argument("--out", type=Path, default=Path("releases"), help="where the runs are kept")
    parser.add_argument("--tell", action="store_true", help="play nothing, reckon with what is there")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table as a page, too")
    chosen = parser.parse_args(given)
    size = Size(chosen.pairs, chosen.alike, chosen.slower, chosen.flaw, chosen.seconds, chosen.seed)
    console = Console()
    for name, wanted in size.sessions.items():
        if not chosen.tell:
            console.print(f"{name}: {wanted.a} and {wanted.b}, {2 * wanted.repeat} runs")
            play_turns(wanted, chosen.out / name, console)
    found = reckon({name: parts(chosen.out, name) for name in _SESSIONS}, size, chosen.deals)
    console.print(page(found), markup=False, highlight=False, soft_wrap=True)
    if chosen.write:
        write_page(found, chosen.write)


if __name__ == "__main__":
    main()
