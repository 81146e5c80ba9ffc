"""Tries mutants: a process that has collected the tests is forked for each, and runs the tests that call its function.

What makes a verdict wrong is what one test leaves to the next. Readings of evidence are remembered (``Evidence.once``,
``lru_cache``): collecting the tests already judges, and whoever asks later is answered from memory, past the mutant. So
  - which test calls which function is told with the memory emptied before every test, or filled by the original and
    written down with what was called to fill it;
  - for a mutant of a module that others build on, every memory is emptied; only for a mutant of a judge, on which no
    other module builds, the readings of evidence stay: what it changes is not in them.
"""

import gc
import os
import resource
import signal
import time
import warnings
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from typing import Any

import pytest

from harness.model import evidence as model
from tests.mutants import switch
from tests.mutants.stock import function_of, module_of

KILLED, SURVIVED, TIMEOUT, UNTESTED = "killed", "survived", "timeout", "no test"
KEPT = ("clean_evidence", "evidence_with", "evidence_with_way")  # what tests remember, and no judge is asked for
_MEMORY = 3 << 30  # bytes more than now, for a mutant that never stops collecting


@dataclass
class Tried:
    """What became of a mutant: the test that noticed it, and the processor seconds that it took."""

    outcome: str
    by: str = ""
    seconds: float = 0.0


@dataclass
class Bench:
    """The collected tests, who of them calls what, and who noticed what lately."""

    items: list[pytest.Item]
    budget: float
    callers: dict[str, list[int]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    lately: dict[str, list[int]] = field(default_factory=dict)
    memories: list[tuple[str, Any]] = field(default_factory=list)
    evidence: list[model.Evidence] = field(default_factory=list)

    def prepare(self) -> None:
        """Run every test once as the code was written: who calls what, how long does it take, does it pass at all."""
        gc.unfreeze()  # the tests' conftest froze what there was, and frozen objects are not listed
        found = gc.get_objects()
        self.memories = [(one.__module__, one) for one in found if isinstance(one, _lru_cache_wrapper)]
        remembered = _remember_calls()
        self._forget_readings()
        for index, item in enumerate(self.items):
            self._forget_answers()
            switch.called = set()
            began = time.process_time()
            if not passes(item):
                raise SystemExit(f"fails without a mutant: {item.nodeid}")
            self.seconds.append(time.process_time() - began)
            for function in switch.called:
                self.callers.setdefault(function, []).append(index)
        switch.called = None
        model.Evidence.once = remembered  # type: ignore[method-assign]
        self._forget_answers()
        self.evidence = [one for one in gc.get_objects() if isinstance(one, model.Evidence)]
        gc.collect()
        gc.freeze()

    def _forget_answers(self, of: tuple[str, ...] = ("crypto_checks", "tests")) -> None:
        for module, memory in self.memories:
            if module.startswith(of) and memory.__name__ not in KEPT:
                memory.cache_clear()

    def _forget_readings(self) -> None:
        for one in self.evidence or [one for one in gc.get_objects() if isinstance(one, model.Evidence)]:
            one._read.clear()

    def order(self, function: str) -> list[int]:
        """Who may notice, in the order of asking: who noticed others of the function and module, then the quickest."""
        callers = set(self.callers.get(function, []))
        noticed = [*self.lately.get(function, []), *self.lately.get(module_of(function), [])]
        first = [index for index in dict.fromkeys(noticed) if index in callers]
        return [*first, *sorted(callers - set(first), key=lambda index: self.seconds[index])]

    def try_mutant(self, mutant: str) -> Tried:
        """Fork, switch on, run tests until one fails or the budget of processor seconds is used up."""
        order = self.order(function_of(mutant))
        if not order:
            return Tried(UNTESTED)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._child(mutant, order, writing)
        os.close(writing)
        with os.fdopen(reading, "r") as said:
            told = said.read().split()
        _, status, used = os.wait4(child, 0)
        seconds = used.ru_utime + used.ru_stime
        if not told or os.WIFSIGNALED(status):
            return Tried(TIMEOUT, "", seconds)
        if (index := int(told[-1])) < 0:
            return Tried(SURVIVED, "", seconds)
        for place in (function_of(mutant), module_of(mutant)):
            self.lately[place] = [index, *(other for other in self.lately.get(place, []) if other != index)][:12]
        return Tried(KILLED, self.items[index].nodeid, seconds)

    def _child(self, mutant: str, order: list[int], writing: int) -> None:
        try:
            gc.disable()
            warnings.simplefilter("error")
            with open("/proc/self/statm") as sizes:
                now = int(sizes.read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, now + _MEMORY))
            self._forget_answers(of=("tests",) if is_judge(module_of(mutant)) else ("crypto_checks", "tests"))
            if not is_judge(module_of(mutant)):
                self._forget_readings()
            switch.active = mutant
            began = time.process_time()
            for index in order:
                signal.setitimer(signal.ITIMER_PROF, 2.0 + 20 * self.seconds[index])
                if not passes(self.items[index]):
                    os.write(writing, f"{index}\n".encode())
                    os._exit(0)
                if time.process_time() - began > self.budget:
                    break
            os.write(writing, b"-1\n")
        finally:
            os._exit(1)


def is_judge(module: str) -> bool:
    """Whether a module is one check's own (``k07_...``): nothing but the catalogue builds on it."""
    name = module.rpartition(".")[2]
    return module.startswith("crypto_checks.") and name[:1].isalpha() and name[1:3].isdigit()


def passes(item: pytest.Item) -> bool:
    """Set up, call and tear down one test; a skipped one passes."""
    item._initrequest() if hasattr(item, "_initrequest") else None
    state = item.session._setupstate
    try:
        state.setup(item)
        item.runtest()
    except pytest.skip.Exception:
        return True
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - whatever it is, the test noticed
        return False
    finally:
        state.teardown_exact(None)
    return True


def _remember_calls() -> Callable[..., Any]:
    """While the tests are prepared: an answer from memory counts as calling what was called to find it."""
    written = model.Evidence.once
    calls: dict[tuple[int, Hashable], set[str]] = {}

    def once(self: model.Evidence, what: Hashable, read: Callable[[], Any]) -> Any:
        key = (id(self), what)
        if what in self._read:
            if switch.called is not None:
                switch.called |= calls.get(key, set())
            return self._read[what]
        before, switch.called = switch.called, set()
        try:
            self._read[what] = read()
            calls[key] = switch.called
        finally:
            switch.called = None if before is None else before | switch.called
        return self._read[what]

    model.Evidence.once = once  # type: ignore[method-assign]
    return written
