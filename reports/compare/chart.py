"""The shifts of all figures as a drawing: each in per cent of what it was, with its interval."""

from dataclasses import dataclass
from html import escape

from reports.compare.figures import FigureChange
from reports.compare.said import Said

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 800, 300, 30, 26, 34
_WIDEST = 100.0  # per cent; what is further out stands at the edge
_STYLE = """text{font:13px system-ui,sans-serif;fill:#1b2733}.axis{stroke:#8a97a6}.same{stroke:#5b6b7b;fill:#5b6b7b}
.worse{stroke:#b3261e;fill:#b3261e}.changed{stroke:#b3261e;fill:#b3261e}.better{stroke:#1d7a3e;fill:#1d7a3e}
line{stroke-width:2}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.same{stroke:#9fb0c0;fill:#9fb0c0}
.worse,.changed{stroke:#ff8a80;fill:#ff8a80}.better{stroke:#6fd08c;fill:#6fd08c}}"""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and what it shows in words."""

    svg: str
    alternative: str


def shifts(said: Said) -> Chart | None:
    """The drawing; None where there is nothing to draw."""
    rows = [each for each in said.comparison.figures if each.before]
    if not rows:
        return None
    reach = min(_WIDEST, max(10.0, *(abs(value) for each in rows for value in _span(each))))
    height = _TOP + _ROW * len(rows) + 12
    parts = ['<g class="ticks">']
    parts += [f'<line class="axis" x1="{_x(0, reach):.1f}" x2="{_x(0, reach):.1f}" y1="{_TOP - 8}" y2="{height - 8}"/>']
    parts += [
        f'<text x="{_x(value, reach):.1f}" y="18" text-anchor="middle">{value:{"+" if value else ""}.0f} %</text>'
        for value in (-reach, 0.0, reach)
    ]
    parts.append("</g>")
    words = []
    for at, each in enumerate(rows):
        y = _TOP + _ROW * at + _ROW / 2
        low, middle, high = (_x(value, reach) for value in _span(each))
        name = said.figure(each, 40)
        said_of = f"{_span(each)[1]:+.1f} %, {said(f'change.{each.change}')}"
        parts.append('<g class="panel">')
        parts.append(f'<text class="heading" x="{_LEFT - 12}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<g class="plot" data-y="{y - 13:g} {y + 13:g} 0 1 0 0"><g class="{each.change}">')
        parts.append(f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<circle cx="{middle:.1f}" cy="{y:.1f}" r="5"><title>{escape(said_of)}</title></circle>')
        parts.append("</g></g></g>")
        words.append(f"{name} {said_of}")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'data-x="{_LEFT} {_WIDTH - _RIGHT} {-reach:g} {reach:g}" data-unit="\u00a0%">'
        f"<style>{_STYLE}</style>{''.join(parts)}</svg>"
    )
    return Chart(svg, f"{said('figures')}: {'; '.join(words)}.")


def _span(each: FigureChange) -> tuple[float, float, float]:
    """Low end, shift and high end in per cent of what the figure was."""
    low, high = each.interval or (each.shift, each.shift)
    low, middle, high = (100 * value / abs(each.before) for value in (low, each.shift, high))
    return low, middle, high


def _x(value: float, reach: float) -> float:
    share = (max(-reach, min(reach, value)) + reach) / (2 * reach)
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)
