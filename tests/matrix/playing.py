"""A matrix that is played without browsers: the stories leave the evidence of the kill matrix (``tests.flaws``)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crypto_checks.catalogue import CATALOGUE
from harness.events import EventBus
from harness.matrix.folder import MatrixFolder
from harness.matrix.play import Player, Stop
from harness.model.evidence import Evidence
from harness.model.matrix import Code
from harness.run import Plan
from harness.store import RunStore
from harness.targets.registry import find_target
from tests.flaws.plan import clean_run
from tests.flaws.rendering import render
from tests.flaws.seeded import FLAWS
from tests.matrix.rows import CODE, HOST


@dataclass(slots=True)
class Stage:
    """Plays the part of ``harness.run.observe``.

    ``acts`` are called in the midst of a flaw's run; flaws that ``hide`` leave the evidence of a clean run.
    """

    acts: dict[str, Callable[[], None]] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    played: list[Plan] = field(default_factory=list)

    def observe(self, plan: Plan, events: EventBus) -> Path:
        """Writes a run folder with the synthetic evidence of the plan's flaw."""
        self.played.append(plan)
        info = {
            "checks": list(plan.checks), "host": {"system": HOST.system, "cores": HOST.cores}, "browser": HOST.browser,
            "versions": {"janus": HOST.janus},
        }  # fmt: skip
        store = RunStore.create(plan.out, "townhall", info)
        try:
            events.tell("scenario", "a story", 0, 1)
            self.acts.get(plan.flaw, lambda: None)()
            events.tell("call", "the next step")
            _keep_evidence(store, "" if plan.flaw in self.hide else plan.flaw)
        finally:
            store.close()
        return store.folder


@cache
def _evidence_with(flaw: str) -> Evidence:
    run = clean_run()
    if flaw:
        FLAWS[flaw].change(run)
    return render(run)


def _keep_evidence(store: RunStore, flaw: str) -> None:
    evidence = _evidence_with(flaw)
    for path, data in evidence.blobs.items():
        store.add_blob(path, data)
    for record in evidence.records:
        store.add(record.seen)
    store.finish(scenarios_failed=0)


def player(stage: Stage, folder: Path, code: Code = CODE, stop: Stop | None = None) -> Player:
    """A player on that stage."""
    target = find_target("townhall")
    return Player(target, MatrixFolder(folder), CATALOGUE, code, stop=stop or Stop(), observe=stage.observe)
