"""All municipalities of a state, where published drawn true, else drawn: names of cities, districts, size classes.

Within a size class the populations follow a power law cut off at the class's ends, whose exponent is found from the
class's mean; they are drawn by strata, so that the state's population comes out the same for every seed within 1 %.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from pydantic import Field, model_validator

from load.models.simulation import Floats
from load.municipality.calendar import FOLDER
from load.reading import Part, read

STATE = FOLDER / "states" / "baden-wuerttemberg.toml"
_STEPS = 60
_POINTS = 2001  # of the inverse of a distribution


class District(Part):
    """A Regierungsbezirk."""

    id: str
    name: str
    population: int = Field(gt=0)
    municipalities: int = Field(gt=0)


class City(Part):
    """A municipality that is known by name."""

    name: str
    district: str
    population: int = Field(gt=0)


class SizeClass(Part):
    """Municipalities between two populations, known cities among them."""

    above: int = Field(gt=0)
    below: int
    municipalities: int = Field(gt=0)
    mean: float

    @model_validator(mode="after")
    def _mean_is_inside(self) -> Self:
        if not self.above < self.mean < self.below:
            raise ValueError(f"a mean of {self.mean:g} does not lie between {self.above} and {self.below}")
        return self


class State(Part):
    """What is published of a state's municipalities."""

    name: str
    municipalities: int = Field(gt=0)
    population: int = Field(gt=0)
    districts: tuple[District, ...] = Field(min_length=1)
    cities: tuple[City, ...]
    classes: tuple[SizeClass, ...]

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        if (counted := sum(each.municipalities for each in self.districts)) != self.municipalities:
            raise ValueError(f"the districts have {counted} municipalities, the state {self.municipalities}")
        largest = max((each.below for each in self.classes), default=0)
        above = sum(city.population >= largest for city in self.cities)
        if (counted := sum(each.municipalities for each in self.classes) + above) != self.municipalities:
            raise ValueError(f"the size classes have {counted} municipalities, the state {self.municipalities}")
        if unknown := {city.district for city in self.cities} - {each.id for each in self.districts}:
            raise ValueError(f"no district is called {', '.join(sorted(unknown))}")
        return self


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the state; without a name it is drawn."""

    population: int
    district: str
    name: str = ""


def load_state(path: Path = STATE) -> State:
    """What is published of Baden-Württemberg, or another state's file. Raises ``LoadError`` with its mend."""
    return read(path, State, "state")


def places(state: State, seed: int) -> list[Place]:
    """Every municipality, the known cities first, then the drawn ones from large to small."""
    chance = np.random.default_rng([seed, 3])
    drawn: list[int] = []
    for size in state.classes:
        known = [city.population for city in state.cities if size.above <= city.population < size.below]
        rest = size.municipalities - len(known)
        mean = (size.mean * size.municipalities - sum(known)) / rest
        drawn += [round(float(each)) for each in _draw(size.above, size.below, mean, rest, chance)]
    cities = [Place(city.population, city.district, city.name) for city in state.cities]
    return cities + _placed(state, sorted(drawn, reverse=True), chance)


def _draw(low: float, high: float, mean: float, count: int, chance: np.random.Generator) -> Floats:
    """Populations of a power law between two ends with that mean, one from each of ``count`` equal strata."""
    sizes = np.geomspace(low, high, _POINTS)
    flat, steep = -6.0, 6.0  # exponents; a larger one makes more small municipalities
    for _ in range(_STEPS):
        exponent = (flat + steep) / 2
        flat, steep = (exponent, steep) if _mean(sizes, exponent) > mean else (flat, exponent)
    strata = (np.arange(count) + chance.random(count)) / count
    drawn: Floats = np.interp(strata, _distribution(sizes, flat), sizes)
    return drawn


def _distribution(sizes: Floats, exponent: float) -> Floats:
    density = sizes**-exponent
    parts = (density[1:] + density[:-1]) / 2 * np.diff(sizes)
    summed: Floats = np.concatenate([[0.0], np.cumsum(parts)])
    whole: Floats = summed / summed[-1]
    return whole


def _mean(sizes: Floats, exponent: float) -> float:
    return float((np.diff(_distribution(sizes, exponent)) * (sizes[1:] + sizes[:-1]) / 2).sum())


def _placed(state: State, drawn: list[int], chance: np.random.Generator) -> list[Place]:
    """Each into a district that has room: by chance, weighed by how large the places are that it still lacks."""
    people = np.array([float(each.population) for each in state.districts])
    room = np.array([float(each.municipalities) for each in state.districts])
    index = {each.id: number for number, each in enumerate(state.districts)}
    for city in state.cities:
        people[index[city.district]] -= city.population
        room[index[city.district]] -= 1
    placed = []
    for population in drawn:
        # A district that still lacks many people in few places wants the larger ones, which come first.
        lacks = np.maximum(people, 1.0) / np.maximum(room, 1.0)
        weights = np.where(room > 0, room * (lacks if population > lacks.min() else 1.0), 0.0)
        number = int(chance.choice(len(weights), p=weights / weights.sum()))
        people[number] -= population
        room[number] -= 1
        placed.append(Place(population, state.districts[number].id))
    return placed
