"""A page that never answers holds nobody up: its browsers are ended, and the next person gets fresh ones."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from harness.browsers import Browsers
from harness.media.canary import Canaries
from harness.person import Person
from tests.live.test_bodies_live import address

__all__ = ["address"]

pytestmark = pytest.mark.live

NEVER = 3600.0
BLOCKS = "() => { while (true); }"
BLOCKS_SOON = f"() => void setTimeout({BLOCKS}, 50)"


@pytest.fixture
def browsers(tmp_path: Path) -> Iterator[Browsers]:
    with Browsers() as browsers:
        browsers.start("guest", Canaries(tmp_path))
        yield browsers


def opens(browsers: Browsers, address: str) -> Person:
    person = browsers.person("guest")
    person.page.goto(address)
    return person


def test_page_without_end_is_ended_and_the_next_person_works(browsers: Browsers, address: str) -> None:
    stuck = opens(browsers, address)
    assert stuck.page.evaluate("1 + 1") == 2
    with browsers.within(3.0) as deadline:
        with pytest.raises(Error):
            stuck.page.evaluate(BLOCKS)
        assert deadline.over
        stuck.flush()  # what a call asks of its people at its end does not hang either, and says nothing
        stuck.http.read_answers()
        stuck.page.close()
        assert not stuck.leaves_page()
        with pytest.raises(Error):
            stuck.context.cookies()
    stuck.close()
    with browsers.within(NEVER) as deadline:
        next_one = opens(browsers, address)
        assert next_one.page.evaluate("1 + 1") == 2
        assert next_one.page.evaluate("typeof pruefstandBench") == "object", "without the bench's observer"
        assert next_one.http.urls
        next_one.close()
    assert not deadline.over


def test_end_that_nobody_waited_for_leaves_no_dead_browser(browsers: Browsers, address: str) -> None:
    """The bench was busy with something of its own when the time was over: it has not heard of the end yet."""
    opens(browsers, address)
    with browsers.within(0.1) as deadline:
        while not deadline.over:
            time.sleep(0.01)
    assert opens(browsers, address).page.evaluate("1 + 1") == 2


def test_page_that_is_stuck_when_the_run_ends_holds_up_nobody(tmp_path: Path, address: str) -> None:
    with Browsers() as browsers:
        browsers.start("guest", Canaries(tmp_path))
        stuck = opens(browsers, address)
        stuck.page.evaluate(BLOCKS_SOON)
        stuck.page.wait_for_timeout(200)
        stuck.leaves_page()  # whether that can be done is the browser's affair
        stuck.close()
