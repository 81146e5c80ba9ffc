"""A municipality's colours: whether they can be read, and the stylesheet that brings them onto the pages."""

import re
from typing import Annotated

from pydantic import Field

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
# WCAG 2.1, success criterion 1.4.3: text of normal size.
LEAST_CONTRAST = 4.5
# The darkest surface that links stand on (the foot of the pages), and the ink on buttons.
_SURFACES = ("#e9ecef", "#ffffff")


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours #rrggbb (WCAG 2.1): 1 for equal ones, 21 for black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_is_legible(colour: str) -> bool:
    """Say whether links in this colour, and white text on it, can be read everywhere on the pages."""
    return all(contrast(colour, surface) >= LEAST_CONTRAST for surface in _SURFACES)


def stylesheet(main: str) -> str:
    """Return the CSS that puts a municipality's colour in the place of the service's own."""
    return f":root {{ --blue: {main.lower()}; --blue-dark: {_darker(main)}; }}\n"


def _channels(colour: str) -> list[int]:
    return [int(part, 16) for part in re.findall("[0-9a-fA-F]{2}", colour)]


def _darker(colour: str) -> str:
    return "#" + "".join(f"{channel * 2 // 3:02x}" for channel in _channels(colour))


def _luminance(colour: str) -> float:
    """Return the relative luminance, sRGB."""
    red, green, blue = (
        part / 12.92 if (part := channel / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
