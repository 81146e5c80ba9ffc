"""Which stories are played for chosen checks, and what a story is told of the choice."""

from types import SimpleNamespace
from typing import Any

from harness.plugin import ScenarioPlugin


def mark(*checks: str, **more: object) -> Any:
    """The mark ``needed_for``, as pytest hands it over."""
    return SimpleNamespace(args=checks, kwargs=more)


STORIES = {
    "call": mark("*"),
    "second": mark("K04"),
    "beside": mark("E08", "K09", alone=True, also=("P02",)),
    "door": None,
}


def played(*checks: str) -> list[str]:
    """The stories that a run with these checks plays."""

    def item(name: str, needed_for: Any) -> Any:
        return SimpleNamespace(name=name, get_closest_marker={"needed_for": needed_for}.get)

    bench: Any = None
    events: Any = None
    config: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None))
    items = [item(name, needed_for) for name, needed_for in STORIES.items()]
    ScenarioPlugin(bench, events, checks).pytest_collection_modifyitems(config, items)
    return [one.name for one in items]


def test_story_that_serves_alone_is_played_alone() -> None:
    assert played("E08") == ["beside"]
    assert played("K09", "E08") == ["beside"]


def test_check_that_needs_more_gets_both() -> None:
    assert set(played("P02")) == {"call", "beside"}
    assert set(played("E08", "E01")) == {"call", "beside"}


def test_without_a_choice_everything_is_played() -> None:
    assert set(played()) == set(STORIES)
