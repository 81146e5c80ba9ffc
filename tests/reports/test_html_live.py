"""The page in a real browser: no request, no violation of its own policy, nothing cut off on a telephone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from reports import write_reports
from tests.reports.samples import build

pytestmark = pytest.mark.live

_CONTRAST = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(v => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => { for (let n = node; n; n = n.parentElement) {
    const c = parse(getComputedStyle(n).backgroundColor); if (c.length === 3 || c[3] === 1) return c; }
    return [255, 255, 255]; };
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || node.closest('style')) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(ratio.toFixed(2) + ' ' + walk.currentNode.data.trim().slice(0, 40));
  }
  return low;
}"""


@pytest.mark.parametrize("case", ["clean", "plain-audio", "tap-silent"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_page_opens_without_request_overflow_or_low_contrast(
    browser: Browser, tmp_path: Path, case: str, width: int, scheme: Any
) -> None:
    path = write_reports(build(case), tmp_path)["html"]
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(_CONTRAST) == []
    assert page.evaluate("[...document.images].filter(image => !image.naturalWidth).length") == 0
    page.close()


def test_paper_shows_what_is_folded_on_the_screen(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(write_reports(build("clean"), tmp_path)["html"].as_uri())
    first = page.locator("table.evidence").first
    assert not first.is_visible()
    page.emulate_media(media="print")
    assert first.is_visible()
    page.close()
