"""Work with browsers has a limit: what never answers is ended, once it is over and not a moment after."""

import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import Any, cast

import psutil
import pytest

from harness.browsers import Browsers
from harness.deadline import Deadline, end_below, process_of
from harness.media.canary import Canaries
from harness.model.errors import TargetError
from harness.model.sentence import Sentence
from harness.wait import wait_until
from tests.harness.test_processes import is_dead

NEVER = 3600.0
SOON = 30.0  # seconds that no test waits for
TELLS_CHILD = (
    "import subprocess, sys; "
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True); "
    "sys.stdin.read()"
)


class Ender:
    """Stands for what ends browsers: counts, and tells when it was called so many times."""

    def __init__(self, wanted: int = 1) -> None:
        self.calls, self.thread = 0, ""
        self.done = threading.Event()
        self._wanted = wanted

    def __call__(self) -> None:
        self.calls += 1
        self.thread = threading.current_thread().name
        if self.calls == self._wanted:
            self.done.set()


def test_work_that_ends_in_time_loses_nothing() -> None:
    ender = Ender()
    with Deadline(NEVER, ender) as deadline:
        pass
    assert (deadline.over, ender.calls) == (False, 0)


def test_what_hangs_is_ended_from_another_thread_again_and_again() -> None:
    ender = Ender(wanted=3)  # a browser may have been starting when the first ones were ended
    with Deadline(0.0, ender, again=0.001) as deadline:
        assert ender.done.wait(SOON)
    assert deadline.over
    assert ender.thread == "deadline"


def test_nothing_is_ended_once_the_block_is_left() -> None:
    ender = Ender()
    with Deadline(0.0, ender, again=0.001):
        assert ender.done.wait(SOON)
    counted = ender.calls
    assert not any(thread.name == "deadline" for thread in threading.enumerate())
    assert ender.calls == counted


def test_leaving_waits_for_an_ending_that_has_begun() -> None:
    begun, go_on, after = threading.Event(), threading.Event(), []

    def ends() -> None:
        begun.set()
        go_on.wait(SOON)
        after.append("ended")

    deadline = Deadline(0.0, ends)
    with deadline:
        assert begun.wait(SOON)
        threading.Timer(0.05, go_on.set).start()
    assert after == ["ended"]
    assert deadline.over


@pytest.mark.parametrize("error", [KeyboardInterrupt, TargetError])
def test_interrupted_work_takes_its_deadline_along(error: type[BaseException]) -> None:
    ender = Ender()
    with pytest.raises(error), Deadline(NEVER, ender):
        raise error
    assert not any(thread.name == "deadline" for thread in threading.enumerate())
    assert ender.calls == 0


def test_inner_deadline_leaves_the_outer_one_its_time() -> None:
    inner_ender, outer_ender = Ender(), Ender()
    with Deadline(NEVER, outer_ender) as outer:
        with Deadline(0.0, inner_ender) as inner:
            assert inner_ender.done.wait(SOON)
        assert inner.over
    assert (outer.over, outer_ender.calls) == (False, 0)


def test_children_and_theirs_are_ended_and_nobody_else() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TELLS_CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as driver:
        assert driver.stdout is not None
        child = psutil.Process(int(driver.stdout.readline()))
        assert end_below(process_of(driver.pid)) == 1
        wait_until(lambda: is_dead(child), "The end of the child", SOON)
        assert driver.poll() is None
        driver.communicate()


def test_driver_that_is_gone_has_nobody_below_it() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as driver:
        known = process_of(driver.pid)
    assert end_below(known) == 0
    assert process_of(None) is None
    assert end_below(None) == 0


class FakeBrowser:
    """Stands for Playwright's, which says that it is there until it is closed."""

    def __init__(self) -> None:
        self.closed = False

    def is_connected(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


def test_browsers_of_before_are_forgotten_and_others_start_behind_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = FakeBrowser(), FakeBrowser()
    left = [first, second]
    monkeypatch.setattr("harness.browsers.launch", lambda *_, **__: left.pop(0))
    ended = threading.Event()
    monkeypatch.setattr("harness.browsers.end_below", lambda _: ended.set())
    canaries = cast(Canaries, SimpleNamespace(camera=lambda _: "film", voice=lambda _: "voice"))
    browsers = Browsers(_playwright=cast(Any, object()))
    assert cast(Any, browsers.start("clerk", canaries)) is first
    with browsers.within(0.0):
        assert ended.wait(SOON)
        with pytest.raises(TargetError, match="The time is over: no browser is started for the citizen any more"):
            browsers.start("citizen", canaries)
    assert first.closed
    assert cast(Any, browsers.start("clerk", canaries)) is second


def test_sentence_says_what_how_long_and_where_to_look() -> None:
    title = Sentence(de="Ein Anruf", en="A call")
    assert Deadline(600.0, Ender()).sentence(title, "both join call winterbach-1") == Sentence(
        de="„Ein Anruf“ war nach 10 Minuten nicht zu Ende (letzter Schritt: both join call winterbach-1), deshalb hat "
        "der Prüfstand die Browser beendet; zu prüfen ist, ob eine Seite des Ziels dabei nicht mehr antwortet (ein "
        "Skript ohne Ende) oder dieser Rechner zu langsam ist.",
        en="'A call' had not come to its end after 10 minutes (last step: both join call winterbach-1), so the bench "
        "ended its browsers: see whether a page of the target no longer answers there (a script without end), or this "
        "machine is too slow.",
    )
    assert "after 5 s, so" in Deadline(5.0, Ender()).sentence(title).en
