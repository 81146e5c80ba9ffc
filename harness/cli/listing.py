"""Tables of what there is: checks, flaws, targets."""

from rich.table import Table

from crypto_checks.catalogue import CATALOGUE
from harness.model.errors import BenchError
from harness.targets.protocol import Target
from harness.targets.registry import TARGETS

FLAWS = [flaw for target in TARGETS for flaw in target.flaws.values()]


def known_flaw(name: str, target: Target) -> None:
    """Refuses a flaw that a target cannot be started with. Raises ``BenchError`` naming those it can."""
    if not name or name in target.flaws:
        return
    if not target.flaws:
        raise BenchError(f"The target {target.name} takes no seeded flaws: leave --flaw out.")
    raise BenchError(f"There is no flaw {name!r}: use one of {', '.join(target.flaws)}.")


def checks_table() -> Table:
    """Every check, what passing means, and the flaws that must fail it."""
    table = Table("Check", "What passing means", "Flaws that must fail it", "Norms")
    for check in CATALOGUE:
        killers = [flaw.name for flaw in FLAWS if check.id in flaw.expects]
        table.add_row(
            f"{check.id} {check.name}",
            check.passing.en,
            ", ".join(killers) or "on evidence only",
            "; ".join(check.norms),
        )
    return table


def flaws_table() -> Table:
    """Every flaw, and which of the checks that exist it must fail."""
    built = {check.id for check in CATALOGUE}
    table = Table("Flaw", "What is broken", "Checks that must fail")
    for flaw in FLAWS:
        expected = [check for check in flaw.expects if check in built]
        table.add_row(flaw.name, flaw.summary, ", ".join(expected) or "none may pass: inconclusive")
    return table


def targets_table() -> Table:
    """Every built-in target; others are described by a profile."""
    table = Table("Target", "What it is", "Frame format", "Codecs")
    for target in TARGETS:
        declared = target.declaration
        table.add_row(target.name, target.summary, declared.frame_format, ", ".join(declared.codecs.values()))
    return table
