"""All reports of a run written into one folder."""

from pathlib import Path

from harness.model.errors import RunStoreError
from reports.html import render_html
from reports.inputs import ReportInput
from reports.junit import render_junit
from reports.pdf.render import render_pdf
from reports.verdicts_json import render_verdicts


def write_reports(given: ReportInput, folder: Path) -> dict[str, Path]:
    """Write report.html, report.pdf, junit.xml and verdicts.json; the same input gives the same bytes.

    Returns the paths by ``html``, ``pdf``, ``junit`` and ``json``. Raises ``RunStoreError`` where the folder cannot be
    written.
    """
    files = {
        "json": ("verdicts.json", render_verdicts(given).encode("utf-8")),
        "junit": ("junit.xml", render_junit(given).encode("utf-8")),
        "html": ("report.html", render_html(given).encode("utf-8")),
    }
    if "quality" not in given.run:  # the printed report answers whether calls are encrypted, not how good they are
        files["pdf"] = ("report.pdf", render_pdf(given))
    paths = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (file, data) in files.items():
            paths[name] = folder / file
            replace_file(paths[name], data)
    except OSError as error:
        raise RunStoreError(
            f"the reports cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    return paths


def replace_file(path: Path, data: bytes) -> None:
    """Written beside and moved, so that a run killed here leaves the old report or the new one, never half of one."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
