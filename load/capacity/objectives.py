"""The objectives: data with defaults, which a TOML file may change, and the judgement of one trial by them.

A trial *holds* when every required figure was measured and keeps its limit; it *breaks* when one does not. It is *void*
when the generator was not fit to judge, or when nothing broke but a required figure is missing: silence never passes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from load.capacity.trial import Amount, GeneratorHealth, Trial
from load.errors import LoadError
from load.reading import Part

DEFAULTS = Path(__file__).with_name("objectives.toml")
Service = Literal["signalling", "media", "probe"]
Outcome = Literal["holds", "breaks", "void"]


class Objective(Part):
    """A limit of one figure. A figure that is not ``required`` is judged only where it was measured."""

    at_most: float | None = None
    at_least: float | None = None
    unit: Literal["share", "s", "ms", "1/s"]
    part: Service
    de: str = Field(min_length=1)
    en: str = Field(min_length=1)
    source: str = Field(min_length=1)
    required: bool = True

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("give either at_most or at_least")
        return self

    @property
    def limit(self) -> float:
        """The limit, whichever it is."""
        return self.at_most if self.at_most is not None else self.at_least or 0.0

    def keeps(self, value: float) -> bool:
        """Whether a value is within the limit; what is no number is not."""
        return value <= self.limit if self.at_most is not None else value >= self.limit

    def use(self, value: float) -> float:
        """How far the limit is used up: 1 at the limit, more beyond it. Of a least share, what is missing counts."""
        if self.at_least is not None and self.unit == "share" and self.at_least < 1:
            return (1 - value) / (1 - self.at_least)
        worse, better = (value, self.limit) if self.at_most is not None else (self.limit, value)
        return worse / better if better > 0 else float(worse > better) * 2


class GeneratorLimits(Part):
    """Beyond which the generator is not fit to judge."""

    lateness_p95_ms: Amount
    cpu: Amount
    drops: Amount

    def exceeded(self, health: GeneratorHealth) -> tuple[str, ...]:
        """The names of the limits that the generator passed."""
        return tuple(name for name in type(self).model_fields if not getattr(health, name) <= getattr(self, name))


class Objectives(Part):
    """All limits, the figures' by name."""

    figures: dict[str, Objective] = Field(min_length=1)
    generator: GeneratorLimits


def without(objectives: Objectives, part: Service) -> Objectives:
    """The objectives, less those of one part: for runs in which nobody looks at it."""
    kept = {name: objective for name, objective in objectives.figures.items() if objective.part != part}
    return objectives.model_copy(update={"figures": kept})


@dataclass(frozen=True, slots=True)
class Judged:
    """A trial with its judgement: the figures that broke, that are missing, and the generator's limits passed."""

    trial: Trial
    outcome: Outcome
    broken: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


def judge(trial: Trial, objectives: Objectives) -> Judged:
    """A trial by the objectives."""
    unfit = objectives.generator.exceeded(trial.generator)
    broken, missing = [], []
    for name, objective in objectives.figures.items():
        value = trial.figures.get(name)
        if value is None:
            if objective.required:
                missing.append(name)
        elif not objective.keeps(value):
            broken.append(name)
    outcome: Outcome = "void" if unfit or trial.calls == 0 else "breaks" if broken else "void" if missing else "holds"
    return Judged(trial, outcome, tuple(broken), tuple(missing), unfit)


def reason(judged: Judged, objectives: Objectives) -> str:
    """Why a trial did not hold, for whoever watches: what passed its limit, by its name in the objectives."""
    health, figures = judged.trial.generator, judged.trial.figures
    unfit = [
        f"{name} {getattr(health, name):.3g} (at most {getattr(objectives.generator, name):g})" for name in judged.unfit
    ]
    if unfit:
        return f"does not count: the generator's {', '.join(unfit)}"
    broken = [
        f"{name} {figures[name]:.3g} ({'at most' if limit.at_most is not None else 'at least'} {limit.limit:g})"
        for name, limit in objectives.figures.items()
        if name in judged.broken
    ]
    if broken:
        return f"breaks: {', '.join(broken)}"
    return f"does not count: {', '.join(judged.missing) or 'no call'} was not measured"


def load_objectives(path: Path | None = None) -> Objectives:
    """The defaults, changed by the file where it says so. Raises ``LoadError`` with its mend."""
    entries = tomllib.loads(DEFAULTS.read_text("utf-8"))
    name = DEFAULTS.name
    if path is not None:
        name = path.name
        try:
            own = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LoadError(f"{name} holds no objectives: make it readable as TOML ({error}).") from error
        entries = _over(entries, own)
    try:
        return Objectives.model_validate(entries)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise LoadError(f"{name} holds no objectives: correct {place}: {message}.") from error


def _over(usual: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of ``own`` over the usual ones, entry by entry; a limit of the other direction replaces the usual."""
    merged = dict(usual)
    for key, value in own.items():
        before = merged.get(key)
        merged[key] = _over(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    if "at_most" in own and "at_least" not in own:
        merged.pop("at_least", None)
    if "at_least" in own and "at_most" not in own:
        merged.pop("at_most", None)
    return merged
