"""The pytest plugin: gives scenarios their bench, and keeps what became of each story."""

import time
from collections.abc import Callable, Collection, Iterator

import pytest

from harness.bench import Bench
from harness.deadline import STORY, Deadline
from harness.events import Event, EventBus
from harness.model.errors import BenchError
from harness.model.observations import ScenarioResult, StoryCut
from harness.model.sentence import Sentence
from harness.stories import EVERY_CHECK, Story, wanted

# Undisturbed calls, then disturbed ones, then everything else; what deletes appointments (P03) at the very end.
_ORDER = {EVERY_CHECK: 0, "K04": 1, "K12": 2, "P03": 9}
_OTHERS, _UNMARKED = 3, 4


def register_markers(config: pytest.Config) -> None:
    """The marks that scenarios carry."""
    config.addinivalue_line("markers", "story(de, en): the title of a scenario, for people")
    config.addinivalue_line("markers", "asks_for(part): the part of a deployment that the scenario cannot do without")
    config.addinivalue_line(
        "markers",
        'needed_for(*checks): the checks that need this scenario\'s evidence; "*": all but those that some scenario '
        "with alone=True gives everything to; also: checks that need other scenarios' evidence, too",
    )


class ScenarioPlugin:
    """Lent to pytest for one run: a bench that is started already, and the checks that are wanted (empty: all).

    ``limit`` are the seconds after which a story is ended that has not come to its end.
    """

    def __init__(self, bench: Bench, events: EventBus, only: Collection[str] = (), limit: float = STORY) -> None:
        self._bench = bench
        self._events = events
        self._only = set(only)
        self._limit = limit
        self._deadline: Deadline | None = None
        self._began_at = 0.0
        self._last = ""  # step that was told in the story
        self._alone: set[str] = set()
        self._total = 0
        self._done = 0
        self.failed = 0

    def pytest_configure(self, config: pytest.Config) -> None:
        register_markers(config)

    @pytest.fixture(scope="session")
    def bench(self) -> Bench:
        """The running bench."""
        return self._bench

    @pytest.fixture
    def asked(self) -> Callable[..., bool]:
        """``asked("E05", "K09")``: whether this run wants evidence for one of these checks."""
        return lambda *checks: not self._only or bool(self._only & set(checks))

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """With chosen checks, only the scenarios that give them evidence are played."""
        stories = [_story(item) for item in items]
        self._alone = {check for story in stories if story.alone for check in story.needed_for}
        if self._only:
            played = wanted(stories, self._only)
            kept = [item for item, is_played in zip(items, played, strict=True) if is_played]
            config.hook.pytest_deselected(items=[item for item in items if item not in kept])
            items[:] = kept
        self._leave_out(config, items)
        items.sort(key=_urgency)
        self._total = len(items)

    def _leave_out(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Stories of what the target does not offer are not played, and the evidence says so."""
        left_out = []
        for item in items:
            mark = item.get_closest_marker("asks_for")
            if mark is not None and getattr(self._bench.deployment, mark.args[0]) is None:
                left_out.append(item)
                self._keep(item, "skipped", f"This target does not offer what the story needs ({mark.args[0]}).", 0.0)
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in left_out]

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._events.tell(
            "scenario", nodeid.rsplit("::", 1)[-1].removeprefix("test_").replace("_", " "), self._done, self._total
        )

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """A story, what is prepared for it and what is cleared up behind it, has a time in which it must end."""
        self._began_at, self._last = time.time(), ""
        self._events.listeners.append(self._heard)
        try:
            with self._bench.browsers.within(self._limit) as self._deadline:
                yield
        finally:
            self._events.listeners.remove(self._heard)
            self._deadline = None

    def _heard(self, event: Event) -> None:
        over = self._deadline is not None and self._deadline.over  # what comes behind it is no step that hung
        if event.step != "scenario" and not over:
            self._last = event.text

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        yield
        if call.when != "call" and call.excinfo is None:
            return
        if call.when != "call" and call.when != "setup":
            return
        error = call.excinfo.value if call.excinfo else None
        if self._deadline is not None and self._deadline.over:
            self._cut(item, self._deadline, round(call.duration, 2))
            return
        outcome = (
            "passed" if error is None else "failed" if isinstance(error, (AssertionError, BenchError)) else "error"
        )
        self.failed += outcome != "passed"
        self._done += 1
        self._keep(item, outcome, _sentence(error), round(call.duration, 2))

    def _cut(self, item: pytest.Item, deadline: Deadline, seconds: float) -> None:
        """A story whose browsers the bench ended has failed, whatever it came to: what it shows is half."""
        self.failed += 1
        self._done += 1
        serves = tuple(sorted(_story(item).serves))
        self._bench.store.add(
            StoryCut(
                name=item.name, limit=deadline.seconds, began_at=self._began_at, checks=serves,
                others=tuple(sorted(self._alone)),
            )
        )  # fmt: skip
        said = deadline.sentence(Sentence(**_title(item)), self._last)
        self._keep(item, "failed", said.en, seconds, said.de)

    def _keep(self, item: pytest.Item, outcome: str, sentence: str, seconds: float, german: str = "") -> None:
        title = _title(item)
        self._bench.store.add(
            ScenarioResult.model_validate(
                {
                    "name": item.name,
                    "title": title["de"],
                    "title_en": title["en"],
                    "outcome": outcome,
                    "sentence": sentence,
                    "sentence_de": german,
                    "seconds": seconds,
                }
            )
        )


def _title(item: pytest.Item) -> dict[str, str]:
    mark = item.get_closest_marker("story")
    return dict(mark.kwargs) if mark else {"de": item.name, "en": item.name}


def _story(item: pytest.Item) -> Story:
    mark = item.get_closest_marker("needed_for")
    if mark is None:
        return Story(item.name)
    return Story(item.name, mark.args, tuple(mark.kwargs.get("also", ())), bool(mark.kwargs.get("alone")))


def _urgency(item: pytest.Item) -> int:
    """Undisturbed calls first: they give most evidence, and prove the taps on which the rest is judged."""
    mark = item.get_closest_marker("needed_for")
    return _UNMARKED if mark is None else min(_ORDER.get(name, _OTHERS) for name in mark.args)


def _sentence(error: BaseException | None) -> str:
    if error is None:
        return ""
    first = str(error).strip().splitlines()
    text = first[0] if first else type(error).__name__
    return text if isinstance(error, BenchError) else f"{type(error).__name__}: {text}"[:500]
