"""The truth table of quality, from the lines of its calls."""

from collections.abc import Callable, Iterator, Sequence

from benchmarks.truth.checks import clear_checks, costs, defects, marks
from benchmarks.truth.impairments import delays, frames, freezes, lips, losses
from benchmarks.truth.lines import CallSeen
from benchmarks.truth.row import Row
from benchmarks.truth.scores import pages, scores


def rows(calls: Sequence[CallSeen]) -> list[Row]:
    """Everything that these calls say; of what was not played there is no row."""
    held = [call for call in calls if call.connected and call.measured]
    parts: tuple[Callable[[Sequence[CallSeen]], Iterator[Row]], ...] = (
        delays, losses, freezes, lips, frames, scores, pages, marks, defects, clear_checks,
    )  # fmt: skip
    plain = [call for call in calls if call.connected and not call.measured]
    return [*(row for part in parts for row in part(held)), *costs(held, plain)]
