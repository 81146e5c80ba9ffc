"""What bots tell of a call is what a link of ours did to it, on the real media server."""

import pytest

from benchmarks.planted import MS, POINTS, calls_on_links, planted
from harness.net.reach import why_not

pytestmark = pytest.mark.live


def test_planted_loss_and_delay_are_what_the_bots_measure() -> None:
    reason = why_not()
    if reason is not None:
        pytest.skip(reason.en)
    with calls_on_links(3, seed=7) as (net, crew):
        clear = planted(net, crew, 0.0, 0.0, 3.0)
        lossy = planted(net, crew, 0.05, 0.0, 4.0)
        late = planted(net, crew, 0.0, 100.0, 3.0)
    assert (clear.told.lost, lossy.told.streams) == (0, 12), "sound and picture of six people"
    assert lossy.linked > 0.03, "the link did lose packets"
    assert 100 * lossy.told.lost / lossy.told.expected == pytest.approx(100 * lossy.linked, abs=POINTS)
    assert late.told.delay_p50 is not None
    assert clear.told.delay_p50 is not None
    assert 1000 * (late.told.delay_p50 - clear.told.delay_p50) == pytest.approx(100, abs=MS)
