"""A made camera gives what a page wishes of it, and never more than it has."""

import json
from typing import Any

import pytest

from tests.media.test_strip import node

ALL = (640, 480, 30)


@pytest.mark.parametrize(
    ("wishes", "given"),
    [
        (True, ALL),
        ({}, ALL),
        ({"width": {"ideal": 1920}, "height": {"ideal": 1080}, "frameRate": {"ideal": 60}}, ALL),
        ({"width": {"ideal": 640}, "height": {"ideal": 480}, "frameRate": {"ideal": 30}}, ALL),
        ({"width": {"ideal": 640}, "height": {"ideal": 360}}, (480, 360, 30)),
        ({"width": 320, "frameRate": 15}, (320, 240, 15)),
        ({"height": {"min": 120, "ideal": 300, "max": 240}}, (320, 240, 30)),
        ({"width": {"exact": 160}, "frameRate": {"max": 20}}, (160, 120, 20)),
    ],
)
def test_a_page_gets_no_more_than_it_wishes(wishes: Any, given: tuple[int, int, int]) -> None:
    told = json.loads(node("wish", json.dumps(wishes)))
    assert (told["width"], told["height"], told["rate"]) == given
