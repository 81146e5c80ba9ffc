"""The pytest plugin: gives scenarios their bench, and keeps what became of each story."""

from collections.abc import Collection, Iterator

import pytest

from harness.bench import Bench
from harness.events import EventBus
from harness.model.errors import BenchError
from harness.model.observations import ScenarioResult

EVERY_CHECK = "*"
_ORDER = {EVERY_CHECK: 0, "K04": 1, "K12": 2}  # undisturbed calls, then disturbed ones, then everything else


def register_markers(config: pytest.Config) -> None:
    """The marks that scenarios carry."""
    config.addinivalue_line("markers", "story(de, en): the title of a scenario, for people")
    config.addinivalue_line("markers", "needed_for(*checks): the checks that need this scenario's evidence")


class ScenarioPlugin:
    """Lent to pytest for one run: a bench that is started already, and the checks that are wanted (empty: all)."""

    def __init__(self, bench: Bench, events: EventBus, only: Collection[str] = ()) -> None:
        self._bench = bench
        self._events = events
        self._only = set(only)
        self._total = 0
        self._done = 0
        self.failed = 0

    def pytest_configure(self, config: pytest.Config) -> None:
        register_markers(config)

    @pytest.fixture
    def bench(self) -> Bench:
        """The running bench."""
        return self._bench

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """With chosen checks, only the scenarios that give them evidence are played."""
        if self._only:
            kept = [item for item in items if self._wanted(item)]
            config.hook.pytest_deselected(items=[item for item in items if item not in kept])
            items[:] = kept
        items.sort(key=_urgency)
        self._total = len(items)

    def _wanted(self, item: pytest.Item) -> bool:
        mark = item.get_closest_marker("needed_for")
        return mark is not None and (EVERY_CHECK in mark.args or bool(self._only & set(mark.args)))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._events.tell(
            "scenario", nodeid.rsplit("::", 1)[-1].removeprefix("test_").replace("_", " "), self._done, self._total
        )

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        yield
        if call.when != "call" and call.excinfo is None:
            return
        if call.when != "call" and call.when != "setup":
            return
        mark = item.get_closest_marker("story")
        title = mark.kwargs if mark else {"de": item.name, "en": item.name}
        error = call.excinfo.value if call.excinfo else None
        outcome = (
            "passed" if error is None else "failed" if isinstance(error, (AssertionError, BenchError)) else "error"
        )
        self.failed += outcome != "passed"
        self._done += 1
        self._bench.store.add(
            ScenarioResult.model_validate(
                {
                    "name": item.name,
                    "title": title["de"],
                    "title_en": title["en"],
                    "outcome": outcome,
                    "sentence": _sentence(error),
                    "seconds": round(call.duration, 2),
                }
            )
        )


def _urgency(item: pytest.Item) -> int:
    """Undisturbed calls first: they give most evidence, and prove the taps on which the rest is judged."""
    mark = item.get_closest_marker("needed_for")
    return len(_ORDER) if mark is None else min(_ORDER.get(name, len(_ORDER) - 1) for name in mark.args)


def _sentence(error: BaseException | None) -> str:
    if error is None:
        return ""
    first = str(error).strip().splitlines()
    text = first[0] if first else type(error).__name__
    return text if isinstance(error, BenchError) else f"{type(error).__name__}: {text}"[:500]
