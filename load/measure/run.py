"""A whole capacity run: town hall, probe and bots are started, the search measures, and the number becomes a result."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from harness.events import EventBus
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, host, own_workdir
from load.capacity.cost import Prices
from load.capacity.objectives import Objectives, without
from load.capacity.plan import plan_state
from load.capacity.reckoning import reckon_cost, state_rates
from load.capacity.result import CapacityResult, make_result
from load.capacity.search import Found, Plan, search
from load.capacity.trial import Trial
from load.generator.client import Generator
from load.measure.appointments import TENANT, Book, probe_journey, town_hall
from load.measure.crew import Crew
from load.measure.probe import Probe
from load.measure.server import ServerWatch, own_cores, shared_cores
from load.measure.stand import Stand, Timing
from load.municipality.calendar import Municipality
from load.municipality.demand import week_demand
from load.municipality.state import load_state

SEED = 20210201  # of every simulation: the month in which the first town hall began
ROOM = 0.6  # of the bench's cores that the probe may take: the generator needs the rest (our own threshold)
CALM = 4.0  # seconds in which is measured what the server uses without any bot
TURNS = 3  # of trials without and with end-to-end encryption
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
    compare: bool = True  # also measure calls without end-to-end encryption
    state: bool = True  # also plan for all municipalities of the state
    events: EventBus = field(default_factory=EventBus)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found, by which objectives (those of the probe are left out where the bench had no room for it), and by
    turns two kinds of trials of one and the same number of calls: without end-to-end encryption, and with it."""

    found: Found
    objectives: Objectives
    plain: tuple[Trial, ...] = ()
    sealed: tuple[Trial, ...] = ()


def measure(wanted: Wanted) -> Measured:
    """Searches the number with the embedded town hall. Raises ``BenchError`` when it cannot be measured."""
    clean_up_after_killed_runs()
    work = Path(tempfile.mkdtemp(prefix=WORK_PREFIX))
    own_workdir(work)
    events, most = wanted.events, wanted.search.most
    try:
        with ExitStack() as stack:
            deployment = stack.enter_context(town_hall(work, most, events, flaw=wanted.flaw))
            processes = deployment.observables.processes
            cores, own = stack.enter_context(shared_cores(processes, wanted.server_cores))
            probe = None
            if wanted.probe:
                events.tell("call", "the probe call: two real browsers join")
                probe = Probe.start(probe_journey(deployment), TENANT, work, "probe@example.org")
                stack.callback(probe.close)
            events.tell("call", "starting the load generator")
            room = 2 * most + 2  # of each: when one dies, the others may have to take all
            watch, book = ServerWatch(processes, cores), Book(deployment, events, [])

            def stand_of(sealed: bool) -> Stand:
                name = "generator" if sealed else "plain"
                crew = Crew(
                    lambda at, heard: Generator(room, work / f"{name}{at}.log", sealed=sealed, heard=heard),
                    wanted.generators,
                )
                stack.callback(crew.close)
                return Stand(crew, book, watch, probe, events, wanted.timing, own)

            stand = stand_of(sealed=True)
            busy = _calm(stand, watch, own)
            objectives = wanted.objectives
            if probe and busy > ROOM:
                events.tell("call", f"the probe alone takes {100 * busy:.0f} % of the bench's cores: it hangs up")
                probe.close()
                probe = stand.probe = None
                objectives = without(objectives, "probe")
                _calm(stand, watch, own)
            found = search(stand, objectives, wanted.search)
            if not wanted.compare or found.low < 2:
                return Measured(found, objectives)
            events.tell("call", "the same without end-to-end encryption, to compare")
            return Measured(found, objectives, *_by_turns(stand_of(sealed=False), stand, found.low // 2))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _calm(stand: Stand, watch: ServerWatch, own: list[int]) -> float:
    """Measures what the server uses without any bot, and returns how busy the bench's own cores are meanwhile."""
    own_cores(own)
    watch.begin()
    stand.pause(CALM)
    watch.rest(CALM)
    return own_cores(own)


def _by_turns(plain: Stand, sealed: Stand, calls: int) -> tuple[tuple[Trial, ...], tuple[Trial, ...]]:
    """Both kinds one after the other, again and again: whatever else the machine does, it does to both."""
    trials: tuple[list[Trial], list[Trial]] = [], []
    sealed.leave()
    for _ in range(TURNS):
        for stand, kept in zip((plain, sealed), trials, strict=True):
            kept.append(stand(calls))
            stand.leave()
    return tuple(trials[0]), tuple(trials[1])


def conclude(wanted: Wanted, measured: Measured) -> CapacityResult:
    """The result of a search: demand against the number, what it costs, and the plan for the state."""
    wanted.events.tell("judge", f"a year of {wanted.municipality.name} is played")
    week = week_demand(wanted.municipality, SEED)
    found = measured.found
    fit = [each.trial for each in found.trials if each.outcome == "holds"]  # what broke says nothing of what calls use
    trials = measured.sealed or fit
    seen = any(trial.usage and trial.calls for trial in trials)
    cost = reckon_cost(trials, wanted.prices, wanted.municipality, measured.plain) if seen else None
    plan = None
    if wanted.state and found.low >= 1:
        wanted.events.tell("judge", "a week of every municipality of the state is played")
        state = load_state()
        rates = state_rates(cost, wanted.municipality, state) if cost else None
        plan = plan_state(found.low, SEED, rates=rates, state=state)
    machine, cores = host(), min(wanted.server_cores, os.cpu_count() or 1)
    told = f"{machine['cores']} cores, {machine['system']}"
    return make_result(found, measured.objectives, week, cost=cost, plan=plan, machine=told, server_cores=cores)
