"""The search for the largest number of calls at which the objectives hold: ramp, bisection, repetition.

Pure but for the ``measure`` that it is given. A break is believed when it is seen twice; the number and its interval
come from all trials together (``threshold``). When the generator was not fit to go further, or a figure was missing,
there is no number of the server's, only "at least".
"""

from dataclasses import dataclass, field
from math import ceil, sqrt
from typing import Literal

from load.capacity.objectives import Judged, Objectives, judge
from load.capacity.threshold import Threshold, threshold
from load.capacity.trial import Measure
from load.errors import LoadError

# What ended the search: a threshold was found; the generator or a missing figure stood in the way; the most calls that
# it may ask for were held; even one call broke.
End = Literal["found", "generator", "unmeasured", "most", "none"]
_ODD = (0.3, 0.7)  # quantiles of the threshold at which trials tell most about it


@dataclass(frozen=True, slots=True)
class Plan:
    """How to search. ``trials`` bounds all measuring; ``fine`` is the bisection's end, as a share of the calls."""

    first: int = 4
    most: int = 2000
    growth: float = 2.0
    trials: int = 28
    fine: float = 0.06
    width: float = 0.1  # of the interval, as a share of the number, at which repeating ends
    repeats: int = 4  # at least so many trials near the threshold

    def __post_init__(self) -> None:
        if not (1 <= self.first <= self.most and self.growth > 1 and self.trials >= 4 and 0 < self.fine < 1):
            raise LoadError("The search cannot be made: let 1 <= first <= most, growth > 1, trials >= 4 and fine < 1.")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. With ``at_least`` the number is a lower bound, and ``high`` is None."""

    calls: int
    low: int
    high: int | None
    at_least: bool
    end: End
    trials: tuple[Judged, ...]


@dataclass(slots=True)
class _Search:
    measure: Measure
    objectives: Objectives
    plan: Plan
    trials: list[Judged] = field(default_factory=list)
    held: int = 0  # the most calls seen to hold
    broke: int | None = None  # the fewest seen to break, twice
    wall: int | None = None  # the fewest at which no trial could be judged, twice

    def run(self) -> Found:
        self._ramp()
        self._bisect()
        self._repeat()
        return self._found()

    @property
    def _spent(self) -> bool:
        return len(self.trials) >= self.plan.trials

    @property
    def _upper(self) -> int | None:
        ends = [end for end in (self.broke, self.wall) if end is not None]
        return min(ends) if ends else None

    def _trial(self, calls: int) -> Judged:
        judged = judge(self.measure(calls), self.objectives)
        self.trials.append(judged)
        return judged

    def _level(self, calls: int) -> None:
        """Measures until a level is settled: best of three, but what holds the first time is believed at once."""
        counts = {"holds": 0, "breaks": 0, "void": 0}
        while not self._spent:
            judged = self._trial(calls)
            counts[judged.outcome] += 1
            if judged.outcome == "holds":
                if counts["holds"] > counts["breaks"]:
                    self.held = max(self.held, judged.trial.calls)
                    return
            elif counts["breaks"] >= 2:
                self.broke = min(judged.trial.calls, self.broke or judged.trial.calls)
                return
            elif counts["void"] >= 2:
                self.wall = calls if self.wall is None else min(self.wall, calls)
                return

    def _ramp(self) -> None:
        plan, calls = self.plan, self.plan.first
        while not self._spent and self._upper is None:
            self._level(calls)
            if self.held >= plan.most:
                return
            calls = min(plan.most, max(calls + 1, round(calls * plan.growth)))
        while not self._spent and not self.held and (upper := self._upper) and upper > 1:
            self._level(upper // 2)

    def _bisect(self) -> None:
        while not self._spent and self.held and (upper := self._upper) is not None:
            if upper - self.held <= max(1, self.plan.fine * upper):
                return
            middle = round(sqrt(self.held * upper))
            self._level(min(max(middle, self.held + 1), upper - 1))

    def _repeat(self) -> None:
        """Near a threshold: until its interval is narrow. Before a wall: whether what held holds again."""
        repeats = 0
        while not self._spent and self.held:
            near = self._threshold()
            if not self._named(near):
                if self.wall is None or repeats >= 2:
                    return
                self._trial(self.held)
            elif repeats >= self.plan.repeats and near.known(self.plan.width):
                return
            else:
                low, high = (near.quantile(share) for share in _ODD)
                most = self.plan.most if self.wall is None else self.wall - 1
                self._trial(max(1, min(most, int(low) if repeats % 2 else ceil(high))))
            repeats += 1

    def _threshold(self) -> Threshold:
        seen = [(each.trial.calls, each.outcome == "holds") for each in self.trials if each.outcome != "void"]
        return threshold(seen, self.plan.most)

    def _named(self, near: Threshold) -> bool:
        """Whether a number may be named: the server broke twice before the wall, and the threshold lies before it."""
        if self.broke is None or (self.wall is not None and self.broke >= self.wall):
            return False
        return self.wall is None or near.quantile(0.975) < self.wall

    def _found(self) -> Found:
        near, trials = self._threshold(), tuple(self.trials)
        if self._named(near):
            low, high = near.interval
            calls = near.calls if self.held else 0
            return Found(calls, min(low, calls), high, False, "found" if calls else "none", trials)
        bound = self._bound()
        end: End = "most" if self.wall is None else "generator" if self._unfit(self.wall) else "unmeasured"
        return Found(bound, bound, None, True, end, trials)

    def _bound(self) -> int:
        """The most calls that rather held than broke."""
        score: dict[int, int] = {}
        for each in self.trials:
            if each.outcome != "void":
                score[each.trial.calls] = score.get(each.trial.calls, 0) + (1 if each.outcome == "holds" else -1)
        return max((calls for calls, balance in score.items() if balance > 0), default=0)

    def _unfit(self, wall: int) -> bool:
        return any(each.unfit for each in self.trials if each.trial.asked >= wall)


def search(measure: Measure, objectives: Objectives, plan: Plan | None = None) -> Found:
    """The largest number of calls at which the objectives hold."""
    return _Search(measure, objectives, plan or Plan()).run()
