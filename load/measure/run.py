"""A whole capacity run: town hall, probe and bots are started, the search measures, and the number becomes a result."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from harness.events import EventBus
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, own_workdir
from load.capacity.cost import WEEKS, CallHour, Prices, call_hour, euros_an_appointment
from load.capacity.objectives import Objectives
from load.capacity.plan import Rates, plan_state, talk_hours
from load.capacity.result import CapacityResult, Cost, make_result
from load.capacity.search import Found, Plan, search
from load.generator.client import Generator
from load.measure.appointments import TENANT, Book, probe_journey, town_hall
from load.measure.crew import Crew
from load.measure.probe import Probe
from load.measure.server import ServerWatch, share_cores
from load.measure.stand import Stand, Timing
from load.municipality.calendar import Municipality
from load.municipality.demand import WeekDemand, week_demand

SEED = 20210201  # of every simulation: the month in which the first town hall began
SEARCH = Plan(first=8, most=400, growth=2.0, trials=18, repeats=4)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a capacity run is asked to do. ``server_cores``: how many of this machine's cores the server gets."""

    municipality: Municipality
    objectives: Objectives
    prices: Prices
    search: Plan = SEARCH
    timing: Timing = field(default_factory=Timing)
    generators: int = 1
    server_cores: int = 1
    probe: bool = True
    flaw: str = ""
    state: bool = True  # also plan for all municipalities of the state
    events: EventBus = field(default_factory=EventBus)


def measure(wanted: Wanted) -> Found:
    """Searches the number with the embedded town hall. Raises ``BenchError`` when it cannot be measured."""
    clean_up_after_killed_runs()
    work = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(work)
    events, most = wanted.events, wanted.search.most
    try:
        with ExitStack() as stack:
            deployment = stack.enter_context(town_hall(work, most, events, flaw=wanted.flaw))
            processes = deployment.observables.processes
            cores = share_cores(processes, wanted.server_cores)
            probe = None
            if wanted.probe:
                events.tell("call", "the probe call: two real browsers join")
                probe = Probe.start(probe_journey(deployment), TENANT, work, "probe@example.org")
                stack.callback(probe.close)
            events.tell("call", "starting the load generator")
            share = -(-2 * most // wanted.generators) + 2
            crew = Crew(
                lambda number, heard: Generator(share, work / f"generator{number}.log", heard=heard), wanted.generators
            )
            stack.callback(crew.close)
            watch, book = ServerWatch(processes, cores), Book(deployment, events, [])
            stand = Stand(crew, book, watch, probe, events, wanted.timing)
            return search(stand, wanted.objectives, wanted.search)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def conclude(wanted: Wanted, found: Found) -> CapacityResult:
    """The result of a search: demand against the number, what it costs, and the plan for the state."""
    wanted.events.tell("judge", f"a year of {wanted.municipality.name} is played")
    week = week_demand(wanted.municipality, SEED)
    trials = [each.trial for each in found.trials]
    used = call_hour(trials) if any(trial.usage and trial.calls for trial in trials) else None
    cost = _cost(wanted, week, used) if used else None
    plan = None
    if wanted.state and found.low >= 1:
        wanted.events.tell("judge", "a week of every municipality of the state is played")
        rates = Rates(prices=wanted.prices, used=used) if used else None
        plan = plan_state(found.low, SEED, rates=rates)
    return make_result(found, wanted.objectives, week, cost=cost, plan=plan)


def _cost(wanted: Wanted, week: WeekDemand, used: CallHour) -> Cost:
    hours = talk_hours([wanted.municipality])
    each = euros_an_appointment(wanted.prices, used, 1, week.appointments * WEEKS, hours)
    return Cost(prices=wanted.prices, used=used, euros_an_appointment=each)
