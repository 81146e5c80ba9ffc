"""A limit for work with browsers: what a page never answers ends when its browsers are ended, and nothing else ends it.

Playwright's ``evaluate`` has no time limit, so that a page whose script never ends would hold a run for ever. Its sync
API may be used from its own thread alone: a deadline's thread ends processes and does nothing else. The call that was
waiting then raises Playwright's error in the thread that made it.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

import psutil

from harness.model.sentence import Sentence

STORY = 600.0  # seconds: of 700 stories that were kept none took more than 171, in two Firefox on a busy machine
UNIT = ("Minuten", "minutes")
AGAIN = 1.0  # seconds after which is ended what was being started in the meantime


class Deadline:
    """Used with ``with``: after ``seconds`` inside it calls ``end``, from a thread of its own and again and again until
    the block is left. ``over`` says that it has come to that. Once the block is left nothing is ended any more."""

    def __init__(self, seconds: float, end: Callable[[], object], *, again: float = AGAIN) -> None:
        self.seconds = seconds
        self.over = False
        self._end, self._again = end, again
        self._left, self._ending = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="deadline", daemon=True)

    def __enter__(self) -> "Deadline":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._ending:
            self._left.set()
        self._thread.join()

    def _watch(self) -> None:
        wait = self.seconds
        while not self._left.wait(wait):
            with self._ending:  # whoever leaves just now waits until this is done, or was first
                if self._left.is_set():
                    return
                self.over = True
                self._end()
            wait = self._again

    def sentence(self, what: Sentence, last: str = "") -> Sentence:
        """What a report says of ``what`` (a title) that came to no end; ``last`` is the last step that was told."""
        long = self.seconds >= 120
        for_de, for_en = (f"{self.seconds / 60:.0f} {unit}" if long else f"{self.seconds:.0f} s" for unit in UNIT)
        step_de, step_en = (f" (letzter Schritt: {last})", f" (last step: {last})") if last else ("", "")
        return Sentence(
            de=f"„{what.de}“ war nach {for_de} nicht zu Ende{step_de}, deshalb hat der Prüfstand die Browser "
            "beendet; zu prüfen ist, ob eine Seite des Ziels dabei nicht mehr antwortet (ein Skript ohne Ende) oder "
            "dieser Rechner zu langsam ist.",
            en=f"'{what.en}' had not come to its end after {for_en}{step_en}, so the bench ended its "
            "browsers: see whether a page of the target no longer answers there (a script without end), or this "
            "machine is too slow.",
        )


def process_of(pid: int | None) -> psutil.Process | None:
    """The process by its id and its start, so that another one with the same id is never taken for it."""
    with suppress(psutil.Error):
        return psutil.Process(pid) if pid else None
    return None


def end_below(parent: psutil.Process | None) -> int:
    """Ends every process that descends from this one, but not itself; returns how many there were."""
    if parent is None or not parent.is_running():
        return 0
    ended = 0
    with suppress(psutil.Error):
        for child in parent.children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
                ended += 1
    return ended
