"""``pruefstand sbom``: what the bench is made of."""

from pathlib import Path

from rich.console import Console

from harness.inventory.packages import inventory
from harness.inventory.page import render_page
from harness.inventory.sbom import render_sbom
from harness.model.errors import BenchError
from harness.run import ROOT, versions

SBOM, PAGE = Path("docs") / "sbom.cdx.json", Path("docs") / "licences.md"


def rendered(root: Path = ROOT) -> dict[Path, str]:
    """The files of the documentation that are made from the locks, by path."""
    components = inventory(root)
    return {SBOM: render_sbom(components, versions()["pruefstand"]), PAGE: render_page(components)}


def sbom(console: Console, *, write: bool) -> None:
    """Prints the bill of materials, or writes it and the page of licences into ``docs/``. Raises ``BenchError``."""
    files = rendered()
    if not write:
        console.out(files[SBOM], end="", highlight=False)
        return
    for path, text in files.items():
        try:
            (ROOT / path).write_text(text, "utf-8")
        except OSError as error:
            raise BenchError(f"{path} cannot be written ({error.strerror}).") from error
        console.print(str(path), markup=False, highlight=False)
