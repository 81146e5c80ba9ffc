"""The flaw matrix written: JSON for machines, Markdown for the repository, one HTML page in the reports' style."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from harness.model.check import Check
from harness.model.errors import BenchError, RunStoreError
from harness.model.matrix import Row
from reports.html import render_page
from reports.inputs import Lang
from reports.matrix_json import render_matrix_json
from reports.matrix_markdown import render_markdown
from reports.matrix_page import build_matrix
from reports.matrix_rates import ENDING, render_rates
from reports.text import Words
from reports.write import replace_file

NAMES = ("matrix.json", "flaw-matrix.md", "flaw-matrix.html")


def write_matrix(
    rows: Sequence[Row], checks: Sequence[Check], lang: Lang, files: Iterable[Path], unplayed: Iterable[str] = ()
) -> None:
    """Writes each file in the form that its name ends in; beside Markdown its figures alone, which report.pdf cites.

    Raises ``BenchError`` for an ending that is none, and ``RunStoreError`` where a file cannot be written.
    """
    page = build_matrix(rows, checks, lang, list(unplayed))
    styles = ("report.css", "print.css", "matrix.css")
    forms: dict[str, Callable[[], str]] = {
        ".json": lambda: render_matrix_json(rows),
        ".md": lambda: render_markdown(page),
        ".html": lambda: render_page("matrix.html.j2", styles, Words(lang), page=page),
    }
    for file in files:
        if file.suffix not in forms:
            raise BenchError(f"{file} cannot be written: name a file that ends in {', '.join(forms)}.")
        texts = {file: forms[file.suffix]()}
        if file.suffix == ".md" and rows:
            texts[file.with_suffix(ENDING)] = render_rates(rows)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            for path, text in texts.items():
                replace_file(path, text.encode("utf-8"))
        except OSError as error:
            raise RunStoreError(f"{file} cannot be written: {error.strerror}. Choose another place.") from error
