"""What a capacity run leaves: the model of ``capacity.json``. It holds all that the report's charts are drawn from."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, ValidationError

from load.capacity.bottleneck import Bottleneck, judge_bottleneck
from load.capacity.cost import CallHour, Prices
from load.capacity.objectives import Judged, Objectives, Outcome
from load.capacity.plan import StatePlan
from load.capacity.room import TARGET, Carried, Needed, carried, exceeded, needed
from load.capacity.search import End, Found
from load.capacity.trial import Trial
from load.capacity.words import Said
from load.errors import LoadError
from load.models.simulation import Floats
from load.municipality.calendar import Weekday
from load.municipality.demand import WeekDemand
from load.reading import Part

FILE = "capacity.json"
VERSION = 1
_MARGIN = 30  # minutes shown before the first and after the last call of a day


class Capacity(Part):
    """The number. With ``at_least`` it is a lower bound: ``high`` is None, and no number of the server's is known."""

    calls: int = Field(ge=0)
    low: int = Field(ge=0)  # where the threshold lies with a chance of 95 %
    high: int | None
    at_least: bool
    end: End


class JudgedTrial(Part):
    """A trial as it was judged."""

    trial: Trial
    outcome: Outcome
    broken: tuple[str, ...]
    missing: tuple[str, ...]
    unfit: tuple[str, ...]


class Shared(Part):
    """The same day for as many such municipalities as share the server: calls at once, and what is rarely exceeded."""

    municipalities: int
    mean: tuple[float, ...]
    high: tuple[float, ...]  # exceeded with the chance ``target``


class DayCurve(Part):
    """The busiest day of the busiest week, per minute from ``begin`` on: calls at once."""

    weekday: Weekday
    begin: int  # minute of the day
    mean: tuple[float, ...]
    q95: tuple[float, ...]
    q99: tuple[float, ...]
    busy_minute: int
    busy_load: float  # erlangs in the busiest hour
    shared: Shared


class Demand(Part):
    """What the municipality asks for in its busiest week."""

    municipality: str
    population: int
    clerks: int
    wanted: float  # appointments a week
    held: float  # less no-shows
    unmet: float  # that find no slot
    mean_wait: float  # minutes beyond their time, on the busiest day
    needed: Needed
    day: DayCurve


class Cost(Part):
    """What was used and what it costs; ``plain`` is the same without end-to-end encryption, where it was measured."""

    prices: Prices
    used: CallHour
    plain: CallHour | None = None
    comparison: Said | None = None
    euros_an_appointment: float | None = None  # for this municipality on a server of its own


class CapacityResult(Part):
    """Everything of a capacity run."""

    format: Literal["pruefstand-capacity"] = "pruefstand-capacity"
    version: Literal[1] = 1
    target: Annotated[float, Field(gt=0, lt=1)]  # chance to find no room at the busiest minute
    capacity: Capacity
    bottleneck: Bottleneck
    objectives: Objectives
    trials: tuple[JudgedTrial, ...]
    lost_workers: int = Field(ge=0)
    demand: Demand
    machine: str = ""  # that it was measured on, and how many of its cores the server had
    server_cores: int | None = None
    elsewhere: bool = False  # somebody else runs the server: what it has and uses could not be seen
    carried: Carried  # reckoned with the lower end of the interval
    cost: Cost | None = None
    plan: StatePlan | None = None

    def write(self, folder: Path) -> Path:
        """Writes ``capacity.json`` into a folder and returns its path."""
        path = folder / FILE
        path.write_text(self.model_dump_json(indent=1) + "\n", "utf-8")
        return path


def make_result(
    found: Found, objectives: Objectives, week: WeekDemand, target: float = TARGET, cost: Cost | None = None,
    plan: StatePlan | None = None, machine: str = "", server_cores: int | None = None,
    elsewhere: bool = False,
) -> CapacityResult:  # fmt: skip
    """The result of a search, for a municipality's week."""
    carries = carried(week.peak, week.municipality, found.low, target)
    return CapacityResult(
        target=target,
        capacity=Capacity(calls=found.calls, low=found.low, high=found.high, at_least=found.at_least, end=found.end),
        bottleneck=judge_bottleneck(found, objectives),
        objectives=objectives,
        trials=tuple(_kept(each) for each in found.trials),
        lost_workers=sum(each.trial.generator.lost_workers for each in found.trials),
        demand=_demand(week, carries.municipalities, target),
        machine=machine,
        server_cores=server_cores,
        elsewhere=elsewhere,
        carried=carries,
        cost=cost,
        plan=plan,
    )


def read_result(path: Path) -> CapacityResult:
    """A stored result. Raises ``LoadError`` for a file that is none, or of a version that this bench does not know."""
    try:
        return CapacityResult.model_validate_json(path.read_text("utf-8"))
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"] == ("version",):
            raise LoadError(
                f"{path.name} is of version {first['input']}, this bench reads {VERSION}: use the bench that wrote it."
            ) from error
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise LoadError(
            f"{path.name} is no result of a capacity run ({place}: {first['msg']}): run it anew."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path.name} is no result of a capacity run: make it readable ({error}).") from error


def _kept(judged: Judged) -> JudgedTrial:
    return JudgedTrial(
        trial=judged.trial, outcome=judged.outcome, broken=judged.broken, missing=judged.missing, unfit=judged.unfit
    )


def _demand(week: WeekDemand, times: int, target: float) -> Demand:
    peak, municipality = week.peak, week.municipality
    busy = np.flatnonzero(peak.quantiles[0.99] > 0)
    begin = max(0, int(busy[0]) - _MARGIN) if len(busy) else 0
    end = min(len(peak.mean), int(busy[-1]) + _MARGIN) if len(busy) else len(peak.mean)
    return Demand(
        municipality=municipality.name,
        population=municipality.population,
        clerks=municipality.clerks,
        wanted=week.wanted,
        held=week.appointments,
        unmet=week.unmet,
        mean_wait=peak.mean_wait,
        needed=needed(peak, target),
        day=DayCurve(
            weekday=peak.day,
            begin=begin,
            mean=_rounded(peak.mean[begin:end]),
            q95=_rounded(peak.quantiles[0.95][begin:end]),
            q99=_rounded(peak.quantiles[0.99][begin:end]),
            busy_minute=peak.busy_minute,
            busy_load=peak.busy_load,
            shared=Shared(
                municipalities=times,
                mean=_rounded(peak.mean[begin:end] * times),
                high=tuple(float(exceeded(chances, times, target)) for chances in peak.chances[begin:end]),
            ),
        ),
    )


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)
