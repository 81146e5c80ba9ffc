"""metrics.prom of a run: when it ran, how it ended, and what every check said."""

from collections import Counter
from collections.abc import Mapping
from typing import get_args

from harness.model.exit_code import ExitCode
from harness.model.observations import ScenarioResult
from harness.model.outcome import Outcome
from harness.model.quality import QualityResult
from reports.ci.prometheus import Family, render
from reports.ci.quality_metrics import quality_families
from reports.ci.state import kind_of
from reports.inputs import ReportInput, RunInfo

_STORIES = get_args(ScenarioResult.model_fields["outcome"].annotation)


def render_metrics(given: ReportInput, quality: QualityResult | None = None) -> str:
    """The file's text: the same in both languages. ``quality`` are the figures of a quality run."""
    kind = kind_of(given)
    families = run_families(given.info, kind, given.code, seconds=given.info.seconds) + _checks(given, kind)
    return render(families + (quality_families(quality, common(given.info, kind)) if quality else []))


def common(info: RunInfo, kind: str) -> dict[str, str]:
    """The labels that every sample has, so that files of several kinds and targets may lie side by side."""
    return {"kind": kind, "target": info.target}


def run_families(info: RunInfo, kind: str, code: ExitCode, *, seconds: float | None) -> list[Family]:
    """What is said of every run; ``seconds`` is None where nobody measured how long it took."""
    same = common(info, kind)
    version = info.versions.get("pruefstand", "")
    described = {**same, "run": info.id, "browser": info.browser, "version": version, "flaw": info.flaw}
    families = [
        Family("pruefstand_run_info", "The newest run, described by its labels; always 1.").add(1, described),
        Family("pruefstand_run_start_timestamp_seconds", "When the run began, in seconds since 1970.").add(
            info.started.timestamp(), same
        ),
        Family("pruefstand_run_complete", "1 for a run that came to its end, 0 for one that was stopped.").add(
            float(info.complete), same
        ),
        Family(
            "pruefstand_run_exit_code", "0 all pass or weak, 1 a check failed, 2 the bench failed, 3 inconclusive."
        ).add(int(code), same),
    ]
    if seconds is not None:
        families.append(Family("pruefstand_run_duration_seconds", "How long the run took.").add(seconds, same))
    return families


def _checks(given: ReportInput, kind: str) -> list[Family]:
    same = common(given.info, kind)
    counted = Family("pruefstand_checks", "Checks by outcome.")
    single = Family("pruefstand_check_outcome", "1 for the outcome that the check had, 0 for every other.")
    errors = Family("pruefstand_bench_errors", "Checks whose judge broke: errors of the bench, not of the target.")
    stories = Family("pruefstand_scenarios", "Stories by how they ended.")
    count = Counter(verdict.outcome for verdict in given.verdicts)
    for outcome in Outcome:
        counted.add(count[outcome], {**same, "outcome": outcome.value})
    for verdict in given.verdicts:
        for outcome in Outcome:
            named: Mapping[str, str] = {"check": verdict.check, "name": verdict.name, "outcome": outcome.value}
            single.add(float(verdict.outcome is outcome), {**same, **named})
    errors.add(sum(bool(verdict.bench_error) for verdict in given.verdicts), same)
    played = Counter(story.outcome for story in given.scenarios)
    for ended in _STORIES:
        stories.add(played[ended], {**same, "outcome": ended})
    return [counted, single, errors, stories]
