"""The drawing itself."""

import dataclasses

import numpy as np

from harness.media.scene import LOOKS, draw_person, draw_room


def test_an_umlaut_is_drawn_with_its_dots() -> None:
    look = LOOKS["citizen"]
    with_dots = np.asarray(draw_room(look).convert("L"), np.int16)
    without = np.asarray(draw_room(dataclasses.replace(look, caption="Testbild Burgerin")).convert("L"), np.int16)
    rows, columns = np.nonzero(np.abs(with_dots - without) > 100)
    assert 4 <= len(rows) <= 40
    assert rows.min() >= 326  # inside the caption
    assert rows.max() <= 336  # above the letter
    assert columns.max() - columns.min() < 12


def test_blinking_and_speaking_change_the_face() -> None:
    faces = {
        draw_person(LOOKS["clerk"], eyes_open=eyes, mouth_open=mouth).tobytes()
        for eyes in (True, False)
        for mouth in (True, False)
    }
    assert len(faces) == 4
