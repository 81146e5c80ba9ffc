"""From verdicts to the number that a CI job reads."""

from collections.abc import Iterable
from enum import IntEnum

from harness.model.outcome import Outcome
from harness.model.verdict import Verdict


class ExitCode(IntEnum):
    """0 all pass or weak, 1 a check failed, 2 the bench could not do its work, 3 no verdict where one was required."""

    OK = 0
    FAILED = 1
    BENCH = 2
    INCONCLUSIVE = 3


def exit_code(verdicts: Iterable[Verdict], *, scenarios_failed: int = 0, complete: bool = True) -> ExitCode:
    """A failed check outweighs our own errors, these outweigh missing evidence.

    Where nothing was judged, for lack of checks or because none applies, nothing is good either: inconclusive.
    """
    seen = list(verdicts)
    if any(verdict.outcome is Outcome.FAIL for verdict in seen):
        return ExitCode.FAILED
    if any(verdict.bench_error for verdict in seen):
        return ExitCode.BENCH
    if scenarios_failed:
        return ExitCode.FAILED
    judged = any(verdict.outcome is not Outcome.NOT_APPLICABLE for verdict in seen)
    if not judged or not complete or any(verdict.outcome is Outcome.INCONCLUSIVE for verdict in seen):
        return ExitCode.INCONCLUSIVE
    return ExitCode.OK
