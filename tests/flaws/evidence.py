"""The evidence of each flaw, rendered once for all tests of a process: nobody may change it."""

from functools import cache

from harness.model.evidence import Evidence
from tests.flaws.plan import clean_run
from tests.flaws.rendering import render
from tests.flaws.seeded import FLAWS


@cache
def evidence_with(flaw: str) -> Evidence:
    """What a bench would have written of a clean run, with a flaw seeded; none: ""."""
    run = clean_run()
    if flaw:
        FLAWS[flaw].change(run)
    return render(run)
