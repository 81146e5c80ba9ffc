"""The hostile strings in a real browser: no script runs, nothing is asked for, nothing leaves its place on the page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

import reports
from harness.model.outcome import Outcome
from reports.html import packed, render_html
from reports.text import Words
from tests.reports.hostile import HOSTILE, MARK
from tests.reports.samples import verdict
from tests.reports.test_hostile import kept
from tests.reports.test_html import hostile_input

pytestmark = pytest.mark.live
OURS = packed((Path(reports.__file__).parent / "templates/page.js").read_text("utf-8"))
PARTS = 8  # pages; each has an eighth of the strings, and one of them in every place that a target can fill


def pages() -> list[str]:
    made = []
    for part in range(PARTS):
        texts = [kept(text) for text in HOSTILE[part::PARTS]]
        given = hostile_input(texts[0])
        cited = given.verdicts[0].finding.records
        said = [verdict(f"X{number:03d}", Outcome.FAIL, text, text, cited) for number, text in enumerate(texts)]
        made.append(render_html(replace(given, verdicts=[*given.verdicts, *said])))
    return made


def test_no_hostile_string_runs_or_asks_for_anything(tmp_path: Path) -> None:
    asked: list[str] = []
    told: list[str] = []

    def dismissed(dialog: Any) -> None:
        told.append(dialog.message)
        dialog.dismiss()

    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", dismissed)
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        for number, html in enumerate(pages()):
            file = tmp_path / f"{number}.html"
            file.write_text(html, "utf-8")
            # the page's own policy would stop a script; without it, too, there must be none but ours
            bare = tmp_path / f"{number}-bare.html"
            bare.write_text(html.replace("Content-Security-Policy", "x-without"), "utf-8")
            for path in (file, bare):
                page.goto(path.as_uri())
                assert page.evaluate(f"window.{MARK}") is None
                assert page.evaluate("[...document.scripts].map(each => each.text)") == [OURS]
                shown = page.evaluate("document.body.innerText")
                for text in HOSTILE[number::PARTS]:
                    said = Words("de").short(kept(text), 40).partition(" … ")[0]
                    assert said in shown or not said.strip(), ascii(text[:80])
        browser.close()
    assert told == []
    assert [url for url in asked if not url.startswith(("data:", tmp_path.as_uri()))] == []
