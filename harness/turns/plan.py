"""Whose turn it is: the order of the runs of two releases, the same for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

SideName = Literal["a", "b"]
Kind = Literal["calls", "checks"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a comparison by turns. ``a`` and ``b`` are sides as people write them.

    Each turn holds a call of so many ``seconds`` over ``network`` where ``calls`` are wanted, and plays the stories of
    ``checks``.
    """

    a: str
    b: str
    repeat: int = 10
    seconds: float = 15.0
    seed: int = 1
    network: str = "clear"
    calls: bool = True
    checks: tuple[str, ...] = ()
    browser: str = "chromium"
    lang: str = "de"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The runs of a turn, in their order."""
        return (*(("calls",) if self.calls else ()), *(("checks",) if self.checks else ()))


@dataclass(frozen=True, slots=True)
class Turn:
    """One run: of a side, as one of the ``pair`` (from 1) that is played without anything in between."""

    pair: int
    side: SideName
    kind: Kind

    def note(self) -> dict[str, Any]:
        """As it stands in the run.json of its run."""
        return asdict(self)


def sides(repeat: int, seed: int) -> list[tuple[SideName, SideName]]:
    """Who goes first in each pair. Two pairs make a block, ABBA or BAAB as the dice say: what changes steadily on the
    machine then meets both alike, and nobody is always first."""
    dice = random.Random(seed)
    order: list[tuple[SideName, SideName]] = []
    while len(order) < repeat:
        block: list[tuple[SideName, SideName]] = [("a", "b"), ("b", "a")]
        dice.shuffle(block)
        order += block
    return order[:repeat]


def turns(wanted: Wanted) -> list[Turn]:
    """Every run in the order in which they are played; the two of a pair and kind are neighbours."""
    return [
        Turn(pair, side, kind)
        for pair, both in enumerate(sides(wanted.repeat, wanted.seed), 1)
        for kind in wanted.kinds
        for side in both
    ]


def time_left(left: Sequence[Turn], took: Sequence[tuple[Kind, float]]) -> float | None:
    """Seconds that these turns will take, as long on the average as those of their kind took; None before one was."""
    total = 0.0
    for turn in left:
        alike = [seconds for kind, seconds in took if kind == turn.kind] or [seconds for _, seconds in took]
        if not alike:
            return None
        total += sum(alike) / len(alike)
    return total
