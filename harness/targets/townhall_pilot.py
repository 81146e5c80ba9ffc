"""The reference town hall's pages of the pilot: the questions after an appointment, and the report of all of them."""

import re
from collections.abc import Sequence
from datetime import date

from playwright.sync_api import Page

from harness.targets.office import PilotReport

_QUESTIONS = ("ease", "quality", "satisfaction")
_BOOKED, _NO_SHOWS, _ANSWERS = 0, 2, 9  # places in the list of figures
_DAY = re.compile(r"(\d+)\.(\d+)\.(\d{4})")


def read_report(page: Page) -> PilotReport:
    """The figures of the open report. Raises ``ValueError`` where the page shows other ones."""
    days = [date(int(year), int(month), int(day)) for day, month, year in _DAY.findall(_first(page, "main"))]
    if len(days) < 2:
        raise ValueError(f"the page says: {' '.join(_first(page, 'main').split())[:200]}")
    start, end, *_ = days
    figures = [text.split()[0] for text in page.locator("dl.figures dd").all_inner_texts()]
    if len(figures) <= _ANSWERS:
        raise ValueError(f"the report has {len(figures)} figures")
    return PilotReport(start, end, int(figures[_BOOKED]), int(figures[_NO_SHOWS]), int(figures[_ANSWERS]))


def answer(page: Page, marks: Sequence[int]) -> None:
    """From the page that an appointment's link shows when it is over to the thanks."""
    page.click("main a[href$='/rueckmeldung']")
    for question, mark in zip(_QUESTIONS, marks, strict=True):
        page.check(f"[name={question}][value='{mark}']")
    page.click("#antworten")
    page.wait_for_selector("main[data-state=feedback-thanks]")


def _first(page: Page, selector: str) -> str:
    return page.locator(selector).first.inner_text()
