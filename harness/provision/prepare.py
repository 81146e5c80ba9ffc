"""The steps from a bare machine to a ready bench. Each knows cheaply whether it is done, and none is done twice."""

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.model.errors import ProvisionError
from harness.provision import browser, environment, janus, system, web
from harness.provision.run import Log


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` looks (microseconds, no processes); ``title`` says what ``do`` is about to do."""

    done: Callable[[Path], bool]
    title: Callable[[Path], str]
    do: Callable[[Path, Log], None]


STEPS = (
    Step(system.is_done, system.title, system.install),
    Step(janus.is_done, janus.title, janus.install),
    Step(environment.is_done, environment.title, environment.make),
    Step(browser.is_done, browser.title, browser.install),
    Step(web.is_done, web.title, web.build),
)


def prepare(root: Path) -> None:
    """Do what is missing in the checkout ``root`` and on its machine; nothing when all is there.

    Raises ``ProvisionError``, one sentence with the mend, at the first step that fails.
    """
    if all(step.done(root) for step in STEPS):
        return
    state = root / ".pruefstand"
    try:
        state.mkdir(exist_ok=True)
        with _alone(state / "lock"), (state / "provision.log").open("w", encoding="utf-8") as file:
            log = Log(file)
            for number, step in enumerate(STEPS, 1):
                if step.done(root):  # looked at anew: another start, or the step before, may have settled it
                    continue
                with log.heading(f"[{number}/{len(STEPS)}] {step.title(root)}"):
                    step.do(root, log)
    except OSError as error:
        place = error.filename or state
        raise ProvisionError(f"{place}: {error.strerror}; mend that and start again.") from error


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold ``lock`` (flock: a killed start cannot leave it locked), waiting for another start that holds it."""
    with lock.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another start is preparing the bench: waiting for it.", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
