"""The verdict table on the console: readable without colour, at any width, and without Unicode."""

from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from harness.model.outcome import Outcome
from harness.model.verdict import Verdict
from reports.headline import count_line, make_headline
from reports.inputs import ReportInput
from reports.text import Words

_SYMBOL = {  # symbol, its stand-in where the console is not UTF-8, style
    Outcome.PASS: ("✔", "+", "green"),
    Outcome.WEAK: ("▲", "!", "yellow"),
    Outcome.FAIL: ("✖", "x", "bold red"),
    Outcome.INCONCLUSIVE: ("?", "?", "magenta"),
    Outcome.NOT_APPLICABLE: ("–", "-", "dim"),
}
_PLAIN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "–": "-", "…": "..."}
    | dict.fromkeys("\u00a0\u202f", " ")
    | dict.fromkeys("„“”", '"')
)
_NARROW = 76  # columns below which name and sentence share the check's cell
_TONE = {"pass": "bold green", "fail": "bold red", "inconclusive": "bold magenta", "bench": "bold yellow"}


def print_verdicts(given: ReportInput, console: Console, report: Path | None = None) -> None:
    """Print the table, the sentence on top of the report, the counts and where the report lies."""
    words = Words(given.lang)
    headline = make_headline(given, words)
    encoding = console.encoding
    console.print(verdict_table(given, words, width=console.width, encoding=encoding))
    console.print(Text(fit(headline.sentence, encoding), style=_TONE[headline.tone]))
    for line in (headline.incomplete, headline.flaw, count_line(given.verdicts, words)):
        if line:
            console.print(Text(fit(line, encoding)))
    if report is not None:
        console.print(Text(fit(words("table.report", path=report), encoding)), soft_wrap=True)


def verdict_table(given: ReportInput, words: Words, *, width: int = 120, encoding: str = "utf-8") -> RenderableType:
    """One row a check: id, name, outcome as symbol and word, the evidence sentence. Texts are never read as markup."""
    narrow = width < _NARROW
    table = Table(box=SIMPLE_HEAD, expand=False, pad_edge=False, padding=(0, 1))
    table.add_column("ID", no_wrap=True)
    if not narrow:
        table.add_column(fit(words("table.check"), encoding), overflow="fold", max_width=width // 3)
    table.add_column(fit(words("table.outcome"), encoding), overflow="fold", min_width=14)
    table.add_column(fit(words("table.seen"), encoding), overflow="fold")
    for verdict in given.verdicts:
        symbol, stand_in, style = _SYMBOL[verdict.outcome]
        sign = symbol if encoding.startswith("utf") else stand_in
        cells = [(words.short(verdict.check, 12), "bold")]
        cells += [] if narrow else [(words.short(verdict.name, 80), "")]
        cells += [(f"{sign} {words(f'outcome.{verdict.outcome}')}", style), (_seen(verdict, words), "")]
        table.add_row(*(Text(fit(text, encoding), style=look) for text, look in cells))
    return table


def _seen(verdict: Verdict, words: Words) -> str:
    if verdict.bench_error:
        return words("check.bench_error", error=words.short(verdict.bench_error, 200))
    return words.short(verdict.finding.sentence.in_language(words.lang), 300)


def fit(text: str, encoding: str) -> str:
    """The text in characters that the console can show: a CI log in ASCII must not end in an encoding error."""
    if encoding.startswith("utf"):
        return text
    return text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
