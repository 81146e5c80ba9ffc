"""The marks of stories as they stand in the source, and what they say must be played."""

import pytest

from harness.model.errors import BenchError
from harness.run import SCENARIOS
from harness.stories import Story, read_stories, stories_in, wanted

SOURCE = """
@pytest.mark.needed_for("E05", "E08", alone=True, also=("P02",))
@pytest.mark.story(de="So", en="So")
def test_beside(bench, asked):
    if asked("E05"):
        share()
    if asked("E08", "P02"):
        write()

def test_door(bench): ...

def helper(): ...
"""


def test_mark_and_parts_are_read() -> None:
    parts = (frozenset({"E05"}), frozenset({"E08", "P02"}))
    assert stories_in(SOURCE) == [Story("test_beside", ("E05", "E08"), ("P02",), True, parts), Story("test_door")]


def test_mark_that_is_made_up_elsewhere_is_refused() -> None:
    with pytest.raises(BenchError) as caught:
        stories_in("@pytest.mark.needed_for(*CHECKS)\ndef test_all(bench): ...\n")
    assert str(caught.value) == (
        "The checks that test_all is needed for cannot be read: write them as literals, not as *CHECKS."
    )


def test_every_scenario_is_read() -> None:
    written = sum(file.read_text("utf-8").count("\ndef test_") for file in SCENARIOS.glob("test_*.py"))
    assert len(read_stories(SCENARIOS)) == written


def test_check_that_no_story_names_is_served_by_the_regular_call() -> None:
    stories = [Story("call", ("*",)), Story("second", ("K04",)), Story("pages", ("P04",), alone=True), Story("door")]
    assert wanted(stories, ["E01"]) == [True, False, False, False]
    assert wanted(stories, ["K04", "P04"]) == [True, True, True, False]
    assert wanted(stories, ["P04"]) == [False, False, True, False]
