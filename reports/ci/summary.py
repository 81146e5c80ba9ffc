"""summary.md: the run on half a page, for GitHub's step summary and wherever else Markdown is read."""

import re
from collections.abc import Iterable, Sequence

from reports.ci.github import headline_of
from reports.ci.issues import issues_of
from reports.ci.state import kind_of, state_of
from reports.headline import count_line
from reports.inputs import ReportInput
from reports.matrix_markdown import escaped
from reports.text import Words

MOST = 80  # rows of a table, of at most 900 characters a cell: GitHub drops a summary of more than 1 MiB
_LINKS = re.compile(r"(?=://)|(?<=www)(?=\.)|(?=[@$])", re.IGNORECASE)
_BLOCK = re.compile(r"^(\d*)([-+=.)])")  # what begins a list, a line or a heading


def inert(text: str) -> str:
    """Text that Markdown, and what GitHub adds to it (bare addresses, mentions, formulas), reads as text."""
    return _BLOCK.sub(r"\1\\\2", _LINKS.sub(r"\\", escaped(text)))


def render_summary(given: ReportInput) -> str:
    """The file's text; the same run gives the same bytes."""
    words, state = Words(given.lang), state_of(given)
    quality = kind_of(given) == "quality"
    seconds = words.seconds(given.info.seconds) if 0 <= given.info.seconds < 1e9 else words("none")
    lines = [
        f"## {inert(f'{state.label}: {state.said}')}",
        "",
        f"**{inert(headline_of(given, words))}** {inert(count_line(given.verdicts, words))}",
    ]
    if given.info.flaw:
        lines += ["", inert(words("flaw", flaw=words.short(given.info.flaw, 60)))]
    issues = [(issue.title, issue.sentence) for issue in issues_of(given)]
    if issues:
        lines += ["", f"### {inert(words('ci.attention'))}", ""]
        lines += table((words("table.check"), words("table.seen")), issues, words)
    if given.verdicts:
        rows = [
            (
                words.short(verdict.check, 20),
                words.short(verdict.name, 80),
                words(f"{'quality.level' if quality else 'outcome'}.{verdict.outcome}"),
            )
            for verdict in given.verdicts
        ]
        heads = ("ID", words("table.check"), words("table.outcome"))
        lines += ["", f"<details><summary>{inert(words('ci.all'))}</summary>", "", *table(heads, rows, words)]
        lines += ["", "</details>"]
    run = words("ci.run", run=words.short(given.info.id, 120), moment=words.moment(given.info.started), seconds=seconds)
    return "\n".join([*lines, "", inert(f"{run}, {words('ci.exit', code=int(given.code))}")]) + "\n"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: Words) -> Iterable[str]:
    """A table; beyond ``MOST`` rows one line says how many are missing."""
    yield f"| {' | '.join(map(inert, heads))} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(map(inert, row))} |" for row in rows[:MOST])
    if missing := len(rows[MOST:]):
        yield ""
        yield inert(words.count("ci.cut", missing))
