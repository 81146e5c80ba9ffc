"""A figure is compared in a unit that is not that of its band, or without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality_checks.bands import load_bands
from quality_checks.catalogue import FIGURES
from quality_checks.figure import Figure
from quality_checks.span import measured_calls
from reports.compare.comparison import compare
from reports.compare.release import Ran, Release
from reports.compare.units import UNITS, measured
from reports.text import Words
from tests.quality_checks.calls import run

BANDS = load_bands()
CALLS = [run(), run(freezes=((10.0, 14.0),), loss=0.1, sound=300.0), run(after_key_change=3.0, vmaf=None)]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_each_figure_is_told_in_the_unit_of_its_band(figure: Figure) -> None:
    units = {
        BANDS[reading.band].unit
        for seen in CALLS
        for span in measured_calls(seen)
        for reading in figure.measured(seen, span, BANDS).readings
    }
    assert units == ({UNITS[figure.id]} if figure.id in UNITS else {"VMAF", "SSIM"})


@pytest.mark.parametrize(
    ("figure", "value", "said"),
    [
        ("Q01.whole", 51.425, "51.4\u00a0ms"),
        ("Q05.worst", 0.0312, "3.12\u00a0%"),
        ("Q11.whole", -0.000001, "0\u00a0%"),
        ("Q14.whole", 4.4, "4.40"),
        ("Q01.second", 12.0, "12"),
        ("E99.count", 1.23456, "1.235"),
    ],
)
def test_value_is_as_exact_as_many_runs_make_it(figure: str, value: float, said: str) -> None:
    assert measured(value, figure, Words("en")) == said


@pytest.mark.parametrize(("shift", "change"), [(-0.0053, "same"), (-0.5, "worse")])
def test_shift_that_is_told_as_nothing_is_no_change(shift: float, change: str) -> None:
    a, b = (
        Release(name, tuple(Ran(str(at), {}, {"Q13.whole": 93.8 + by + at * 1e-6}, {}) for at in range(8)))
        for name, by in (("A", 0.0), ("B", shift))
    )
    found = compare(a, b, {"Q13.whole": "more"})
    assert found.figures[0].chance < 0.01
    assert found.figures[0].change == change


@given(st.floats(-1e12, 1e12), st.text(max_size=8))
def test_any_name_and_value_gives_a_text(value: float, name: str) -> None:
    assert measured(value, name, Words("de"))
