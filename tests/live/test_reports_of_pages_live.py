"""What pages tell comes in reports of bounded size, one at a time: the bench's own calls never wait behind a heap."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from harness.browsers import Browsers
from harness.driver_pipe import WIDE, widen
from harness.media.canary import Canaries
from harness.person import Person
from harness.vantage.tapped import Tapped
from harness.wait import wait_until
from tests.live.test_bodies_live import address

__all__ = ["address"]

pytestmark = pytest.mark.live

LARGEST = 512 * 1024 + 100_000  # characters of one report: what page.js puts into one, and the names in it
HEAP = 1000
TELLS = """(count) => {
    const worker = new BroadcastChannel('pruefstand-tap'), data = 'AAAA'.repeat(5000);
    for (let at = 0; at < count; at++) worker.postMessage([{t: 'body', url: '/' + at, data}]);
}"""


@pytest.fixture
def person(address: str, tmp_path: Path) -> Iterator[Person]:
    with Browsers() as browsers:
        browsers.start("guest", Canaries(tmp_path))
        person = browsers.person("guest")
        person.page.goto(address)
        yield person
        person.close()


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The characters of every report that a page sends from now on."""
    seen: list[int] = []
    take = Tapped.take

    def noting(tapped: Tapped, text: str) -> None:
        seen.append(len(text))
        take(tapped, text)

    monkeypatch.setattr(Tapped, "take", noting)
    return seen


def _told(person: Person) -> list[str]:
    return [url for url, _ in person.tapped.bodies]


def test_heap_comes_whole_in_order_and_in_small_reports(person: Person, sizes: list[int]) -> None:
    person.page.evaluate(TELLS, HEAP)

    def whole() -> bool:
        person.flush()
        return len(person.tapped.bodies) >= HEAP

    wait_until(whole, "The whole heap at the bench", 60)
    assert _told(person) == [f"/{at}" for at in range(HEAP)]
    assert max(sizes) <= LARGEST
    assert len(sizes) >= HEAP * 20_000 // LARGEST


def test_a_look_is_answered_while_a_heap_is_told(person: Person, sizes: list[int]) -> None:
    person.page.evaluate(TELLS, HEAP)
    assert person.page.evaluate("1 + 1") == 2
    assert sum(sizes) < HEAP * 20_000 // 2, "the look waited until most of the heap had come"


def test_pipe_to_the_driver_is_found_and_made_wide() -> None:
    manager = sync_playwright()
    with manager:
        assert widen(manager) >= WIDE
