"""The accelerated call with real browsers and servers: what a long call does, and no memory grows in it."""

from pathlib import Path

import pytest

from load.endurance.flatness import LIMITS, MIN_POINTS, judge, sentence
from load.endurance.play import play
from load.endurance.samples import FILE, names, read

pytestmark = [pytest.mark.live, pytest.mark.long]

MINUTES = 16
SECONDS = 45.0  # from the first sample on; servers, browsers and joining come before it


def test_memory_of_pages_workers_and_servers_stays_flat_in_an_accelerated_call(tmp_path: Path) -> None:
    told: list[str] = []
    played = play(tmp_path, MINUTES, accelerated=True, seconds=SECONDS, tell=told.append)
    assert not played.died, played.died
    assert read(tmp_path / FILE) == played.samples
    seen = {name.partition("/")[0] for name in names(played.samples)}
    assert set(LIMITS) <= seen, "a kind of memory was not seen at all"
    assert {name for name in names(played.samples) if name.startswith(("heap/", "worker/"))} == {
        "heap/clerk", "heap/citizen", "worker/clerk", "worker/citizen",
    }  # fmt: skip
    assert {"form edits", "lines of chat", "mutes", "lost connections", "shared screens"} <= set(played.done)
    growths = judge(played.samples, accelerated=True)
    assert all(each.points >= MIN_POINTS for each in growths)
    growing = [each for each in growths if each.outcome == "grows"]
    assert not growing, f"{sentence(growths, played.samples[-1].minute, accelerated=True)} {growing}"
