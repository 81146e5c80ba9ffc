"""Which calls the truth table of quality is made of: impairments of known size, with clear calls between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.model.errors import BenchError
from harness.quality.ground import CLEAR
from harness.quality.plan import Trial
from harness.quality.plants import plant

DELAYS = (0, 50, 100, 200, 400)  # ms, one way
LOSSES = (0, 1, 3, 5, 10)  # %
RATES = (1000, 700, 500)  # kbit/s, falling; over 200 no picture came within 40 s
FREEZES = ("freeze-300ms", "freeze-1s", "freeze-3s", "frozen-repeats-1s")
FRAMES = (10, 15, 25)  # pictures a second
STEPS = "sound-steps"
BLURS = ("blur-2px", "blur-4px")
PAGES = ("page-blur-2px", "page-blur-3px", "page-blur-4px")
UNMEASURED = "unmeasured"  # planted is: nothing looks at the call
BETWEEN = 2  # calls after which a clear one is held, so that what changes slowly on the machine is in both


@dataclass(frozen=True, slots=True)
class Play:
    """One call; ``scored``: picture, sound and shared page are compared with what they were. One that is not
    ``measured`` is there to tell what measuring costs."""

    trial: Trial
    scored: bool = False
    measured: bool = True

    @property
    def label(self) -> str:
        """The name of its line."""
        return self.trial.label if self.measured else f"{self.trial.label}-{UNMEASURED}"


@dataclass(frozen=True, slots=True)
class Group:
    """Calls that belong together. Each is a network's name and that of something planted, of which one may be empty."""

    calls: tuple[tuple[str, str], ...]
    scored: bool = False
    interleaved: bool = False


def _networks(what: str, sizes: Sequence[int]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{what}-{size}", "") for size in sizes)


def _planted(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((CLEAR, name) for name in names)


GROUPS = {
    "clear": Group(((CLEAR, ""),), scored=True),
    "delay": Group(_networks("delay", DELAYS), interleaved=True),
    "loss": Group(_networks("loss", LOSSES), scored=True),
    "freezes": Group(_planted(*FREEZES)),
    "lips": Group(_planted(STEPS)),
    "frames": Group(_planted(*(f"rate-{each}" for each in FRAMES))),
    "bitrate": Group(((CLEAR, ""), *_networks("rate", RATES)), scored=True),
    "blur": Group(((CLEAR, ""), *_planted(*BLURS)), scored=True),
    "page": Group(((CLEAR, ""), *_planted(*PAGES)), scored=True),
    "jitter": Group((*_networks("jitter", (300,)), ("lift", ""))),
    "others": Group(_planted("small-picture", "key-change-late")),
    "cost": Group(((CLEAR, ""), (CLEAR, UNMEASURED), (CLEAR, UNMEASURED), (CLEAR, ""))),
}
FILES = "files"  # no calls: media made worse without one
NAMES = (*GROUPS, FILES)


def plays(only: Sequence[str], repeat: int = 1) -> list[Play]:
    """The calls of these groups (empty: of all), in the order in which they are held, each with a label of its own.

    A group that only wants one clear scored call gets none of its own where another group has had it in this round.
    Raises ``BenchError`` for a group that there is not.
    """
    for name in only:
        if name not in NAMES:
            raise BenchError(f"There is no part {name!r} of the table; there are {', '.join(NAMES)}.")
    order: list[_Wanted] = []
    for _ in range(repeat):
        held: dict[tuple[str, str, bool], _Wanted] = {}
        for name, group in GROUPS.items():
            calls = [(*call, group.scored) for call in group.calls]
            for call in _between(calls) if group.interleaved else calls:
                if not group.interleaved and call in held and group.scored:
                    held[call].groups.add(name)
                else:
                    order.append(_Wanted(*call, {name}))
                    held.setdefault(call, order[-1])
    return [play for play, each in zip(_numbered(order), order, strict=True) if not only or each.groups & set(only)]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A call, and the groups that want it."""

    profile: str
    planted: str
    scored: bool
    groups: set[str]


def _between(calls: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """A clear call before every few, and one behind the last."""
    found: list[tuple[str, str, bool]] = []
    for number, call in enumerate(calls):
        found += [(CLEAR, "", False)] * (number % BETWEEN == 0) + [call]
    return [*found, (CLEAR, "", False)]


def _numbered(order: list[_Wanted]) -> list[Play]:
    """Each with its number among its like in the whole table, so that a label means one call whatever part is held."""
    counts: dict[tuple[str, str], int] = {}
    found = []
    for each in order:
        number = counts[each.profile, each.planted] = counts.get((each.profile, each.planted), 0) + 1
        if each.planted == UNMEASURED:
            found.append(Play(Trial(each.profile, number), measured=False))
        else:
            plant(each.planted)  # that there is one
            found.append(Play(Trial(each.profile, number, planted=each.planted), each.scored))
    return found


def without_links(order: Sequence[Play]) -> list[Play]:
    """Those that can be held on a machine that lets nobody make networks."""
    return [play for play in order if play.trial.profile == CLEAR and not plant(play.trial.planted).needs_links]
