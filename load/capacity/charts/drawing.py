"""The frame of every chart: its templates, its colours for light, dark and paper, and its text alternative.

Drawn by Jinja2, which escapes every text. Colours are CSS variables of the drawing, so that a page shown in the dark
and a sheet of paper each get their own, whether the drawing is a file or a part of the page. No meaning is in a colour
alone: lines differ in their dashes, trials in their shapes.
"""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from load.capacity.words import Language

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and what it shows in words, for those who cannot see it; the words are in the drawing too."""

    svg: str
    title: str
    alternative: str


def draw(
    template: str, title: str, alternative: str, lang: Language, width: int, height: int, across: str = "",
    kind: str = "", **values: object,
) -> Chart:  # fmt: skip
    """Fills a template; ``lang`` becomes the drawing's language.

    ``across`` makes it one that a page can zoom: left and right side, and the values there; ``kind`` is ``n`` for
    values that only stand where a point is, ``clock`` for minutes of a day.
    """
    svg = _TEMPLATES.get_template(template).render(
        title=title, alternative=alternative, lang=lang, width=width, height=height, across=across, kind=kind, **values
    )
    return Chart(svg, title, alternative)
