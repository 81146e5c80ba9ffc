"""Days of appointments, played: who comes when, how long it takes, and who waits because the one before overran.

Arrays have the shape (days, clerks, slots); times are minutes since midnight. A clerk holds one talk after the other
and begins none before its time; whoever comes early waits in the waiting room, which holds no call.
"""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from load.errors import LoadError
from load.models.simulation import Floats
from load.municipality.calendar import WEEKDAYS, Behaviour, Municipality, Service, Weekday

DAY = 1440  # minutes


@dataclass(frozen=True, slots=True)
class Days:
    """What happened: ``came`` says where somebody booked and came; the times count only there."""

    booked: NDArray[np.bool_]
    came: NDArray[np.bool_]
    due: Floats  # shape (slots,)
    arrivals: Floats
    begins: Floats
    ends: Floats

    @property
    def waits(self) -> Floats:
        """Minutes that people waited beyond their time, shape (people,)."""
        return (self.begins - np.maximum(self.arrivals, self.due))[self.came]


def bookings(municipality: Municipality) -> dict[Weekday, Floats]:
    """How likely each slot of a clerk is booked in the busiest week: evening slots rather, none more than once."""
    weights = {day: _weights(municipality, day) for day in WEEKDAYS}
    every = np.concatenate(list(weights.values()))
    wanted = municipality.wanted_a_week / municipality.clerks
    if wanted >= len(every):
        return {day: np.ones_like(each) for day, each in weights.items()}
    full = np.zeros(len(every), dtype=np.bool_)
    while True:  # what a full slot cannot take goes to the others; each round fills at least one more
        factor = (wanted - float(full.sum())) / float(every[~full].sum())
        more = ~full & (every * factor > 1)
        if not more.any():
            return {day: np.minimum(1, each * factor) for day, each in weights.items()}
        full |= more


def play(municipality: Municipality, day: Weekday, days: int, seed: int) -> Days:
    """That many ``days`` of the same weekday in the busiest week, each with its own chance. No slots: empty arrays."""
    if days < 1:
        raise LoadError("No day cannot be played: ask for at least one.")
    chance = np.random.default_rng([seed, WEEKDAYS.index(day)])
    return play_clerks(municipality, day, np.tile(bookings(municipality)[day], (municipality.clerks, 1)), days, chance)


def play_clerks(
    municipality: Municipality, day: Weekday, likely: Floats, days: int, chance: np.random.Generator
) -> Days:
    """As ``play``, of any clerks with that municipality's hours and habits; ``likely`` is of shape (clerks, slots)."""
    due = np.array(municipality.slots(day), dtype=np.float64)
    shape = (days, *likely.shape)
    booked = chance.random(shape) < likely
    came = booked & (chance.random(shape) >= municipality.behaviour.no_show)
    arrivals = due + _offsets(chance, municipality.behaviour, shape)
    lengths = _lengths(chance, municipality, shape)
    begins, ends = hold(came, due, arrivals, lengths)
    return Days(booked, came, due, arrivals, begins, ends)


def hold(came: NDArray[np.bool_], due: Floats, arrivals: Floats, lengths: Floats) -> tuple[Floats, Floats]:
    """When the talks begin and end, of the shape of ``came``: not before their time, and one after the other."""
    begins, ends = np.zeros(came.shape), np.zeros(came.shape)
    free = np.zeros(came.shape[:-1])
    for slot in range(len(due)):
        begins[..., slot] = np.maximum(np.maximum(arrivals[..., slot], due[slot]), free)
        ends[..., slot] = begins[..., slot] + lengths[..., slot]
        free = np.where(came[..., slot], ends[..., slot], free)
    return begins, ends


def concurrent(played: Days) -> NDArray[np.int32]:
    """How many talks are held at the beginning of each minute, shape (days, 1440)."""
    return _presence(played.came, played.begins, played.ends)


def waiting(played: Days) -> NDArray[np.int32]:
    """How many people sit in the waiting room at the beginning of each minute, shape (days, 1440)."""
    return _presence(played.came, played.arrivals, played.begins)


def _presence(came: NDArray[np.bool_], begins: Floats, ends: Floats) -> NDArray[np.int32]:
    count = len(came)
    changes = np.zeros((count, DAY + 1), dtype=np.int32)
    rows = np.broadcast_to(np.arange(count)[:, None, None], came.shape)[came]
    for times, change in ((begins, 1), (ends, -1)):
        np.add.at(changes, (rows, np.clip(np.ceil(times[came]), 0, DAY).astype(np.int64)), change)
    return np.cumsum(changes, axis=1, dtype=np.int32)[:, :DAY]


def _weights(municipality: Municipality, day: Weekday) -> Floats:
    evening = municipality.demand.evening.hour * 60 + municipality.demand.evening.minute
    begins = np.array(municipality.slots(day), dtype=np.float64)
    return np.where(begins >= evening, municipality.demand.evening_weight, 1.0)


def _offsets(chance: np.random.Generator, behaviour: Behaviour, shape: tuple[int, ...]) -> Floats:
    """Minutes after the time at which people come; negative for the early ones."""
    kind = chance.random(shape)
    early = -np.minimum(chance.exponential(1.0, shape) * behaviour.early_minutes, behaviour.opens_before)
    late = chance.exponential(1.0, shape) * behaviour.late_minutes
    return np.where(kind < behaviour.early, early, np.where(kind >= 1 - behaviour.late, late, 0.0))


def _lengths(chance: np.random.Generator, municipality: Municipality, shape: tuple[int, ...]) -> Floats:
    services = municipality.services
    kind = chance.choice(len(services), shape, p=_shares(services))
    normal = chance.standard_normal(shape)
    sigma = np.array([sqrt(log(1 + service.spread**2)) for service in services])[kind]
    mean = np.array([service.minutes for service in services])[kind]
    behaviour = municipality.behaviour
    more = chance.exponential(1.0, shape) * behaviour.overrun_minutes
    overruns = np.where(chance.random(shape) < behaviour.overrun, more, 0.0)
    lengths: Floats = mean * np.exp(sigma * normal - sigma**2 / 2) + overruns
    return lengths


def _shares(services: tuple[Service, ...]) -> Floats:
    shares: Floats = np.array([service.share for service in services])
    whole: Floats = shares / shares.sum()
    return whole
