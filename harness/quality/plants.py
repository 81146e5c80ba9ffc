"""What is planted in a call, by name: defects of known size in the page that sends or on its link, a change of keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from harness.model.errors import BenchError

KEY_CHANGE = "key-change"
WHOLE = 0.0  # s: from the beginning of what is judged
OFFSETS = (200, -200, 100, -100, 50, -50)  # ms: the sound later than the picture, one after the other
NEUTRAL, STEP = 6.0, 11.0  # s without an offset before each, and with it


@dataclass(frozen=True, slots=True)
class InPage:
    """``at_s`` seconds into the call, as ``pruefstandGlass.plant`` takes it (``inject/planting.js``)."""

    at_s: float
    party: str
    does: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OnLink:
    """``at_s`` seconds into the call: nothing gets out of the party's host (or in), all is as before, or its address
    is another one."""

    at_s: float
    party: str
    does: Literal["out-stops", "in-stops", "as-before", "readdress"]


@dataclass(frozen=True, slots=True)
class InCall:
    """``at_s`` seconds into the call: a third person comes to the door, or is let in, and all keys change."""

    at_s: float
    does: Literal["third-person-waits", "third-person-enters"]


Action = InPage | OnLink | InCall


@dataclass(frozen=True, slots=True)
class Plant:
    """What is done in one call. The party is the citizen, unless said otherwise."""

    name: str
    actions: tuple[Action, ...] = field(default_factory=tuple)

    @property
    def needs_links(self) -> bool:
        """Whether it can only be done where people are on hosts of their own."""
        return any(isinstance(action, OnLink) for action in self.actions)


def _in_page(name: str, *at: float, party: str = "citizen", **does: Any) -> Plant:
    return Plant(name, tuple(InPage(each, party, does) for each in at))


def _sound_steps() -> Plant:
    """The sound moved to either side and back in one call: so each offset stands beside the call's own.

    A step is longer than a window of the judges, so that it is most of one of them.
    """
    actions = []
    at = NEUTRAL
    for offset in OFFSETS:
        actions += [
            InPage(at, "citizen", {"soundLaterMs": offset}),
            InPage(at + STEP, "citizen", {"soundLaterMs": 0}),
        ]
        at += STEP + NEUTRAL
    return Plant("sound-steps", tuple(actions))


def _all() -> Mapping[str, Plant]:
    made = [
        _in_page("freeze-300ms", 5, 10, 15, freezeMs=300),
        _in_page("freeze-1s", 5, 10, 15, freezeMs=1000),
        _in_page("freeze-3s", 5, 13, freezeMs=3000),
        _in_page("frozen-repeats-1s", 5, 10, 15, freezeMs=1000, kind="repeats"),
        *(_in_page(f"rate-{fps}", WHOLE, fps=fps) for fps in (10, 15, 25)),
        *(_in_page(f"sound-later-{ms}ms", WHOLE, soundLaterMs=ms) for ms in (50, 100, 200)),
        *(_in_page(f"sound-earlier-{ms}ms", WHOLE, soundLaterMs=-ms) for ms in (50, 100, 200)),
        _sound_steps(),
        *(_in_page(f"blur-{pixels}px", WHOLE, blur=pixels) for pixels in (2, 4)),
        _in_page("small-picture", WHOLE, smaller=4),
        *(_in_page(f"page-blur-{px}px", WHOLE, party="clerk", place="screen", blur=px) for px in (2, 3, 4)),
        Plant("outage-out-3s", (OnLink(8, "citizen", "out-stops"), OnLink(11, "citizen", "as-before"))),
        Plant("outage-in-3s", (OnLink(8, "citizen", "in-stops"), OnLink(11, "citizen", "as-before"))),
        Plant(KEY_CHANGE, (InCall(2, "third-person-waits"), InCall(10, "third-person-enters"))),
        Plant(
            "key-change-late",
            (
                InCall(2, "third-person-waits"),
                InPage(10, "citizen", {"freezeMs": 4000}),
                InCall(10, "third-person-enters"),
            ),
        ),
        Plant("readdress", (OnLink(8, "citizen", "readdress"),)),
    ]
    return MappingProxyType({plant.name: plant for plant in made})


PLANTS = _all()
NOTHING = Plant("")


def plant(name: str) -> Plant:
    """A plant by name, nothing for none. Raises ``BenchError`` that lists the names."""
    if not name:
        return NOTHING
    try:
        return PLANTS[name]
    except KeyError:
        raise BenchError(f"Nothing called {name!r} can be planted; there are {', '.join(PLANTS)}.") from None
