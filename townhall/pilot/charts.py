"""Bars as SVG without style or script: the page's content policy stays strict. The figures stand beside as text."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from townhall.pilot.figures import Week

COLOURS = ("#14406b", "#b45309", "#6b7684")  # held, did not come, cancelled: told apart without seeing red and green
_HEIGHT, _BAR, _GAP, _FOOT = 160, 34, 14, 34


def weeks_chart(weeks: Sequence[Week], title: str, labels: Sequence[str]) -> Markup:
    """Return stacked bars, one a week; ``labels`` are what stands under each bar."""
    highest = max([week.held + week.no_show + week.cancelled for week in weeks] + [1])
    parts = []
    for at, (week, label) in enumerate(zip(weeks, labels, strict=True)):
        left, top = _GAP + at * (_BAR + _GAP), float(_HEIGHT)
        for count, colour in zip((week.held, week.no_show, week.cancelled), COLOURS, strict=True):
            height = (_HEIGHT - 20) * count / highest
            top -= height
            if count:
                parts.append(f'<rect x="{left}" y="{top:.1f}" width="{_BAR}" height="{height:.1f}" fill="{colour}"/>')
        total = week.held + week.no_show + week.cancelled
        parts.append(_text(left + _BAR / 2, top - 5, str(total)))
        parts.append(_text(left + _BAR / 2, _HEIGHT + 18, label))
    width = _GAP + len(weeks) * (_BAR + _GAP)
    return _svg(width, _HEIGHT + _FOOT, title, parts)


def marks_chart(counts: Sequence[int], title: str, labels: Sequence[str]) -> Markup:
    """Return lying bars, one a mark from 1 to 5."""
    highest, row, left, width = max([*counts, 1]), 30, 120, 420
    parts = []
    for at, (count, label) in enumerate(zip(counts, labels, strict=True)):
        length = (width - left - 50) * count / highest
        parts.append(_text(left - 8, at * row + 20, label, "end"))
        parts.append(f'<rect x="{left}" y="{at * row + 5}" width="{length:.1f}" height="20" fill="{COLOURS[0]}"/>')
        parts.append(_text(left + length + 8, at * row + 20, str(count), "start"))
    return _svg(width, len(counts) * row + 6, title, parts)


def _text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="13" font-family="sans-serif" '
        f'fill="#1b2430">{escape(words)}</text>'
    )


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> Markup:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-label="{escape(title)}">'
    )
    return Markup(head + "".join(parts) + "</svg>")
