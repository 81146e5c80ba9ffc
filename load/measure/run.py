"""A whole capacity run: town hall, probe and bots are started, the search measures, and the number becomes a result."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from harness.events import EventBus
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, own_workdir
from load.capacity.cost import Prices
from load.capacity.objectives import Objectives
from load.capacity.plan import plan_state
from load.capacity.reckoning import reckon_cost, state_rates
from load.capacity.result import CapacityResult, make_result
from load.capacity.search import Found, Plan, search
from load.generator.client import Generator
from load.measure.appointments import TENANT, Book, probe_journey, town_hall
from load.measure.crew import Crew
from load.measure.probe import Probe
from load.measure.server import ServerWatch, share_cores
from load.measure.stand import Stand, Timing
from load.municipality.calendar import Municipality
from load.municipality.demand import week_demand
from load.municipality.state import load_state

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
            cores, own = share_cores(processes, wanted.server_cores)
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
            stand = Stand(crew, book, watch, probe, events, wanted.timing, own)
            return search(stand, wanted.objectives, wanted.search)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def conclude(wanted: Wanted, found: Found) -> CapacityResult:
    """The result of a search: demand against the number, what it costs, and the plan for the state."""
    wanted.events.tell("judge", f"a year of {wanted.municipality.name} is played")
    week = week_demand(wanted.municipality, SEED)
    trials = [each.trial for each in found.trials]
    seen = any(trial.usage and trial.calls for trial in trials)
    cost = reckon_cost(trials, wanted.prices, wanted.municipality) if seen else None
    plan = None
    if wanted.state and found.low >= 1:
        wanted.events.tell("judge", "a week of every municipality of the state is played")
        state = load_state()
        rates = state_rates(cost, wanted.municipality, state) if cost else None
        plan = plan_state(found.low, SEED, rates=rates, state=state)
    return make_result(found, wanted.objectives, week, cost=cost, plan=plan)
