"""Charts in a real browser: zoomed by key and pointer, the address follows, paper shows the whole, axe is content."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from harness.vantage.axe import examine
from reports.inputs import Lang
from reports.quality_page import render_quality
from tests.reports.test_quality_page import RESULT, SEEN

pytestmark = pytest.mark.live


def opened(browser: Browser, folder: Path, place: str, lang: Lang = "de", **how: Any) -> tuple[Page, list[str]]:
    """The page on quality at an address, and what its browser complains of or asks for."""
    file, told = folder / "quality.html", list[str]()
    file.write_text(render_quality(RESULT, SEEN, lang), "utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 900}, reduced_motion="reduce", **how)
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("data:", "file:")) else told.append(request.url))
    page.goto(f"{file.as_uri()}#{place}")
    return page, told


def test_a_link_to_a_second_opens_its_call_and_says_the_values_there(browser: Browser, tmp_path: Path) -> None:
    page, told = opened(browser, tmp_path, "call-lift-2@20")
    call = page.locator("#call-lift-2")
    assert call.get_attribute("open") is not None
    assert "Sekunde des Gesprächs 20" in call.locator(".said").inner_text()
    assert "120\u00a0ms" in call.locator(".said").inner_text()
    # the line stands where the drawing has that second
    box, line = call.locator(".stage").bounding_box(), call.locator(".glass i").first.bounding_box()
    assert box
    assert line
    assert abs(line["x"] - box["x"] - box["width"] * (76 + (838 - 76) * 20 / 40) / 860) < 2
    assert told == []
    page.close()


def test_keys_and_pointer_zoom_and_the_address_follows(browser: Browser, tmp_path: Path) -> None:
    page, told = opened(browser, tmp_path, "call-lift-1@20")
    call = page.locator("#call-lift-1")
    whole, part = call.locator("img.chart").first, call.locator("img.zoomed")
    assert not part.is_visible()
    call.locator(".glass").press("+")
    assert page.url.endswith("#call-lift-1@10~30@20")
    assert part.is_visible()
    assert not whole.is_visible()
    assert part.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.emulate_media(media="print")
    assert whole.is_visible()
    assert not part.is_visible()
    page.emulate_media(media="screen")
    call.locator(".glass").press("0")
    assert page.url.endswith("#call-lift-1@20")
    box = call.locator(".glass").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 3 / 4, box["y"] + 60)
    page.mouse.up()
    assert "~" in page.url
    assert told == []
    page.close()


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_zoomed_chart(browser: Browser, tmp_path: Path, lang: Lang, scheme: str) -> None:
    page, _ = opened(browser, tmp_path, "call-lift-1@10~30@20", lang, color_scheme=scheme, bypass_csp=True)
    assert examine(page, "quality").violations == ()
    page.close()


def test_on_a_phone_letters_can_be_read_and_the_chart_alone_goes_sideways(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, tmp_path, "call-lift-2@20")
    page.set_viewport_size({"width": 390, "height": 800})
    call = page.locator("#call-lift-2")
    drawn = call.locator("img.chart").first.evaluate("image => image.clientWidth / image.naturalWidth")
    assert 13 * drawn >= 9, "pixels of the chart's letters"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    bar = call.locator(".zoom-bar").bounding_box()
    assert bar
    assert bar["x"] + bar["width"] <= 390
    call.locator(".wide").evaluate("each => { each.scrollLeft = 150; }")
    line, box = call.locator(".glass i").first.bounding_box(), call.locator(".wide").bounding_box()
    assert line
    assert box
    assert box["x"] < line["x"] < box["x"] + box["width"], "the marked second can be brought into sight"
    page.close()
