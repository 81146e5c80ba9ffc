"""What the probe's people saw, as figures: the worse of both, and nothing where nothing was to be seen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.glass_motion import LAP, glass_to_glass
from load.measure.probe import figures_of

EVERY = 500.0  # ms between two patches


def report(origin: float, delay: float, *, fps: float = 25.0, stood: float = 0.0, marks: int = 16) -> dict[str, Any]:
    """A page that draws from its own zero on, and sees the other's patches ``delay`` ms later."""
    drawn = [{"which": at % 4, "at": EVERY * at} for at in range(marks)]
    seen = [{"which": at % 4, "at": EVERY * at + delay} for at in range(marks)]
    picture = {"fps": fps, "stood": stood, "moments": seen}
    return {"origin": origin, "length": 8000.0, "source": {"moments": drawn}, "pictures": [picture]}


def test_the_worse_glass_counts() -> None:
    reports = {"clerk": report(1000.0, 120.0), "citizen": report(1000.0, 180.0, fps=21.0, stood=400.0)}
    found = figures_of(reports, {"clerk": (10.0, 1000.0), "citizen": (0.0, 1000.0)})
    assert found == {
        "probe_glass_to_glass_ms": 180.0, "probe_frames_per_second": 21.0, "probe_frozen": 0.05,
        "probe_concealed": 0.01,
    }  # fmt: skip


def test_page_without_a_picture_stands_still_and_has_no_delay() -> None:
    blind = report(0.0, 100.0) | {"pictures": []}
    found = figures_of({"clerk": report(0.0, 100.0), "citizen": blind}, {"clerk": (0.0, 1.0), "citizen": (0.0, 0.0)})
    assert found == {
        "probe_glass_to_glass_ms": None, "probe_frames_per_second": 0.0, "probe_frozen": 1.0, "probe_concealed": None,
    }  # fmt: skip


def test_pages_that_have_ended_say_nothing() -> None:
    assert set(figures_of({}, {}).values()) == {None}


def test_few_marks_are_no_delay() -> None:
    reports = {"clerk": report(0.0, 100.0, marks=3), "citizen": report(0.0, 100.0)}
    assert figures_of(reports, {})["probe_glass_to_glass_ms"] is None


@given(delay=st.floats(1.0, LAP - 1), apart=st.floats(-1e6, 1e6))
def test_delay_is_that_of_the_page_whatever_the_pages_zeros(delay: float, apart: float) -> None:
    """Two pages count from when they were opened: what they tell is put on one clock."""
    source = report(5e6, 0.0)
    glass = report(5e6, delay)
    glass["origin"] += apart
    for mark in glass["pictures"][0]["moments"]:
        mark["at"] -= apart
    found = list(glass_to_glass(source, glass))
    assert len(found) == 16
    assert found == pytest.approx([delay] * 16, abs=0.2)
