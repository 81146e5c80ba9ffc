"""A02 at its edges: margins of the moving picture and of lip-sync, and what the machine itself may be blamed for."""

import pytest

from harness.model.observations import (
    GlassMotion,
    LipSync,
)
from harness.model.outcome import Outcome
from tests.crypto_checks.changing import recorded
from tests.flaws.beside import QUALITY


@pytest.mark.parametrize(
    ("update", "outcome"),
    [
        ({"fps": 19.0}, Outcome.PASS),  # 20 a second, counted in whole pictures
        ({"fps": 18.9}, Outcome.FAIL),
        ({"fps": 18.9, "source_fps": 20.4}, Outcome.INCONCLUSIVE),
        ({"fps": 18.9, "source_fps": None}, Outcome.INCONCLUSIVE),
        ({"fps": 18.9, "busy": 0.84}, Outcome.FAIL),
        ({"fps": 18.9, "busy": 0.85}, Outcome.INCONCLUSIVE),
        ({"fps": 25.0, "busy": 1.0}, Outcome.PASS),  # a busy machine that manages all the same
        ({"width": 240, "height": 320}, Outcome.PASS),  # a phone held upright
        ({"width": 320, "height": 180}, Outcome.FAIL),
        ({"seconds": 2.9}, Outcome.INCONCLUSIVE),
        ({"frames": 0, "fps": 0.0}, Outcome.INCONCLUSIVE),
    ],
)
def test_margins_of_the_moving_picture(update: dict[str, object], outcome: Outcome) -> None:
    assert recorded("A02", GlassMotion, update, party="citizen", media="video").outcome is outcome


def test_slow_camera_is_named() -> None:
    finding = recorded("A02", GlassMotion, {"fps": 12.0, "source_fps": 12.5}, party="citizen", media="video")
    assert finding.sentence.en == (
        f"Not judged: the camera of the clerk itself delivered only 12.5 pictures a second, call {QUALITY}."
    )
    assert finding.sentence.de == (
        f"Nicht beurteilt: die Kamera der Amtsseite lieferte selbst nur 12,5 Bilder in der Sekunde, Gespräch {QUALITY}."
    )


@pytest.mark.parametrize(
    ("offsets", "source", "outcome"),
    [
        ((100.0, 105.0, 110.0), (4.0, 5.0, 7.0), Outcome.PASS),
        ((100.0, 106.0, 110.0), (4.0, 5.0, 7.0), Outcome.FAIL),
        ((180.0, 190.0, 200.0), (170.0, 175.0, 180.0), Outcome.PASS),  # late already at the source
        ((500.0, 500.0), (4.0, 5.0, 7.0), Outcome.INCONCLUSIVE),
        ((500.0, 500.0, 500.0), (), Outcome.INCONCLUSIVE),
    ],
)
def test_margins_of_lip_sync(offsets: tuple[float, ...], source: tuple[float, ...], outcome: Outcome) -> None:
    assert recorded("A02", LipSync, {"offsets_ms": offsets, "source_ms": source}).outcome is outcome


def test_a_machine_that_was_busy_itself_blames_nobody() -> None:
    late = {"offsets_ms": (500.0, 500.0, 500.0), "source_ms": (4.0, 5.0, 7.0), "busy": 0.97}
    finding = recorded("A02", LipSync, late)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == (
        "Not judged: the measuring machine itself was at least 85 % busy when picture or sound fell behind, "
        f"call {QUALITY}."
    )
    assert "zu mindestens 85 % ausgelastet" in finding.sentence.de
