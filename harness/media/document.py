"""The page of small print that is shared in a call: a kindergarten's registration form, filled in, and its text.

Drawn with DejaVu Sans, a font under a free licence that the bench installs (harness/provision/needs.py). One column, so
that whoever reads it reads its lines in one order.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from harness.model.errors import ProvisionError

SIZE = (1280, 720)  # the smallest screen that is shared today
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_TOP = 84  # the upper tenth is left to the strip with a picture's number
_LEFT, _VALUE, _RIGHT = 60, 420, 1220
_INK, _RULE, _PAPER = (20, 20, 20), (215, 215, 215), (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: its words at the left, the entry beside them if any, and the letters' height (pixels)."""

    words: str
    entry: str = ""
    height: int = 15

    @property
    def text(self) -> str:
        """As it is read."""
        return f"{self.words} {self.entry}".strip()


LINES = (
    Line("Anmeldung zum Besuch einer Kindertageseinrichtung", height=24),
    Line("Gemeinde Musterfelden, Amt für Kinder und Familie, Rathausplatz 3, Zimmer 214", height=13),
    Line("Name des Kindes:", "Grünwald, Jonas Matthäus"),
    Line("Geboren am:", "17. März 2023 in Süßen"),
    Line("Straße und Hausnummer:", "Große Mühlgasse 48 b"),
    Line("Postleitzahl und Wohnort:", "90619 Musterfelden"),
    Line("Name der Eltern:", "Käthe Grünwald und Jörg Grünwald"),
    Line("Telefon tagsüber:", "0911 4726 385"),
    Line("Gewünschter Beginn:", "1. September 2026"),
    Line("Betreuung an den Tagen:", "Montag bis Freitag, 7.30 Uhr bis 15.45 Uhr"),
    Line("Mittagessen:", "ja, ohne Nüsse und ohne Milch"),
    Line("Impfung gegen Masern:", "nachgewiesen am 8. Mai 2024"),
    Line("Abholberechtigt:", "Großmutter, Frau Wörner, Telefon 0911 5803 117"),
    Line("Monatlicher Beitrag:", "186,50 Euro, Ermäßigung für Geschwister 40 Prozent"),
    Line("Hinweise zum Ausfüllen", height=16),
    Line(
        "Die Anmeldung ist verbindlich, sobald die Gemeinde den Platz schriftlich zugesagt hat. Eine Zusage ergeht bis"
        " zum 31. März.",
        height=12,
    ),
    Line(
        "Änderungen der Anschrift, der Arbeitszeiten oder des Einkommens sind innerhalb von zwei Wochen mitzuteilen.",
        height=12,
    ),
    Line(
        "Die Kündigung ist mit einer Frist von sechs Wochen zum Monatsende möglich; für Juni und Juli ist sie"
        " ausgeschlossen.",
        height=12,
    ),
    Line(
        "Ihre Angaben werden nur für die Vergabe der Plätze verwendet und zwei Jahre nach dem Ende der Betreuung"
        " gelöscht.",
        height=12,
    ),
    Line(
        "Gegen die Ablehnung eines Antrags kann innerhalb eines Monats Widerspruch bei der Gemeinde erhoben werden.",
        height=12,
    ),
)


def document_text(lines: Sequence[Line] = LINES) -> str:
    """What stands on the page, one line of it a line."""
    return "\n".join(line.text for line in lines)


def draw_document(lines: Sequence[Line] = LINES) -> Image.Image:
    """The page: 1280x720, RGB. Raises ``ProvisionError`` where the font is missing."""
    page = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    top = _TOP
    for line in lines:
        font = _font(line.height)
        draw.text((_LEFT, top), line.words, fill=_INK, font=font)
        if line.entry:
            draw.text((_VALUE, top), line.entry, fill=_INK, font=font)
            draw.line((_LEFT, top + line.height + 9, _RIGHT, top + line.height + 9), fill=_RULE)
        top += line.height + (18 if line.entry or line.height > 12 else 10)
    return page


def write_page(file: Path) -> Path:
    """Write the page as a film of one picture (see ``harness.media.picture.write_film``) and give its path back.

    Raises as ``draw_document``, and ``OSError`` where it cannot write.
    """
    packed = io.BytesIO()
    draw_document().save(packed, "JPEG", quality=95, subsampling=0)
    file.write_bytes(len(packed.getvalue()).to_bytes(4, "big") + packed.getvalue())
    return file


def _font(height: int) -> ImageFont.FreeTypeFont:
    if not Path(_FONT).is_file():
        raise ProvisionError("The shared page's letters are missing: install the package fonts-dejavu-core.")
    return ImageFont.truetype(_FONT, height)
