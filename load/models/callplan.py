"""The plan of one call, which bots follow: who opens the link, joins, talks, shows something, loses the line, leaves.

Seconds count from the appointed time; early comers have negative ones. The clerk is punctual and admits the citizen as
soon as both are there. A person talks only while joined and connected.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from load.errors import LoadError
from load.models.conversation import Spurt, converse

Party = Literal["clerk", "citizen"]
Action = Literal[
    "opens-link", "joins", "talks", "falls-silent", "camera-on", "camera-off", "shares-screen", "stops-sharing",
    "loses-connection", "reconnects", "leaves",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habits:
    """How people behave in a call: shares of people (0 to 1) and means in seconds."""

    no_show: float = 0.12
    early: float = 0.5
    early_seconds: float = 240.0
    opens_before: float = 900.0  # the waiting room, before the appointed time
    late: float = 0.15
    late_seconds: float = 180.0
    patience: float = 600.0  # after which the clerk gives up an empty room
    camera_off: float = 0.1  # of citizens who come without a picture
    camera_toggles: float = 0.15  # of people who switch it once in the call
    shares_screen: float = 0.3  # of clerks
    sharing_seconds: float = 120.0
    reconnects: float = 0.05  # of people
    away_seconds: float = 8.0
    hangs_up: float = 0.05  # of citizens who leave before the end

    def __post_init__(self) -> None:
        shares = (self.no_show, self.early, self.late, self.camera_off, self.camera_toggles, self.shares_screen,
                  self.reconnects, self.hangs_up)  # fmt: skip
        if not all(0 <= share <= 1 for share in shares) or self.early + self.late > 1:
            raise LoadError("Habits are shares of people: give each from 0 to 1, early and late at most 1 together.")


@dataclass(frozen=True, slots=True)
class Event:
    """What a person does at a second."""

    at: float
    party: Party
    action: Action


@dataclass(frozen=True, slots=True)
class CallPlan:
    """A call: its events in order. ``talk`` is its length in seconds from both being there; 0 for a no-show."""

    seed: int
    events: tuple[Event, ...]
    talk: float

    @property
    def no_show(self) -> bool:
        """Whether the citizen never comes."""
        return self.talk == 0

    def of(self, party: Party) -> tuple[Event, ...]:
        """One person's events."""
        return tuple(event for event in self.events if event.party == party)


def plan_call(talk: float, seed: int, habits: Habits | None = None) -> CallPlan:
    """A call of ``talk`` seconds. The same seed, length and habits give the same plan."""
    if talk <= 0:
        raise LoadError(f"A call of {talk:g} s is none: give it a length.")
    habits = habits or Habits()
    chance = np.random.default_rng([seed, 1])
    if chance.random() < habits.no_show:
        alone = [Event(0.0, "clerk", "opens-link"), Event(0.0, "clerk", "joins")]
        return CallPlan(seed, (*alone, Event(habits.patience, "clerk", "leaves")), 0.0)
    arrives = _arrives(chance, habits)
    begin = max(0.0, arrives)
    if chance.random() < habits.hangs_up:
        talk *= float(chance.uniform(0.2, 0.9))
    end = begin + talk
    spoken = converse(talk, seed)
    events = [
        Event(arrives, "citizen", "opens-link"), Event(0.0, "clerk", "opens-link"), Event(0.0, "clerk", "joins"),
        Event(begin, "citizen", "joins"), Event(end, "citizen", "leaves"), Event(end, "clerk", "leaves"),
    ]  # fmt: skip
    for party, spurts in (("clerk", spoken.a), ("citizen", spoken.b)):
        events += _person(chance, habits, "clerk" if party == "clerk" else "citizen", begin, end, spurts)
    return CallPlan(seed, tuple(sorted(events, key=lambda event: (event.at, _ORDER[event.action]))), talk)


# At one and the same second: coming before doing, doing before going.
_ORDER: dict[Action, int] = {
    "opens-link": 0, "joins": 1, "reconnects": 2, "falls-silent": 3, "stops-sharing": 4, "camera-off": 5,
    "camera-on": 6, "shares-screen": 7, "talks": 8, "loses-connection": 9, "leaves": 10,
}  # fmt: skip


def _arrives(chance: np.random.Generator, habits: Habits) -> float:
    kind = chance.random()
    if kind < habits.early:
        return -min(float(chance.exponential(1.0)) * habits.early_seconds, habits.opens_before)
    if kind >= 1 - habits.late:
        return min(float(chance.exponential(1.0)) * habits.late_seconds, habits.patience)
    return 0.0


def _person(
    chance: np.random.Generator, habits: Habits, party: Party, begin: float, end: float, spurts: tuple[Spurt, ...]
) -> list[Event]:
    events: list[Event] = []
    away = _span(chance, habits.reconnects, habits.away_seconds, begin, end)
    if away:
        events += [Event(away.begin, party, "loses-connection"), Event(away.end, party, "reconnects")]
    for spurt in _without([Spurt(begin + each.begin, begin + each.end) for each in spurts], away):
        events += [Event(spurt.begin, party, "talks"), Event(spurt.end, party, "falls-silent")]
    dark = party == "citizen" and chance.random() < habits.camera_off
    if dark:
        events.append(Event(begin, party, "camera-off"))
    if chance.random() < habits.camera_toggles:
        events.append(Event(float(chance.uniform(begin, end)), party, "camera-on" if dark else "camera-off"))
    if party == "clerk" and (shown := _span(chance, habits.shares_screen, habits.sharing_seconds, begin, end)):
        events += [Event(shown.begin, party, "shares-screen"), Event(shown.end, party, "stops-sharing")]
    return events


def _span(chance: np.random.Generator, share: float, mean: float, begin: float, end: float) -> Spurt | None:
    """A time within the call, for that share of people."""
    if chance.random() >= share:
        return None
    first = float(chance.uniform(begin, end))
    return Spurt(first, min(end, first + mean * float(chance.exponential(1.0))))


def _without(spurts: list[Spurt], away: Spurt | None) -> list[Spurt]:
    """The spurts outside the time away: what is said into a dead line is not heard."""
    if away is None:
        return spurts
    edges = [float("-inf"), away.begin, away.end, float("inf")]
    heard = []
    for spurt in spurts:
        for index, (first, last) in enumerate(pairwise(edges)):
            begin, end = max(spurt.begin, first), min(spurt.end, last)
            if index != 1 and begin < end:
                heard.append(Spurt(begin, end))
    return heard
