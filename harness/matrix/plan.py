"""What each flaw is played with: which stories, and which checks these stories give evidence for.

Nothing of it is a list of flaws: stories say which checks need them (``harness.stories``), and a flaw which checks it
must fail. So what is needed to see a flaw fail is known, and every other check that the same steps serve is judged as
well: it must not fail. What no data can say stands in the small tables below.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from harness.model.check import Check
from harness.stories import EVERY_CHECK, Story, wanted
from harness.targets.protocol import SeededFlaw

# A flaw that is on every page is seen on the first: only the stories whose names hold the word are played for it.
SEEN_EARLY = {"low-contrast": "notices"}
# Flaws that fail no check but take a vantage point away: who needs it must be inconclusive.
SILENCES = {"tap-silent": "sfu"}
# Flaws that take away what a check needs as its control: it may give no verdict then, and still must not fail. What
# repeats in a call is its silence; when the sound is not encrypted, nothing of it is left that could repeat.
UNSETTLES = {"plain-audio": ("C08",)}
_MEASURED = "glass"  # the vantage point of checks that measure pictures, which must then have their full size

Step = tuple[str, frozenset[str]]  # a story, and one of its parts (empty: what is played of it in any case)


@dataclass(frozen=True, slots=True)
class FlawPlan:
    """How one flaw is played. ``expects``: the checks that must fail, or be inconclusive where ``silences`` is set.

    ``unsettles`` names checks that may give no verdict. ``stories``, ``shrink`` and ``match`` are those of
    ``harness.run.Plan``. ``cost`` counts the stories, and parts of stories, that are played. Without a ``flaw`` it is
    a clean run, told from others by its ``number``.
    """

    flaw: str
    expects: tuple[str, ...]
    checks: tuple[str, ...]
    number: int = 0
    silences: str = ""
    unsettles: tuple[str, ...] = ()
    stories: bool = False
    shrink: int = 2
    match: str = ""
    cost: int = 1

    @property
    def name(self) -> str:
        """The row's name."""
        return self.flaw or f"clean-{self.number:02d}"


def plan_of(flaw: SeededFlaw, catalogue: Sequence[Check], stories: Sequence[Story]) -> FlawPlan | None:
    """A flaw with all checks that its own checks' stories give evidence for; ``None``: none of its checks is built."""
    silences, match = SILENCES.get(flaw.name, ""), SEEN_EARLY.get(flaw.name, "")
    built = [check.id for check in catalogue]
    if silences:
        played = [check for check in built if not _named(check, stories)]
        expects = [check.id for check in catalogue if check.id in played and silences in check.vantage]
        needed = expects
    else:
        expects = needed = [check for check in built if check in flaw.expects]
        played = _served(needed, built, stories) if needed else []
    if not expects:
        return None
    return FlawPlan(
        flaw=flaw.name, expects=tuple(expects), checks=tuple(played), silences=silences,
        unsettles=UNSETTLES.get(flaw.name, ()),
        shrink=1 if any(_MEASURED in check.vantage for check in catalogue if check.id in played) else 2,
        match=match, cost=sum(match in story for story, _ in steps_for(needed, stories)),
    )  # fmt: skip


def whole_plan_of(flaw: SeededFlaw, catalogue: Sequence[Check], stories: Sequence[Story]) -> FlawPlan | None:
    """A flaw with every story and every check."""
    chosen = plan_of(flaw, catalogue, stories)
    if chosen is None:
        return None
    every = tuple(check.id for check in catalogue)
    return replace(chosen, checks=every, stories=True, shrink=1, match="", cost=len(stories))


def clean_plans(count: int, plans: Iterable[FlawPlan]) -> list[FlawPlan]:
    """So many runs without a flaw: by turns what each kind of plan plays and judges, so that each has its control."""
    ways = list(dict.fromkeys(replace(plan, flaw="", expects=(), silences="", unsettles=(), cost=1) for plan in plans))
    return [replace(ways[number % len(ways)], number=number + 1) for number in range(count if ways else 0)]


def only(plan: FlawPlan, checks: Collection[str]) -> FlawPlan | None:
    """A plan with these checks only (empty: all of it); ``None`` where the flaw is about none of them."""
    if not checks:
        return plan
    expects = tuple(check for check in plan.expects if check in checks)
    if not expects:
        return None
    judged = tuple(check for check in plan.checks if check in checks)
    return replace(plan, expects=expects, checks=judged, stories=False)


def steps_for(checks: Collection[str], stories: Sequence[Story]) -> set[Step]:
    """The stories, and the parts of them, that are played to judge these checks."""
    asked = set(checks)
    played = [story for story, is_played in zip(stories, wanted(stories, checks), strict=True) if is_played]
    whole = {(story.name, frozenset[str]()) for story in played}
    return whole | {(story.name, part) for story in played for part in story.parts if part & asked}


def _served(needed: Collection[str], built: Iterable[str], stories: Sequence[Story]) -> list[str]:
    """The checks for which everything is played that they need, when what ``needed`` asks for is played.

    Where these are alone, one more is asked for that only costs another part of the same stories: a judge that fails
    whatever it is given would be seen.
    """
    steps, order = steps_for(needed, stories), list(built)
    served = [check for check in order if check in needed or steps_for([check], stories) <= steps]
    if set(served) != set(needed):
        return served
    names = {story for story, _ in steps}
    witnesses = [check for check in order if check not in needed and _stories(check, stories) <= names]
    cheapest = min(witnesses, key=lambda check: len(steps_for([check], stories) - steps), default="")
    return [check for check in order if check in needed or check == cheapest]


def _stories(check: str, stories: Sequence[Story]) -> set[str]:
    return {story for story, _ in steps_for([check], stories)}


def _named(check: str, stories: Sequence[Story]) -> bool:
    """Whether a story names the check: it needs more than what every call gives."""
    return any(check in story.serves - {EVERY_CHECK} for story in stories)
