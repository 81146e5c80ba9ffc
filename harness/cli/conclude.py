"""The second half of a run: judge its evidence and write its reports, now or years later."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.cli.quality_page import quality_of
from harness.events import EventBus
from harness.judge import judge
from harness.model.check import Check
from harness.model.exit_code import ExitCode
from harness.model.verdict import Verdict
from harness.store import read_run
from quality_checks import catalogue as quality
from quality_checks.bands import load_bands
from reports import ReportInput, write_reports
from reports.ci.write import write_ci
from reports.quality_page import write_quality


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


def conclude(
    folder: Path, events: EventBus, *, only: Sequence[str] = (), lang: str | None = None, bands: Path | None = None
) -> Concluded:
    """Judges a run folder and writes its reports; ``bands`` change what is good and bad of a call's quality.

    A run whose calls were held to be measured has a catalogue of its own: today's, with the limits that its target had.
    Raises ``RunStoreError`` where the folder cannot be read, ``BenchError`` where the bands are none.
    """
    info, evidence = read_run(folder)
    limits = load_bands(bands, info.get("bands") or None) if "quality" in info else None
    checks = list(quality.selected(only, limits)) if limits else chosen_checks(only or info.get("checks", ()))
    events.tell("judge", f"judging {len(evidence.records)} records with {len(checks)} checks")
    verdicts = judge(checks, evidence)
    events.tell("report", "writing the reports")
    language = cast(Literal["de", "en"], lang or info.get("lang", "de"))
    source = ReportInput(run=info, verdicts=verdicts, checks=checks, evidence=evidence, lang=language)
    reports, result = write_reports(source, folder), None
    if limits:
        result = quality_of(info, evidence, limits)
        pages = write_quality(result, evidence, folder, language)
        reports |= {f"quality.{kind}": page for kind, page in pages.items()}
    reports |= write_ci(source, folder, result)
    return Concluded(folder, info, verdicts, source.code, reports, source)
