"""The comparison of bots: its figures are those of what was told. No time is asserted."""

import pytest

from benchmarks.bots import Held, figures
from benchmarks.bots_worker import Told

STOCK = Told(
    joining=1.0, holding=2.0, wall=10.0, bytes_each=8e5, within=0.99, late_p95=0.002, own_loss=0, packets=10, lost=0
)
PUMP = Told(
    joining=0.5, holding=2.0, wall=10.0, bytes_each=2e5, within=0.97, late_p95=0.004, own_loss=0, packets=90, lost=0
)


def test_figures_are_by_bot_by_call_and_beside_the_servers_third() -> None:
    lines = figures(Held(5, STOCK, 1.0), Held(20, PUMP, 6.0), (40, 520))
    found = {line.name: line for line in lines}
    assert found["stock aiortc, 5 calls: generator, a bot"].value == pytest.approx(2.0)
    assert found["pump, 20 calls: generator, a bot"].value == pytest.approx(0.5)
    assert found["pump: media server, a call"].value == pytest.approx(3.0)
    assert found["pump, a call, beside the server's third"].value == pytest.approx(1.0)
    assert found["pump beside stock aiortc"].value == pytest.approx(13.0)
    reached = {name: line.reached for name, line in found.items() if line.target is not None}
    assert all(reached.values()), reached


def test_a_comparison_without_a_ceiling_is_not_a_success() -> None:
    found = {line.name: line for line in figures(Held(5, STOCK, 1.0), Held(20, PUMP, 6.0), (0, 0))}
    assert found["pump beside stock aiortc"].reached is False
    assert found["without server: pump bots on a core"].reached is False
