"""Many municipalities on one server, call by call: how many talks find no room when it holds so many at once.

The convolution of ``load.capacity.plan`` says how long the server is full; this says how many talks that hits, with an
interval. The clerks of all municipalities are played together, day by day.
"""

import numpy as np

from load.errors import LoadError
from load.models.simulation import Estimate, lost, share
from load.municipality.calendar import Municipality, Weekday
from load.municipality.days import bookings, play_clerks


def refused(
    municipality: Municipality, day: Weekday, municipalities: int, capacity: int, seed: int, days: int = 40,
    busy: tuple[int, int] = (0, 1440),
) -> Estimate:  # fmt: skip
    """The share of talks that find no room, of those that begin between the two minutes ``busy`` of that weekday."""
    if municipalities < 1:
        raise LoadError("No municipality shares nothing: give at least one.")
    chance = np.random.default_rng([seed, 5])
    likely = np.tile(bookings(municipality)[day], (municipality.clerks * municipalities, 1))
    played = play_clerks(municipality, day, likely, days, chance)
    flags = []
    for came, begins, ends in zip(played.came, played.begins, played.ends, strict=True):
        order = np.argsort(begins[came], kind="stable")
        times, lengths = begins[came][order], (ends - begins)[came][order]
        turned_away = lost(capacity, times, lengths)
        flags.append(turned_away[(times >= busy[0]) & (times < busy[1])])
    return share(np.concatenate(flags))
