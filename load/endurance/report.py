"""What a long call leaves for a reader: a table for the terminal and a small chart of every judged series as SVG."""

from collections.abc import Sequence
from html import escape

from load.endurance.flatness import PERIOD, WARM_UP, Growth
from load.endurance.samples import Sample, series

COUNTS = ("nodes", "listeners", "frames")  # kinds that are no bytes
_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 300, 90, 20, 50, 50  # of one small chart, in pixels
_COLUMNS = 3
_COLOURS = {"flat": "#1b6e3c", "grows": "#b3261e", "unclear": "#7a5c00"}


def table(growths: Sequence[Growth]) -> str:
    """One line a series: first and last judged sample, growth in 30 minutes with its interval, limit, outcome."""
    head = ("series", "first", "last", f"in {PERIOD:.0f} min", "95 % interval", "limit", "")
    rows = [
        (
            each.name, _amount(each.name, each.first), _amount(each.name, each.last), _signed(each.name, each.growth),
            f"{_signed(each.name, each.low)} … {_signed(each.name, each.high)}", _amount(each.name, each.limit),
            each.outcome,
        )
        for each in growths
    ]  # fmt: skip
    return "\n".join(
        _line(row, [max(map(len, column)) for column in zip(head, *rows, strict=True)]) for row in (head, *rows)
    )


def chart(samples: Sequence[Sample], growths: Sequence[Growth], title: str) -> str:
    """An SVG of small charts, one a series: what was measured, the limit as a slope, and the warm-up in grey."""
    rows = -(-len(growths) // _COLUMNS)
    width = _LEFT + _COLUMNS * (_WIDTH + _GAP)
    height = _TOP + rows * (_HEIGHT + _GAP)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
    ]
    for index, growth in enumerate(growths):
        x = _LEFT + index % _COLUMNS * (_WIDTH + _GAP)
        y = _TOP + index // _COLUMNS * (_HEIGHT + _GAP)
        parts.append(f'<g transform="translate({x},{y})">{_small(growth, series(samples, growth.name))}</g>')
    return "\n".join([*parts, "</svg>", ""])


def _small(growth: Growth, points: Sequence[tuple[float, float]]) -> str:
    """Drawn from a floor that lets one limit of growth be seen: a flat line looks flat, however small its unit."""
    end = max([point[0] for point in points], default=1.0) or 1.0
    floor = min(point[1] for point in points)
    span = max(max(point[1] for point in points) - floor, growth.limit) or 1.0

    def place(minute: float, value: float) -> str:
        return f"{minute / end * _WIDTH:.1f},{_HEIGHT - (value - floor) / span * _HEIGHT:.1f}"

    start = growth.first
    allowed = f"{place(WARM_UP, start)} {place(end, start + growth.limit * (end - WARM_UP) / PERIOD)}"
    words = f"{growth.name}: {_signed(growth.name, growth.growth)} in {PERIOD:.0f} min ({growth.outcome})"
    return (
        f'<rect width="{min(WARM_UP / end, 1) * _WIDTH:.1f}" height="{_HEIGHT}" fill="#eeeeee"/>'
        f'<polyline points="{allowed}" fill="none" stroke="#999999" stroke-dasharray="4 3"/>'
        f'<polyline points="{" ".join(place(*point) for point in points)}" fill="none" '
        f'stroke="{_COLOURS[growth.outcome]}" stroke-width="1.5"/>'
        f'<text y="-6">{escape(words)}</text>'
        f'<text y="{_HEIGHT + 13}">{escape(_amount(growth.name, points[0][1]))}</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT + 13}" text-anchor="end">{escape(_amount(growth.name, points[-1][1]))}'
        f" after {end:.0f} min</text>"
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = cells
    return "  ".join(
        [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
    )


def _amount(name: str, value: float) -> str:
    if name.partition("/")[0] in COUNTS:
        return f"{value:.0f}"
    return f"{value / 2**20:.2f} MiB"


def _signed(name: str, value: float) -> str:
    return ("+" if value >= 0 else "-") + _amount(name, abs(value))
