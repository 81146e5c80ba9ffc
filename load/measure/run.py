"""A whole capacity run: town hall, probe and bots are started, the search measures, and the number becomes a result."""

import os
import secrets
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from harness.events import EventBus
from harness.run import WORK_PREFIX, clean_up_after_killed_runs, host, own_workdir
from load.capacity.cost import Prices
from load.capacity.objectives import Objectives, judge, reason, without
from load.capacity.plan import plan_state
from load.capacity.reckoning import reckon_cost, state_rates
from load.capacity.result import CapacityResult, make_result
from load.capacity.search import Found, Plan, search
from load.capacity.trial import Measure, Trial
from load.generator.client import Generator
from load.measure.appointments import Book, probe_journey, town_hall
from load.measure.crew import Crew
from load.measure.halls import Hall, embedded
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
    hall: Hall | None = None  # that somebody else runs; None: the embedded one
    people: bool = False  # bots talk in turns and turn cameras off; else all send all the time, which is the worst case
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
            hall = wanted.hall or embedded(stack.enter_context(town_hall(work, most, events, flaw=wanted.flaw)))
            cores, own = 1, sorted(os.sched_getaffinity(0))
            if hall.ours:
                cores, own = stack.enter_context(shared_cores(hall.processes, wanted.server_cores))
            events.tell("call", "starting the load generator")
            room = 2 * most + 2  # of each: when one dies, the others may have to take all
            watch, book = ServerWatch(hall.processes, cores), Book(hall, events, [])

            def stand_of(sealed: bool) -> Stand:
                name = "generator" if sealed else "plain"
                crew = Crew(
                    lambda at, heard: Generator(room, work / f"{name}{at}.log", sealed=sealed, heard=heard),
                    wanted.generators,
                    people=wanted.people,
                )
                stack.callback(crew.close)
                return Stand(crew, book, watch, None, events, wanted.timing, own)

            # Before the probe, which leaves little of a small machine: a generator encodes its media first.
            stand = stand_of(sealed=True)
            probe = None
            if wanted.probe:
                events.tell("call", "the probe call: two real browsers join")
                mail = f"probe-{secrets.token_hex(4)}@example.org"  # new, as no mail of an earlier run is this one's
                probe = stand.probe = Probe.start(probe_journey(hall), hall.tenant, work, mail, hall.service)
                stack.callback(probe.close)
            busy = _calm(stand, watch, own)
            objectives = wanted.objectives
            if probe and busy > ROOM:
                events.tell("call", f"the probe alone takes {100 * busy:.0f} % of the bench's cores: it hangs up")
                probe.close()
                probe = stand.probe = None
                objectives = without(objectives, "probe")
                _calm(stand, watch, own)
            found = search(_telling(stand, objectives, events), objectives, wanted.search)
            if not (wanted.compare and hall.ours) or found.low < 2:  # nobody sees what a call costs elsewhere
                return Measured(found, objectives)
            events.tell("call", "the same without end-to-end encryption, to compare")
            return Measured(found, objectives, *_by_turns(stand_of(sealed=False), stand, found.low // 2))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _telling(stand: Stand, objectives: Objectives, events: EventBus) -> Measure:
    """The same measuring, which says at once why a trial did not hold."""

    def measure(calls: int, /) -> Trial:
        trial = stand(calls)
        judged = judge(trial, objectives)
        if judged.outcome != "holds":
            events.tell("call", reason(judged, objectives))
        return trial

    return measure


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
    machine = host()
    told = f"{machine['cores']} cores, {machine['system']}"
    cores = None if wanted.hall else min(wanted.server_cores, os.cpu_count() or 1)
    return make_result(
        found, measured.objectives, week, cost=cost, plan=plan, machine=told, server_cores=cores,
        elsewhere=wanted.hall is not None,
    )  # fmt: skip
