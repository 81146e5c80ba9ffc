"""Who talks when: conversational speech of two people after ITU-T P.59 (Artificial conversational speech, 1993).

Four states: A alone, B alone, both, neither. A state's length is exponential; the means are those of P.59's formulae
for single talk, double talk and mutual silence, and a mutual silence lasts at least 200 ms. Somebody who talks alone
falls silent with a chance of 0.4, else the other one joins in; out of silence and double talk either one goes on alone
with the same chance. (Read from open implementations of P.59 that agree with one another, not from the paper itself.)

P.59 also prints what was measured in English, Italian and Japanese: talk spurts of 1.004 s (38.5 % of the time), pauses
of 1.587 s, double talk 6.6 %, mutual silence 22.5 %. The model is a little more talkative than that (``SHARES``), as
its authors' is: it sends rather more packets than people do, never fewer.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from load.errors import LoadError

State = Literal["a", "b", "both", "neither"]
SINGLE, DOUBLE, SILENCE = 0.854, 0.226, 0.456  # seconds in the mean
LEAST_SILENCE = 0.2  # seconds
FALLS_SILENT = 0.4  # the chance that who talks alone stops before the other one joins in
GOES_ON = 0.5  # the chance that it is A who talks after double talk or mutual silence

# Every second state is single talk. An exponential that is at least 0.2 s long is 0.2 s longer in the mean.
_CYCLE = SINGLE + FALLS_SILENT * (SILENCE + LEAST_SILENCE) + (1 - FALLS_SILENT) * DOUBLE
SHARES: dict[State, float] = {  # of the time, in the long run
    "a": SINGLE / _CYCLE / 2,
    "b": SINGLE / _CYCLE / 2,
    "both": (1 - FALLS_SILENT) * DOUBLE / _CYCLE,
    "neither": FALLS_SILENT * (SILENCE + LEAST_SILENCE) / _CYCLE,
}


@dataclass(frozen=True, slots=True)
class Spurt:
    """Somebody talks, from ``begin`` to ``end`` in seconds."""

    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Conversation:
    """The talk spurts of both sides, in order; those of one side do not touch."""

    seconds: float
    a: tuple[Spurt, ...]
    b: tuple[Spurt, ...]


def states(seconds: float, chance: np.random.Generator) -> list[tuple[float, State]]:
    """When which state begins, from 0 on; the last one ends with the conversation."""
    if seconds <= 0:
        raise LoadError(f"A conversation of {seconds:g} s is none: give it a length.")
    now, begun = 0.0, list[tuple[float, State]]()
    state: State = "neither"
    while now < seconds:
        begun.append((now, state))
        now += _length(state, chance)
        state = _next(state, chance)
    return begun


def converse(seconds: float, seed: int) -> Conversation:
    """A conversation of that length; the same seed gives the same one."""
    begun = states(seconds, np.random.default_rng(seed))
    ends = [*(begin for begin, _ in begun[1:]), seconds]
    spans = [(begin, end, state) for (begin, state), end in zip(begun, ends, strict=True)]
    return Conversation(seconds, _spurts(spans, "a"), _spurts(spans, "b"))


def _length(state: State, chance: np.random.Generator) -> float:
    if state == "neither":
        return LEAST_SILENCE + float(chance.exponential(SILENCE))
    return float(chance.exponential(DOUBLE if state == "both" else SINGLE))


def _next(state: State, chance: np.random.Generator) -> State:
    drawn = chance.random()
    if state in ("a", "b"):
        return "neither" if drawn < FALLS_SILENT else "both"
    return "a" if drawn < GOES_ON else "b"


def _spurts(spans: list[tuple[float, float, State]], side: State) -> tuple[Spurt, ...]:
    spurts: list[Spurt] = []
    for begin, end, state in spans:
        if state not in (side, "both"):
            continue
        if spurts and spurts[-1].end == begin:
            spurts[-1] = Spurt(spurts[-1].begin, end)
        else:
            spurts.append(Spurt(begin, end))
    return tuple(spurts)
