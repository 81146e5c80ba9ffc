"""Which stories are played for chosen checks, and in which order."""

from types import SimpleNamespace
from typing import Any, cast

from harness.bench import Bench
from harness.events import EventBus
from harness.plugin import ScenarioPlugin


class Story:
    """A collected story with its mark, or without one."""

    def __init__(self, name: str, *checks: str, alone: bool = False) -> None:
        self.name = name
        self._mark = SimpleNamespace(args=checks, kwargs={"alone": alone}) if checks else None

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        return self._mark if name == "needed_for" else None


def played(*only: str) -> list[str]:
    items = [
        Story("unmarked"),
        Story("retention", "P03", alone=True),
        Story("pages", "P04", "P09", alone=True),
        Story("faults", "K12"),
        Story("second call", "K04"),
        Story("extras", "E05", "P02"),
        Story("call", "*"),
    ]
    config = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None))
    plugin = ScenarioPlugin(cast(Bench, None), EventBus(), only)
    plugin.pytest_collection_modifyitems(cast(Any, config), cast(Any, items))
    return [item.name for item in items]


def test_without_a_choice_everything_is_played_and_deleting_comes_last() -> None:
    assert played() == ["call", "second call", "faults", "pages", "extras", "unmarked", "retention"]


def test_checks_of_pages_need_no_call() -> None:
    assert played("P09") == ["pages"]
    assert played("P03", "P04") == ["pages", "retention"]


def test_any_other_check_needs_the_undisturbed_call() -> None:
    assert played("E01") == ["call"]
    assert played("K12", "P09") == ["call", "faults", "pages"]
    assert played("P02") == ["call", "extras"]
