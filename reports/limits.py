"""What could not be observed: the taps that did not deliver, the checks without a result, the checks not run."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.model.observations import TapStatus
from harness.model.outcome import Outcome
from reports.check_rows import CheckRow
from reports.inputs import ReportInput
from reports.pictures import call_label
from reports.text import Words


@dataclass(frozen=True)
class TapRow:
    """A vantage point that did not deliver (or not everywhere)."""

    place: str
    state: str
    reason: str


@dataclass(frozen=True)
class Limits:
    """All that a reader must know before trusting the absence of something."""

    taps: tuple[TapRow, ...]
    checks: tuple[CheckRow, ...]
    not_run: tuple[str, ...]


def missing_lines(limits: Limits, words: Words) -> list[str]:
    """Why there is no verdict, shortest first: our own errors, then the silent places, else what the checks say."""
    lines = [words("missing.line", what=row.id, why=row.bench_error) for row in limits.checks if row.bench_error]
    lines += [
        words("missing.line", what=tap.place, why=f"{tap.state}. {tap.reason}".rstrip(". ")) for tap in limits.taps
    ]
    return lines or list(dict.fromkeys(row.seen for row in limits.checks if row.outcome == Outcome.INCONCLUSIVE.value))


def make_limits(given: ReportInput, rows: Sequence[CheckRow], words: Words) -> Limits:
    """The limits of a run, from its evidence and its verdicts."""
    taps = []
    for found in given.evidence.of(TapStatus):
        seen = found.seen
        if seen.state == "ok":
            continue
        place = [words.of("vantage", seen.vantage), call_label(seen.call, words) if seen.call else ""]
        place.append(words.of("party", seen.party) if seen.party else "")
        named = ", ".join(part for part in place if part)
        taps.append(TapRow(named, words(f"tap.{seen.state}"), words.short(seen.reason, 300)))
    open_ones = (Outcome.INCONCLUSIVE.value, Outcome.NOT_APPLICABLE.value)
    judged = {verdict.check for verdict in given.verdicts}
    return Limits(
        taps=tuple(taps),
        checks=tuple(row for row in rows if row.outcome in open_ones),
        not_run=tuple(f"{check.id} {check.name}" for check in given.checks if check.id not in judged),
    )
