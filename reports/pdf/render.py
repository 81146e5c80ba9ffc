"""report.pdf: typeset from the document, tagged, with embedded fonts; the same input gives the same bytes.

Texts reach the typesetter as JSON that it reads as values, never as its own markup. It sees one folder that holds
nothing but the layout, this JSON and the pictures, uses no font of the machine, and asks no network. It refuses to
write a file that is not PDF/UA-1 and PDF/A-2a by its own lights: no picture without alternative text, no letter without
shape.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from harness.model.errors import RunStoreError
from reports.inputs import ReportInput
from reports.matrix_rates import Rates
from reports.pdf.bench_rates import measured
from reports.pdf.document import SIZES, Document, build_document

STANDARDS: tuple[Literal["ua-1"], Literal["a-2a"]] = ("ua-1", "a-2a")
MOST_PAGES = 10
_LAYOUT = Path(__file__).parent / "layout"


def render_pdf(given: ReportInput, rates: Rates | None = None) -> bytes:
    """The file. ``rates`` are those of the bench itself, by default what this copy of it came with.

    Raises ``RunStoreError`` where the run's facts are damaged or the typesetter refuses.
    """
    rates = rates or measured()
    stamp = int(given.info.started.timestamp())
    for size in SIZES[:-1]:
        data, pages = typeset(build_document(given, rates, size), stamp)
        if pages <= MOST_PAGES:
            return data
    return typeset(build_document(given, rates, SIZES[-1]), stamp)[0]


def typeset(document: Document, stamp: int) -> tuple[bytes, int]:
    """The file and its number of pages."""
    with TemporaryDirectory(prefix="pruefstand-pdf-") as name:
        folder = Path(name)
        for file in _LAYOUT.iterdir():
            shutil.copy(file, folder)
        (folder / "data.json").write_text(document.data, encoding="utf-8")
        for picture, data in document.pictures.items():
            (folder / picture).write_bytes(data)
        try:
            compiler = typst.Compiler(
                folder / "report.typ",
                root=folder,
                ignore_system_fonts=True,
                package_path=folder,
                package_cache_path=folder,
            )
            made = compiler.compile(format="pdf", pdf_standards=list(STANDARDS), timestamp=max(0, stamp))
            pages = compiler.query("<pages>", field="value", one=True)
        except typst.TypstError as error:
            raise RunStoreError(f"report.pdf cannot be typeset: {error.message}") from error
    if not isinstance(made, bytes):
        raise RunStoreError("report.pdf cannot be typeset: the typesetter gave no file.")
    return made, int(pages)
