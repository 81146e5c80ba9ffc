"""badge.svg: the state of a run as a small picture for a page or a README. None of its words come from a target."""

from reports.ci.state import State, Tone
from reports.html import render_drawing
from reports.text import Words

DARK, WHITE = "#3d4450", "#ffffff"
# White text on each has a contrast of more than 4.5 : 1 (WCAG 1.4.3); the words say it without a colour, too.
COLOURS: dict[Tone, str] = {
    "passed": "#17703a", "weak": "#8a5a00", "failed": "#b3261e", "inconclusive": "#5b5f97", "bench": "#6b4a3a"
}  # fmt: skip
# Advance widths at 11 px of the widest fonts named, by their usual shapes; the text is stretched to what is reckoned.
_NARROW, _WIDE = "iljtfrI,.:/| ()", "mwMWGOQ%"
_WIDTHS = dict.fromkeys(_NARROW, 4.4) | dict.fromkeys(_WIDE, 9.6)
_USUAL = 7.0
_PADDING = 12


def render_badge(state: State, lang: str) -> str:
    """The picture as SVG: needs no font and asks nobody; a screen reader says its title."""
    left, right = _width(state.label), _width(state.said)
    return render_drawing(
        "badge.svg.j2",
        Words(lang),
        title=f"{state.label}: {state.said}",
        label=state.label,
        said=state.said,
        left=left,
        right=right,
        width=left + right,
        dark=DARK,
        colour=COLOURS[state.tone],
    )


def _width(text: str) -> int:
    return _PADDING + round(sum(_WIDTHS.get(char, _USUAL) for char in text))
