"""Every page that the bench writes, in a browser: axe finds nothing, no host is asked, no phone scrolls sideways."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from harness.cli.capacity import page_of
from harness.cli.compare import compare_runs, told
from harness.cli.history import keep_and_draw
from harness.model.outcome import Outcome
from harness.vantage.axe import examine
from reports import write_reports
from reports.capacity_page import write_capacity
from reports.inputs import Lang
from reports.quality_page import render_quality
from tests.load.test_capacity_result import result as capacity_result
from tests.reports.compare.stored import store_run
from tests.reports.samples import build
from tests.reports.test_quality_page import RESULT, SEEN

pytestmark = pytest.mark.live

Scheme = Literal["light", "dark"]
PHONE, DESK = 360, 1280  # pixels


def _report(folder: Path, lang: Lang) -> Path:
    return write_reports(build("plain-audio", lang), folder)["html"]


def _quality(folder: Path, lang: Lang) -> Path:
    page = folder / "quality.html"
    page.write_text(render_quality(RESULT, SEEN, lang), "utf-8")
    return page


def _capacity(folder: Path, lang: Lang) -> Path:
    write_capacity(page_of(capacity_result(), lang), folder / "capacity.html")
    return folder / "capacity.html"


def _releases(folder: Path) -> tuple[Path, Path]:
    """Six runs of each, the second slower and now and then bad."""
    for pair in range(1, 7):
        says = Outcome.FAIL if pair % 2 else Outcome.PASS
        store_run(folder / "a" / f"{pair}", pair=pair, figures={"Q01.whole": 100.0 + pair})
        store_run(folder / "b" / f"{pair}", pair=pair, figures={"Q01.whole": 160.0 + pair}, outcome=says)
    return folder / "a", folder / "b"


def _compare(folder: Path, lang: Lang) -> Path:
    before, after = _releases(folder)
    return Path(told(compare_runs(before, after, ("2.0", "2.1"), [], 0.02), folder / "compare", lang)[-1])


def _history(folder: Path, lang: Lang) -> Path:
    keep_and_draw([*_releases(folder)], folder / "history.sqlite", folder / "history.html", lang)
    return folder / "history.html"


PAGES: Mapping[str, Callable[[Path, Lang], Path]] = {
    "report": _report, "quality": _quality, "capacity": _capacity, "compare": _compare, "history": _history,
}  # fmt: skip


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light")])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_asks_nobody_and_fits(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: Scheme, lang: Lang
) -> None:
    file = PAGES[name](tmp_path, lang)
    page, asked = _opened(browser, file, width, scheme)
    for details in page.locator("details").all():
        details.evaluate("each => { each.open = true; }")
    found = examine(page, name)
    assert found.rules > 10
    assert found.violations == ()
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def _opened(browser: Browser, file: Path, width: int, scheme: Scheme) -> tuple[Page, list[str]]:
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return page, asked
