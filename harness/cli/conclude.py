"""The second half of a run: judge its evidence and write its reports, now or years later."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.events import EventBus
from harness.judge import judge
from harness.model.check import Check
from harness.model.exit_code import ExitCode
from harness.model.verdict import Verdict
from harness.store import read_run
from reports import ReportInput, write_reports


@dataclass(frozen=True, slots=True)
class Concluded:
    """A judged run with its reports by name."""

    folder: Path
    info: dict[str, Any]
    verdicts: list[Verdict]
    exit: ExitCode
    reports: dict[str, Path]
    source: ReportInput


def chosen_checks(only: Sequence[str]) -> list[Check]:
    """The checks that are wanted (empty: the whole catalogue). Raises ``BenchError`` for an unknown id."""
    wanted = {by_id(name).id for name in only}
    return [check for check in CATALOGUE if not wanted or check.id in wanted]


def conclude(folder: Path, events: EventBus, *, only: Sequence[str] = (), lang: str | None = None) -> Concluded:
    """Judges a run folder and writes its reports. Raises ``RunStoreError`` where the folder cannot be read."""
    info, evidence = read_run(folder)
    checks = chosen_checks(only or info.get("checks", ()))
    events.tell("judge", f"judging {len(evidence.records)} records with {len(checks)} checks")
    verdicts = judge(checks, evidence)
    events.tell("report", "writing the reports")
    language = cast(Literal["de", "en"], lang or info.get("lang", "de"))
    source = ReportInput(run=info, verdicts=verdicts, checks=checks, evidence=evidence, lang=language)
    return Concluded(folder, info, verdicts, source.code, write_reports(source, folder), source)
