"""Photographs of pages, small enough to lie beside the text that shows them."""

import io
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Page

WIDEST = 1000  # pixels; a page of text shows no more
PHONE_WIDEST = 520
_TALLEST = 2.6  # times the width; what lies below is cut off
_QUALITY = 80
_PHONES = (390, 320)  # CSS pixels; 320 is what WCAG 2.1 (1.4.10, reflow) asks for
# What sticks out of the page to the right, innermost first. Regions that scroll by themselves (tables) may.
_STICKS_OUT = """(width) => {
  if (document.documentElement.scrollWidth <= width) return '';
  const scrolls = (one) => one && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX)
    || scrolls(one.parentElement));
  const out = [...document.body.querySelectorAll('*')]
    .filter((one) => (one.getBoundingClientRect().right > width + 1
      || one.getBoundingClientRect().left + one.scrollWidth > width + 1) && !scrolls(one.parentElement));
  const named = (one) => one.tagName.toLowerCase() + (one.id ? '#' + one.id : '');
  return out.slice(-3).reverse().map(named).join(', ') || 'the page';
}"""
# The stylesheet of a picture of a printed page: the paper, and a thin line around it.
_PAPER = """#set page(width: 21cm, height: auto, margin: 0pt)
#block(stroke: 0.5pt + gray, image("paper.pdf", page: 1, width: 100%))
"""


@dataclass(slots=True)
class Album:
    """Pictures in a folder; ``complaints`` are sentences about pages that do not fit on a phone."""

    folder: Path
    taken: list[Path] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def take(self, page: Page, name: str, *, whole: bool = True, of: str = "") -> None:
        """Photographs a page (``whole``: also what lies below the screen), or the element ``of`` it."""
        page.wait_for_function("() => [...document.images].every((image) => image.complete)")
        shot = page.locator(of).screenshot() if of else page.screenshot(full_page=whole)
        phone = page.viewport_size is not None and page.viewport_size["width"] == _PHONES[0]
        self._keep(name, Image.open(io.BytesIO(shot)), PHONE_WIDEST if phone else WIDEST)
        self._must_fit(page, name)

    def take_paper(self, pdf: bytes, name: str) -> None:
        """Photographs the first page of a PDF."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "paper.pdf").write_bytes(pdf)
            source = Path(folder, "paper.typ")
            source.write_text(_PAPER)
            drawn = typst.compile(str(source), format="png", ppi=110)
        self._keep(name, Image.open(io.BytesIO(drawn)))

    def _keep(self, name: str, picture: Image.Image, widest: int = WIDEST) -> None:
        picture = picture.crop((0, 0, picture.width, min(picture.height, round(picture.width * _TALLEST))))
        if picture.width > widest:
            height = round(picture.height * widest / picture.width)
            picture = picture.resize((widest, height), Image.Resampling.LANCZOS)
        file = self.folder / f"{len(self.taken) + 1:02}-{name}.jpg"
        picture.convert("RGB").save(file, "JPEG", quality=_QUALITY, optimize=True)
        self.taken.append(file)

    def _must_fit(self, page: Page, name: str) -> None:
        size = page.viewport_size
        if size is None:
            return
        for width in _PHONES:
            page.set_viewport_size({"width": width, "height": size["height"]})
            if out := page.evaluate(_STICKS_OUT, width):
                self.complaints.append(f"{name} is wider than a phone of {width} pixels: {out}.")
        page.set_viewport_size(size)
