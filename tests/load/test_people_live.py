"""What a page or its worker keeps is measured in bytes, and what it lets go is not: the sampler is not blind."""

from collections.abc import Iterator

import pytest

from harness.browsers import Browsers
from harness.media.canary import Canaries
from load.endurance.flatness import MIB
from load.endurance.people import Person, person

pytestmark = pytest.mark.live

_PAGE = """<!doctype html><title>leak</title><script>
self.kept = [];
const code = 'self.kept = []; onmessage = ({data}) => { data ? kept.push(new Array(data).fill(0.5)) : (kept = []);' +
  ' postMessage(0); }';
self.worker = new Worker(URL.createObjectURL(new Blob([code])));
self.tellWorker = (size) => new Promise((done) => { worker.onmessage = done; worker.postMessage(size); });
</script>"""
_NUMBERS = 500_000  # of 8 bytes in an array of doubles (a few MiB)
_BYTES = 8 * _NUMBERS


@pytest.fixture(scope="module")
def leaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with Browsers() as browsers:
        canaries = Canaries(tmp_path_factory.mktemp("canaries"), shrink=2)
        somebody = person(browsers.start("guest", canaries), "guest")
        somebody.page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=_PAGE))
        somebody.page.goto("http://127.0.0.1:9/")
        somebody.page.evaluate("tellWorker(0)")
        yield somebody
        somebody.closes()


def test_what_a_page_keeps_is_in_its_heap_until_it_lets_go(leaking: Person) -> None:
    before = sum(leaking.heap().values())
    leaking.page.evaluate(f"void kept.push(new Array({_NUMBERS}).fill(0.5), new ArrayBuffer({_BYTES}))")
    kept = sum(leaking.heap().values()) - before
    assert 2 * _BYTES - MIB < kept < 2 * _BYTES + MIB, "an array and a buffer of the same size"
    leaking.page.evaluate("void (kept = [])")
    assert abs(sum(leaking.heap().values()) - before) < MIB


def test_what_a_worker_keeps_is_in_its_heap_and_not_in_the_pages(leaking: Person) -> None:
    page, worker = sum(leaking.heap().values()), sum(leaking.worker_heap().values())
    assert worker > 0
    leaking.page.evaluate(f"tellWorker({_NUMBERS})")
    assert _BYTES - MIB < sum(leaking.worker_heap().values()) - worker < _BYTES + MIB
    assert abs(sum(leaking.heap().values()) - page) < MIB
    leaking.page.evaluate("tellWorker(0)")
    assert abs(sum(leaking.worker_heap().values()) - worker) < MIB


def test_nodes_that_no_document_shows_are_counted_until_they_are_let_go(leaking: Person) -> None:
    before, _ = leaking.counters()
    leaking.page.evaluate("void kept.push(...Array.from({length: 500}, () => document.createElement('p')))")
    assert leaking.counters()[0] - before >= 500
    leaking.page.evaluate("void (kept = [])")
    leaking.heap()  # collects the garbage
    assert leaking.counters()[0] - before < 100


def test_a_worker_that_ended_is_no_longer_asked(leaking: Person) -> None:
    assert len(leaking.workers) == 1
    leaking.page.evaluate("worker.terminate()")
    leaking.page.wait_for_timeout(300)
    assert leaking.workers == []
    assert leaking.worker_heap() == {}
