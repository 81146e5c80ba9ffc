"""flaw-matrix.md: the matrix as a page of the repository. Whatever came from a target is escaped."""

import re
from collections.abc import Iterable, Sequence

from reports.matrix_page import Cell, Line, MatrixPage
from reports.text import Words

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def render_markdown(page: MatrixPage) -> str:
    """The page's text; the same rows give the same bytes."""
    words = Words(page.lang)
    return "\n".join([*_head(page, words), *_flaws(page, words), *_views(page, words), *_wrong(page, words)]) + "\n"


def _head(page: MatrixPage, words: Words) -> Iterable[str]:
    yield from (f"# {words('matrix.title')}", "", words("matrix.lead"), "", words("matrix.made"), "")
    yield from (f"- {name}: {escaped(value)}" for name, value in page.facts)
    yield f"- **{words('matrix.detection')}: {page.detection}**"
    yield f"- **{words('matrix.alarms')}: {page.alarms}**"
    if page.unplayed:
        yield f"- {page.unplayed}"


def _flaws(page: MatrixPage, words: Words) -> Iterable[str]:
    if page.flaws:
        yield from ("", f"## {words('matrix.flaws')}", "", words("matrix.legend"), "")
        views = [view.name for view in page.views]
        head = [words("matrix.flaw"), *page.columns, words("matrix.expected"), words("matrix.exact")]
        yield from _table([*head, words("matrix.seconds"), *views], (_cells(line, words) for line in page.flaws))
    if page.clean:
        yield from ("", f"## {words('matrix.clean')}", "", words("matrix.clean.lead"), "")
        head = [words("matrix.run"), *page.columns, words("matrix.exact"), words("matrix.seconds")]
        yield from _table(head, (_cells(line, words) for line in page.clean))


def _cells(line: Line, words: Words) -> list[str]:
    said = words("yes") if line.exact else f"**{words('no')}**"
    remarks = "; ".join([said, *line.remarks])
    expected = [line.expected] if line.blind else []
    return [line.name, *(_sign(cell) for cell in line.cells), *expected, remarks, line.seconds, *line.blind]


def _sign(cell: Cell) -> str:
    return f"**{cell.sign or '+'}**" if cell.named else cell.sign


def _views(page: MatrixPage, words: Words) -> Iterable[str]:
    yield from ("", f"## {words('matrix.blind')}", "", words("matrix.blind.lead"), "")
    head = [words("matrix.blind.view"), "", words("matrix.blind.caught"), words("matrix.blind.alarms")]
    yield from _table(head, ([view.name, view.means, view.caught, view.alarms] for view in page.views))
    for view in page.views:
        if view.strays:
            yield from ("", f"{view.name}: {view.strays}")


def _wrong(page: MatrixPage, words: Words) -> Iterable[str]:
    if page.wrong:
        yield from ("", f"## {words('matrix.wrong')}", "")
        yield from (f"- {name}: {escaped(said)}" for name, sentences in page.wrong for said in sentences)
    if page.broken:
        yield from ("", f"## {words('matrix.broken')}", "")
        yield from (f"- {name}: {escaped(why)}" for name, why in page.broken)


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    yield from (f"| {' | '.join(line)} |" for line in lines)


def escaped(text: str) -> str:
    """Text that Markdown must not read as anything else."""
    return _SPECIAL.sub(r"\\\1", text)
