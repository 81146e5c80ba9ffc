"""The comparison of bots: its figures are those of what was told. No time is asserted."""

from dataclasses import replace

import pytest

from benchmarks.bots_pages import Pages
from benchmarks.bots_table import Found, Held, figures, page
from benchmarks.bots_worker import Told

STOCK = Told(
    joining=1.0, holding=2.0, wall=10.0, bytes_each=8e5, within=0.99, late_p95=0.002, own_loss=0, packets=10, lost=0
)
PUMP = Told(
    joining=0.5, holding=2.0, wall=10.0, bytes_each=2e5, within=0.97, late_p95=0.004, own_loss=0, packets=90, lost=0
)


PAGES = (Pages(1, 0.6, 0.02, 20.0), Pages(2, 1.0, 0.03, 11.0))
FOUND = Found(Held(5, STOCK, 1.0), Held(20, PUMP, 6.0), PAGES, (40, 520))


def test_figures_are_by_call_and_beside_the_servers_third() -> None:
    found = {line.name: line for line in figures(FOUND)}
    assert found["stock aiortc, 5 calls: generator, a call"].value == pytest.approx(4.0)
    assert found["pump, 20 calls: generator, a call"].value == pytest.approx(1.0)
    assert found["pump: media server, a call"].value == pytest.approx(3.0)
    assert found["pump, a call, beside the server's third"].value == pytest.approx(1.0)
    assert found["pump beside stock aiortc"].value == pytest.approx(13.0)
    assert found["Chromium, 2 calls: browsers, a call"].value == pytest.approx(50.0)
    assert found["Chromium, 1 calls: media server, a call"].value == pytest.approx(2.0)
    reached = {name: line.reached for name, line in found.items() if line.target is not None}
    assert all(reached.values()), reached


def test_only_pages_with_a_smooth_picture_are_carried() -> None:
    assert FOUND.most_pages == 2
    assert replace(FOUND, pages=PAGES[1:]).most_pages == 0


def test_a_comparison_without_a_ceiling_is_not_a_success() -> None:
    found = {line.name: line for line in figures(replace(FOUND, most=(0, 0)))}
    assert found["pump beside stock aiortc"].reached is False
    assert found["without media server: pump bots on a core"].reached is False


def test_the_page_has_every_figure_and_says_which_target_is_missed() -> None:
    lines = figures(replace(FOUND, most=(40, 300)))
    written = page(lines, 7.5)
    assert all(f"| {line.name} | " in written for line in lines)
    assert "| without media server: pump bots on a core | 300.00 bots | \u2265 500 | **no** |" in written
    assert "load of the last minute when it began: 7.5" in written
