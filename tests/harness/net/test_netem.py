"""The words of tc for an impairment; where netem cannot do it, an error and not a milder link."""

import pytest

from harness.model.errors import NetworkError
from harness.net.impairment import CLEAR, OUTAGE, GilbertElliott, Impairment, Pattern, Uniform
from harness.net.netem import commands


@pytest.mark.parametrize(
    ("impairment", "words"),
    [
        (Impairment(delay_ms=50), "delay 50ms limit 100000"),
        (Impairment(delay_ms=50, jitter_ms=10, reorder=0.25), "delay 50ms 10ms reorder 25% limit 100000"),
        (Impairment(loss=Uniform(0.03), duplicate=0.01), "loss random 3% duplicate 1% limit 100000"),
        (Impairment(loss=GilbertElliott(0.01, 0.2, 0.9, 0.001)), "loss gemodel 1% 20% 90% 0.1% limit 100000"),
        (Impairment(rate_kbit=576, queue_ms=300, delay_ms=15), "delay 15ms rate 576kbit limit 16"),
        (OUTAGE, "loss 100% limit 100000"),
    ],
)
def test_netem_is_told_something_else(impairment: Impairment, words: str) -> None:
    assert commands(impairment) == [f"tc qdisc replace dev eth0 root netem {words}".split()]


def test_clear_link_keeps_its_netem() -> None:
    assert commands(CLEAR, "veth7") == [["tc", "qdisc", "del", "dev", "veth7", "root"]]


def test_what_netem_has_no_words_for_is_left_out() -> None:
    with pytest.raises(NetworkError, match="netem cannot do a pattern of losses and blocking UDP: use the bench's own"):
        commands(Impairment(loss=Pattern(".x"), blocks_udp=True))
