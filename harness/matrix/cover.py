"""The fewest, cheapest flaws that together show all there is to show: what a short test run plays."""

from collections.abc import Callable, Collection, Iterable, Sequence

from harness.matrix.plan import FlawPlan
from harness.model.check import Check

Shown = Callable[[FlawPlan], frozenset[str]]


def checks_of(plan: FlawPlan) -> frozenset[str]:
    """What a flaw shows, if each check is to be seen to fail: the checks that it must fail."""
    return frozenset(plan.expects)


def sights_of(catalogue: Sequence[Check]) -> Shown:
    """What a flaw shows, if each vantage point is to be seen to catch something: those of the checks it must fail."""
    vantage = {check.id: check.vantage for check in catalogue}
    return lambda plan: frozenset(point for check in plan.expects for point in vantage[check])


def cover(plans: Iterable[FlawPlan], leave_out: Collection[str] = (), shown: Shown = checks_of) -> list[FlawPlan]:
    """Flaws that together show all that any of them shows (but what is left out), in the order of the plans.

    Greedy: again and again the flaw with the lowest cost for each thing shown that is new (Chvátal 1979); what later
    ones have made needless is dropped. Among equals the first counts, so the same plans give the same answer. Flaws
    that fail no check (they silence a vantage point) prove something of their own and always belong to it.
    """
    given = list(plans)
    failing = [plan for plan in given if not plan.silences]
    shows = {plan.flaw: shown(plan) - set(leave_out) for plan in failing}
    wanted = frozenset[str]().union(*shows.values())

    def missing(chosen: Iterable[FlawPlan]) -> frozenset[str]:
        return wanted.difference(*(shows[plan.flaw] for plan in chosen))

    chosen: list[FlawPlan] = []
    while left := missing(chosen):
        useful = [plan for plan in failing if left & shows[plan.flaw]]
        chosen.append(min(useful, key=lambda plan: plan.cost / len(left & shows[plan.flaw])))
    for plan in sorted(chosen, key=lambda plan: -plan.cost):
        others = [other for other in chosen if other is not plan]
        chosen = others if not missing(others) else chosen
    return [plan for plan in given if plan.silences or plan in chosen]
