"""What the tests of the reports share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.reports.samples import EvidenceMaker


@pytest.fixture
def maker() -> EvidenceMaker:
    """An empty evidence to fill."""
    return EvidenceMaker()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()
