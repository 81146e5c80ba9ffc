"""The files for CI written into a run folder, beside the reports for people."""

from pathlib import Path

from harness.model.errors import RunStoreError
from harness.model.quality import QualityResult
from reports.ci.badge import render_badge
from reports.ci.gitlab import render_code_quality
from reports.ci.metrics import render_metrics
from reports.ci.sarif import render_sarif
from reports.ci.state import state_of
from reports.ci.summary import render_summary
from reports.inputs import ReportInput
from reports.write import replace_file

METRICS = "metrics.prom"


def ci_files(given: ReportInput, quality: QualityResult | None = None) -> dict[str, tuple[str, str]]:
    """Names and texts of the files by ``summary``, ``codequality``, ``sarif``, ``badge`` and ``metrics``."""
    return {
        "summary": ("summary.md", render_summary(given)),
        "codequality": ("gl-code-quality-report.json", render_code_quality(given)),
        "sarif": ("results.sarif", render_sarif(given)),
        "badge": ("badge.svg", render_badge(state_of(given), given.lang)),
        "metrics": (METRICS, render_metrics(given, quality)),
    }


def write_ci(given: ReportInput, folder: Path, quality: QualityResult | None = None) -> dict[str, Path]:
    """Writes the files, each whole or not at all; returns their paths. Raises ``RunStoreError``."""
    files = ci_files(given, quality)
    write_texts(folder, dict(files.values()))
    return {kind: folder / name for kind, (name, _) in files.items()}


def write_texts(folder: Path, texts: dict[str, str]) -> None:
    """Writes texts by their names, each whole or not at all. Raises ``RunStoreError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            replace_file(folder / name, text.encode("utf-8"))
    except OSError as error:
        raise RunStoreError(
            f"the files for CI cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
