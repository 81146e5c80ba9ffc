"""The fewest, cheapest flaws that together kill every check a flaw can kill: what a short test run plays."""

from collections.abc import Collection, Iterable

from harness.matrix.plan import FlawPlan


def cover(plans: Iterable[FlawPlan], leave_out: Collection[str] = ()) -> list[FlawPlan]:
    """Flaws of which every check (but those left out) fails at least once, in the order of the plans.

    Greedy: again and again the flaw with the lowest cost for each check that is new (Chvátal 1979); what later ones
    have made needless is dropped. Among equals the first counts, so the same plans give the same answer. Flaws that
    fail no check (they silence a vantage point) prove something of their own and always belong to it.
    """
    given = list(plans)
    failing = [plan for plan in given if not plan.silences]
    wanted = {check for plan in failing for check in plan.expects} - set(leave_out)
    chosen: list[FlawPlan] = []
    while missing := wanted - _killed(chosen):
        useful = [plan for plan in failing if missing & set(plan.expects)]
        chosen.append(min(useful, key=lambda plan: plan.cost / len(missing & set(plan.expects))))
    for plan in sorted(chosen, key=lambda plan: -plan.cost):
        others = [other for other in chosen if other is not plan]
        chosen = others if wanted <= _killed(others) else chosen
    return [plan for plan in given if plan.silences or plan in chosen]


def _killed(plans: Iterable[FlawPlan]) -> set[str]:
    return {check for plan in plans for check in plan.expects}
