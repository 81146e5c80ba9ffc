"""Twenty appointments at once over two town halls, on this one machine: bots hold nineteen, two browsers the last."""

from pathlib import Path

import pytest

from harness.events import EventBus
from load.appointments import HOLD_SECONDS, PACKETS, hold

pytestmark = pytest.mark.live


def test_twenty_appointments_stand_at_the_same_time(tmp_path: Path) -> None:
    held = hold(20, tmp_path, EventBus())
    assert held.appointments == 20
    assert len(held.packets) == 2 * 19
    assert min(held.packets) >= PACKETS, f"a bot heard only {min(held.packets)} packets in {HOLD_SECONDS:.0f} s"
