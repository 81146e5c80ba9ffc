"""The page of a history: outcomes of every check over time, and every figure as a line."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from harness.model.outcome import Outcome
from reports.capacity_page import CapacityPage, Drawing, Table, write_capacity
from reports.history.database import History, Kept
from reports.inputs import Lang
from reports.text import Words

_TEXTS: dict[Lang, dict[str, str]] = {
    "de": {
        "title": "Läufe im Lauf der Zeit", "head": "{n} Läufe, vom {first} bis zum {last}.",
        "none": "Noch ist kein Lauf aufgehoben.", "checks": "Prüfungen", "figures": "Kennzahlen", "runs": "Läufe",
        "lead": "Der älteste zuerst.", "run": "Lauf", "started": "begonnen", "release": "Version", "target": "Ziel",
        "exit": "Ergebnis", "flaw": "gesetzter Fehler",
        "strip": "Jede Zeile eine Prüfung, jedes Feld ein Lauf, der älteste links.",
        "line": "Jede Zeile eine Kennzahl, vom ältesten Lauf links zum neuesten rechts.",
    },
    "en": {
        "title": "Runs over time", "head": "{n} runs, from {first} to {last}.", "none": "No run has been kept yet.",
        "checks": "Checks", "figures": "Figures", "runs": "Runs", "lead": "The oldest first.", "run": "run",
        "started": "begun", "release": "release", "target": "target", "exit": "result", "flaw": "seeded flaw",
        "strip": "A row for each check, a box for each run, the oldest on the left.",
        "line": "A row for each figure, from the oldest run on the left to the newest on the right.",
    },
}  # fmt: skip
_COLOURS = {
    Outcome.PASS: "#2f9e5b", Outcome.WEAK: "#d9a400", Outcome.FAIL: "#c62828", Outcome.INCONCLUSIVE: "#7a6bb5",
    Outcome.NOT_APPLICABLE: "#9aa7b4",
}  # fmt: skip
_SIGNS = {
    Outcome.PASS: "✓", Outcome.WEAK: "~", Outcome.FAIL: "✗", Outcome.INCONCLUSIVE: "?", Outcome.NOT_APPLICABLE: "–",
}  # fmt: skip
_STYLE = """<style>text{font:12px system-ui,sans-serif;fill:#1b2733}.sign{fill:#fff;font-weight:700}
polyline{fill:none;stroke:#1f5fa8;stroke-width:2}circle{fill:#1f5fa8}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}polyline{stroke:#7fb4ef}circle{fill:#7fb4ef}}</style>"""
_LEFT, _ROW, _WIDE = 270, 24, 470


def write_history(history: History, file: Path, lang: Lang, target: str = "", last: int | None = None) -> str:
    """Writes the page and returns its headline. Raises ``RunStoreError``."""
    runs, texts, words = history.runs(target, last), _TEXTS[lang], Words(lang)
    head = texts["none"]
    drawings = []
    if runs:
        first, newest = (words.moment(run.started) for run in (runs[0], runs[-1]))
        days = [run.started.strftime("%Y-%m-%d") for run in runs]
        head = texts["head"].format(n=words.number(len(runs)), first=first, last=newest)
        drawings = [
            Drawing(texts["checks"], texts["strip"], strips(history.outcomes(runs), words, texts["run"], days)),
            Drawing(texts["figures"], texts["line"], lines(history.figures(runs), words, texts["run"], days)),
        ]
    page = CapacityPage(
        lang=lang, title=texts["title"], headline=head, sentences=(), facts=(), drawings=drawings,
        tables=[_table(runs, texts, words)],
    )  # fmt: skip
    write_capacity(page, file)
    return head


def strips(outcomes: dict[str, list[Outcome | None]], words: Words, run: str = "", days: Sequence[str] = ()) -> str:
    """Outcomes as boxes, told apart by colour and sign; ``days`` are those of the runs, for who asks for a value."""
    parts, columns = [], max((len(row) for row in outcomes.values()), default=0)
    box = min(22.0, _WIDE / max(1, columns))
    for at, (check, row) in enumerate(outcomes.items()):
        y = _ROW * at
        name = escape(words.short(check, 40))
        parts.append(_row(y, name, f"{y} {y + _ROW} 0 1 0 0"))
        for column, outcome in enumerate(row):
            if outcome is None:
                continue
            x = _LEFT + box * column
            parts.append(
                f'<rect x="{x:.1f}" y="{y + 2}" width="{box - 2:.1f}" height="20" rx="3" fill="{_COLOURS[outcome]}">'
                f"<title>{escape(words(f'outcome.{outcome}'))}</title></rect>"
            )
            if box > 14:
                middle = x + box / 2 - 1
                sign = _SIGNS[outcome]
                parts.append(f'<text class="sign" x="{middle:.1f}" y="{y + 17}" text-anchor="middle">{sign}</text>')
        parts.append("</g></g>")
    return _svg(parts, _ROW * len(outcomes), _LEFT - 1, _LEFT + box * columns, (0.5, columns + 0.5), run, days)


def lines(figures: dict[str, list[float | None]], words: Words, run: str = "", days: Sequence[str] = ()) -> str:
    """Figures as lines between their least and their largest value, which stand beside them."""
    parts, columns = [], max((len(row) for row in figures.values()), default=0)
    for at, (name, row) in enumerate(figures.items()):
        known = [(column, value) for column, value in enumerate(row) if value is not None]
        low, high = min(value for _, value in known), max(value for _, value in known)
        y = 2 * _ROW * at
        points = [
            (_LEFT + (_WIDE - 20) * column / max(1, len(row) - 1), y + 36 - 28 * (value - low) / ((high - low) or 1))
            for column, value in known
        ]
        span = words.figure(low) if low == high else f"{words.figure(low)} … {words.figure(high)}"
        label = escape(f"{words.short(name, 34)}")
        parts.append(f'<text x="{_LEFT - 10}" y="{y + 34}" text-anchor="end">{escape(span)}</text>')
        parts.append(_row(y, label, f"{y + 8} {y + 36} {low:g} {high:g} 3 0"))
        parts.append(f'<polyline points="{" ".join(f"{x:.1f},{up:.1f}" for x, up in points)}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{up:.1f}" r="3"/>' for x, up in points]
        parts.append("</g></g>")
    return _svg(parts, 2 * _ROW * len(figures), _LEFT, _LEFT + _WIDE - 20, (1, max(columns, 2)), run, days)


def _row(y: float, name: str, scale: str) -> str:
    """The beginning of a row: its name, already escaped, and how a value is read off it (as in a call's panel)."""
    text = f'<text class="heading" x="{_LEFT - 10}" y="{y + 17}" text-anchor="end">{name}</text>'
    return f'<g class="panel">{text}<g class="plot" data-y="{scale}">'


def _svg(
    parts: Sequence[str], height: int, left: float, right: float, numbers: tuple[float, float], run: str,
    days: Sequence[str],
) -> str:  # fmt: skip
    """A drawing that a page can zoom: its sides, the numbers of the runs there, and the days of the runs."""
    size, across = f"0 0 {_LEFT + _WIDE} {max(height, _ROW)}", f"{left:g} {right:g} {numbers[0]:g} {numbers[1]:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" data-x="{across}" data-kind="n" '
        f'data-moments="{" ".join(days)}">{_STYLE}<desc class="x-title">{escape(run)}</desc>{"".join(parts)}</svg>'
    )


def _table(runs: Sequence[Kept], texts: dict[str, str], words: Words) -> Table:
    columns = [texts[name] for name in ("run", "started", "release", "target", "exit", "flaw")]
    rows = [
        [words.short(run.id, 80), words.moment(run.started), words.short(run.release, 40), words.short(run.target, 60),
         words(f"run.exit.{run.exit_code}"), words.short(run.flaw, 40)]
        for run in runs
    ]  # fmt: skip
    return Table(texts["runs"], texts["lead"] if rows else texts["none"], columns if rows else (), rows)
