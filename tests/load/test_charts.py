"""The charts: well-formed, inside their frame, the same in both languages, and said in words as well."""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.capacity.charts.curve import capacity_chart
from load.capacity.charts.demand import demand_chart
from load.capacity.charts.drawing import Chart
from load.capacity.charts.regions import plan_chart
from load.capacity.charts.scale import Scale, steps, ticks
from load.capacity.objectives import load_objectives
from load.capacity.result import CapacityResult, make_result
from load.capacity.search import search
from load.capacity.words import LANGUAGES, Language
from load.municipality.calendar import load_municipality
from load.municipality.demand import week_demand
from tests.load.plans import example_plan
from tests.load.servers import SimulatedServer

SVG = "{http://www.w3.org/2000/svg}"
OBJECTIVES = load_objectives()


@cache
def result(capacity: int = 131, generator: int = 10**9, name: str = "Winterbach") -> CapacityResult:
    municipality = load_municipality("winterbach").model_copy(update={"name": name})
    found = search(SimulatedServer(capacity, 0.05, 3, generator=generator), OBJECTIVES)
    return make_result(found, OBJECTIVES, week_demand(municipality, 1, days=60))


def charts(lang: Language) -> Iterator[Chart]:
    yield capacity_chart(result(), lang)
    yield capacity_chart(result(400, 100), lang)
    yield capacity_chart(result(3), lang)
    yield demand_chart(result(), lang)
    yield demand_chart(result(1), lang)
    yield plan_chart(example_plan(), lang)


def tags(chart: Chart) -> list[str]:
    return [element.tag for element in ElementTree.fromstring(chart.svg).iter()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_says_in_words_what_it_shows(lang: Language) -> None:
    for chart in charts(lang):
        root = ElementTree.fromstring(chart.svg)
        assert (root.tag, root.get("role"), root.get("lang")) == (f"{SVG}svg", "img", lang)
        assert root.findtext(f"{SVG}title") == chart.title
        assert root.findtext(f"{SVG}desc") == chart.alternative
        assert len(chart.alternative) > 80


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_drawn_inside_the_frame(lang: Language) -> None:
    for chart in charts(lang):
        root = ElementTree.fromstring(chart.svg)
        _, _, width, height = (float(part) for part in (root.get("viewBox") or "").split())
        for element in root.iter():
            for x, y in places(element):
                assert -1 <= x <= width + 1
                assert -1 <= y <= height + 1


def places(element: ElementTree.Element) -> Iterator[tuple[float, float]]:
    get = {name: float(value) for name, value in element.items() if re.fullmatch(r"-?[\d.]+", value)}
    for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy")):
        if x in get and y in get:
            yield get[x], get[y]
    if element.tag == f"{SVG}rect":
        yield get.get("x", 0.0) + get["width"], get.get("y", 0.0) + get["height"]
    for pair in (element.get("points") or "").split():
        x_text, y_text = pair.split(",")
        yield float(x_text), float(y_text)


def test_both_languages_draw_the_same() -> None:
    for german, english in zip(charts("de"), charts("en"), strict=True):
        assert tags(german) == tags(english)
        assert german.alternative != english.alternative


def test_the_knee_carries_number_and_interval_and_a_lower_bound_says_so() -> None:
    capacity = result().capacity
    assert f">{capacity.calls} ({capacity.low}–{capacity.high})<" in capacity_chart(result(), "de").svg
    bound = capacity_chart(result(400, 100), "de")
    assert 'class="void"' in bound.svg
    assert 'class="band"' not in bound.svg
    assert f">mindestens {result(400, 100).capacity.calls}<" in bound.svg
    assert "6 waren nicht zu beurteilen" in bound.alternative


def test_colours_differ_for_screen_dark_and_paper_and_never_stand_alone() -> None:
    svg = capacity_chart(result(), "en").svg
    assert "@media screen and (prefers-color-scheme: dark)" in svg
    assert "@media print" in svg
    assert svg.count("stroke-dasharray") >= 3
    assert 'class="holds"' in svg
    assert 'class="breaks"' in svg


def test_a_name_is_text_and_never_markup() -> None:
    svg = demand_chart(result(name="<script>&"), "de").svg
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp;" in svg


@pytest.mark.parametrize("servers", [1, 6, 40, 700])
def test_every_server_is_drawn_and_the_spare_ones_differ(servers: int) -> None:
    root = ElementTree.fromstring(plan_chart(example_plan(servers), "en").svg)
    drawn = [element.get("class") for element in root.iter(f"{SVG}rect")]
    assert drawn.count("server") == 4 * servers + 1  # and one in the legend
    assert drawn.count("spare") == 4 + 1


def test_the_plan_is_said_with_its_assumptions() -> None:
    said = plan_chart(example_plan(), "de").alternative
    assert said.startswith("Server je Region: Stuttgart 4 Server und 1 in Reserve, Karlsruhe 4 Server")
    assert "1\u202f091 Gemeinden sind nach den veröffentlichten Größenklassen ausgelost (Startwert 1)." in said
    assert said.endswith("Ein Termin kostet 0,7 Cent.")


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(1, 12))
def test_ticks_are_few_ascend_and_stay_inside(low: float, span: float, count: int) -> None:
    found = ticks(low, low + span, count)
    assert found == sorted(found)
    assert len(found) <= 2 * count + 2
    assert all(low - span * 1e-6 <= each <= low + span * 1.000001 for each in found)


def test_ticks_are_round_and_a_scale_keeps_to_its_ends() -> None:
    assert ticks(0, 265, 8) == [0, 50, 100, 150, 200, 250]
    assert ticks(5, 5) == [5]
    scale = Scale(0, 10, 100, 200)
    assert [scale(-5), scale(5), scale(99)] == [100, 150, 200]
    assert Scale(3, 3, 0, 10)(3) == 0
    assert steps([0, 1, 2, 3], [1, 1, 2, 2]) == [(0, 1), (2, 1), (2, 2), (3, 2)]
