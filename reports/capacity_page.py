"""The page of a capacity run: what was said, drawn and measured. The words come from whoever measured."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.model.errors import RunStoreError
from reports.html import render_page
from reports.inputs import Lang
from reports.text import Words
from reports.write import replace_file

_STYLES = ("report.css", "page.css", "print.css", "capacity.css", "zoom.css")
_SCRIPTS = ("page.js", "zoom.js")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG, its title, and what it shows in words."""

    title: str
    alternative: str
    svg: str

    @property
    def uri(self) -> str:
        """The drawing as a picture of its own: nothing in it can reach the page."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, the first cell of each its heading."""

    title: str
    lead: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class CapacityPage:
    """All that stands on the page, in its language."""

    lang: Lang
    title: str
    headline: str
    sentences: Sequence[str]
    facts: Sequence[tuple[str, str]]
    drawings: Sequence[Drawing]
    tables: Sequence[Table]


def write_capacity(page: CapacityPage, file: Path) -> None:
    """Writes the page. Raises ``RunStoreError`` where it cannot be written."""
    text = render_page("capacity.html.j2", _STYLES, Words(page.lang), _SCRIPTS, page=page)
    try:
        replace_file(file, text.encode("utf-8"))
    except OSError as error:
        raise RunStoreError(f"{file} cannot be written ({error.strerror}): name another folder with --out.") from error
