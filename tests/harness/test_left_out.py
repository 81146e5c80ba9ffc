"""A story that a target cannot play is left out, and the evidence says so."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.bench import Bench
from harness.events import EventBus
from harness.model.observations import ScenarioResult
from harness.plugin import ScenarioPlugin


class Story:
    """A collected story that asks for an office."""

    name = "test_hours"

    def get_closest_marker(self, name: str) -> SimpleNamespace | None:
        marks = {
            "asks_for": SimpleNamespace(args=("office",)),
            "story": SimpleNamespace(kwargs={"de": "Öffnungszeiten", "en": "Opening hours"}),
        }
        return marks.get(name)


@pytest.mark.parametrize("offered", [True, False])
def test_story_without_its_part_is_not_played(offered: bool) -> None:
    kept: list[ScenarioResult] = []
    deselected: list[Story] = []
    bench = SimpleNamespace(
        deployment=SimpleNamespace(office=object() if offered else None), store=SimpleNamespace(add=kept.append)
    )
    config = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: deselected.extend(items)))
    items = [Story()]
    plugin = ScenarioPlugin(cast(Bench, bench), EventBus())
    plugin.pytest_collection_modifyitems(cast(Any, config), cast(Any, items))
    assert bool(items) == offered
    assert bool(deselected) != offered
    assert [(result.outcome, result.title_en) for result in kept] == ([] if offered else [("skipped", "Opening hours")])
    assert all("office" in result.sentence for result in kept)
    assert plugin.failed == 0
