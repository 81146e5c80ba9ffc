"""The files of a comparison: a page, a Markdown text for a release note, and JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from harness.model.errors import RunStoreError
from reports.capacity_page import CapacityPage, Drawing, Table, write_capacity
from reports.compare.chart import shifts
from reports.compare.comparison import Comparison
from reports.compare.said import Grid, Said
from reports.inputs import Lang
from reports.write import replace_file

PAGE, NOTE, DATA = "compare.html", "compare.md", "compare.json"
_MARKS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]()<>#+!|~"})


def write_comparison(comparison: Comparison, folder: Path, lang: Lang) -> Path:
    """Writes all three and returns the page's path. Raises ``RunStoreError`` where the folder cannot be written."""
    said = Said(comparison, lang)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / NOTE, markdown(said).encode("utf-8"))
        text = json.dumps({"format": "pruefstand-comparison/1", **asdict(comparison)}, indent=2, sort_keys=True)
        replace_file(folder / DATA, f"{text}\n".encode())
    except OSError as error:
        raise RunStoreError(f"{folder} cannot be written ({error.strerror}): name another with --out.") from error
    chart = shifts(said)
    page = CapacityPage(
        lang=lang, title=said("title"), headline=said.headline, sentences=said.sentences, facts=(),
        drawings=[Drawing(said("figures"), chart.alternative, chart.svg)] if chart else (),
        tables=[Table(grid.title, grid.lead, grid.columns, grid.rows) for grid in said.grids],
    )  # fmt: skip
    write_capacity(page, folder / PAGE)
    return folder / PAGE


def markdown(said: Said) -> str:
    """The release note. Names come from a target: nothing in them is markup."""
    parts = [f"## {_plain(said('title'))}", _plain(said.headline), *map(_plain, said.sentences)]
    for grid in said.grids:
        parts += [f"### {_plain(grid.title)}", _plain(grid.lead), *_table(grid)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(grid: Grid) -> list[str]:
    if not grid.rows:
        return []
    lines = [_row(grid.columns), _row(["---"] * len(grid.columns), plain=False), *map(_row, grid.rows)]
    return ["\n".join(lines)]


def _row(cells: Sequence[str], plain: bool = True) -> str:
    return f"| {' | '.join(map(_plain, cells) if plain else cells)} |"


def _plain(text: str) -> str:
    return text.translate(_MARKS)
