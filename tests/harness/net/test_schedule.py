"""One direction of a link: packets are conserved, kept in order, never faster than the rate, and the same each time."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.net.impairment import CLEAR, GilbertElliott, Impairment, Pattern, Uniform
from harness.net.schedule import Direction, Tally

SHARES = st.floats(0, 1)
LOSSES = st.one_of(
    st.none(),
    SHARES.map(Uniform),
    st.text(".x", min_size=1, max_size=8).map(Pattern),
    st.builds(GilbertElliott, st.floats(0.01, 1), st.floats(0.01, 1), SHARES, SHARES),
)
PACKETS = st.lists(st.tuples(st.floats(0, 0.2), st.integers(20, 1500), st.booleans()), max_size=80)  # after, size, UDP


@st.composite
def impairments(draw: st.DrawFn, /, **fixed: Any) -> Impairment:
    """Any that can be, unless ``fixed`` says otherwise."""
    delay = draw(st.floats(0.1, 500))
    free = {
        "rate_kbit": draw(st.none() | st.floats(8, 100_000)),
        "delay_ms": delay,
        "jitter_ms": draw(st.floats(0, delay)),
        "loss": draw(LOSSES),
        "reorder": draw(SHARES),
        "duplicate": draw(SHARES),
        "blocks_udp": draw(st.booleans()),
        "outage": draw(st.integers(0, 9)) == 0,
    }
    return Impairment(**{**free, **fixed})


def through(direction: Direction, packets: list[tuple[float, int, bool]], now: float = 0.0) -> list[tuple[float, ...]]:
    """The due times of packets, each some seconds after the one before."""
    dues = []
    for after, size, udp in packets:
        now += after
        dues.append(direction.push(now, size, udp))
    return dues


@settings(deadline=None)
@given(impairments(), PACKETS)
def test_packet_that_is_neither_given_nor_counted_as_gone(impairment: Impairment, packets: Any) -> None:
    direction = Direction(impairment, "7")
    dues = through(direction, packets)
    tally = direction.tally
    assert tally.taken == len(packets)
    assert tally.given == sum(len(each) for each in dues)
    assert tally.taken + tally.duplicated == tally.given + tally.lost + tally.overflowed
    assert tally.blocked <= tally.lost


@settings(deadline=None)
@given(impairments(reorder=0), impairments(reorder=0), PACKETS, PACKETS)
def test_packet_overtakes_although_nothing_is_reordered_even_when_the_link_is_changed(
    first: Impairment, second: Impairment, before: Any, after: Any
) -> None:
    direction = Direction(first, "7")
    dues = through(direction, before)
    direction.set(second, "8")
    dues += through(direction, after, sum(packet[0] for packet in before))
    given_at = [due for each in dues for due in each]
    assert given_at == sorted(given_at)


@settings(deadline=None)
@given(impairments(), PACKETS)
def test_packet_arrives_before_it_was_sent_or_later_than_queue_delay_and_jitter_allow(
    impairment: Impairment, packets: Any
) -> None:
    now = 0.0
    queue = 0.0 if impairment.rate_kbit is None else impairment.queue_s + 2 * 1500 * 8 / impairment.rate_kbit / 1000
    latest = queue + (impairment.delay_ms + impairment.jitter_ms) / 1000
    for (after, *_), dues in zip(packets, through(Direction(impairment, "7"), packets), strict=True):
        now += after
        assert all(now <= due <= now + latest + 1e-9 for due in dues)


@settings(deadline=None)
@given(st.floats(8, 100_000), st.integers(1, 100_000), st.lists(st.tuples(st.floats(0, 0.01), st.integers(20, 1500))))
def test_rate_is_exceeded(rate: float, queue: int, packets: list[tuple[float, int]]) -> None:
    direction = Direction(Impairment(rate_kbit=rate, queue_bytes=queue, delay_ms=20), "7")
    sized = [(after, size, False) for after, size in packets]
    dues = through(direction, sized)
    leaving = [(each[0], size) for each, (_, size) in zip(dues, packets, strict=True) if each]
    for (early, _), (late, size) in pairwise(leaving):
        assert late - early >= size * 8 / rate / 1000 - 1e-9
    assert direction.tally.lost == 0


def test_full_queue_throws_the_newest_away_and_is_free_again_later() -> None:
    direction = Direction(Impairment(rate_kbit=80, queue_bytes=2000))  # 100 ms for each packet of 1000 bytes
    dues = [*(direction.push(0.0, 1000, True) for _ in range(5)), direction.push(0.15, 1000, True)]
    assert [round(due, 9) for each in dues for due in each] == [0.1, 0.2, 0.3, 0.4]
    assert [len(each) for each in dues] == [1, 1, 1, 0, 0, 1]
    assert direction.tally == Tally(taken=6, given=4, overflowed=2)


@settings(deadline=None)
@given(impairments(), PACKETS)
def test_same_seed_gives_another_result(impairment: Impairment, packets: Any) -> None:
    assert through(Direction(impairment, "7"), packets) == through(Direction(impairment, "7"), packets)


def test_other_seed_loses_the_same_packets() -> None:
    packets = [(0.001, 100, True)] * 200
    assert through(Direction(Impairment(loss=Uniform(0.5)), "1"), packets) != through(
        Direction(Impairment(loss=Uniform(0.5)), "2"), packets
    )


@pytest.mark.parametrize("loss", [Uniform(0.03), GilbertElliott(1 / 120, 1 / 5), GilbertElliott(0.02, 0.1, 0.8, 0.01)])
def test_loss_in_the_long_run_is_not_the_share_that_it_says(loss: Uniform | GilbertElliott) -> None:
    direction = Direction(Impairment(loss=loss), "7")
    through(direction, [(0.001, 1000, True)] * 200_000)
    assert direction.tally.lost / 200_000 == pytest.approx(loss.mean, rel=0.06)


def test_bursts_are_not_as_long_as_they_should_be() -> None:
    direction = Direction(Impairment(loss=GilbertElliott(0.01, 0.2)), "7")
    lost = "".join("." if dues else "x" for dues in through(direction, [(0.001, 1000, True)] * 100_000))
    bursts = [len(burst) for burst in lost.split(".") if burst]
    assert sum(bursts) / len(bursts) == pytest.approx(5, rel=0.08)


def test_fixed_pattern_loses_other_packets_than_its_marks() -> None:
    direction = Direction(Impairment(loss=Pattern("..x.")))
    assert [bool(dues) for dues in through(direction, [(0.1, 99, True)] * 8)] == [True, True, False, True] * 2


def test_closed_udp_lets_udp_through_or_stops_tcp() -> None:
    direction = Direction(Impairment(blocks_udp=True))
    assert (direction.push(1.0, 99, True), direction.push(1.0, 99, False)) == ((), (1.0,))
    assert direction.tally == Tally(taken=2, given=1, lost=1, blocked=1)


def test_reordered_packet_does_not_leave_the_delay_out() -> None:
    direction = Direction(Impairment(delay_ms=50, reorder=0.25), "7")
    dues = [due for each in through(direction, [(0.001, 99, True)] * 4000) for due in each]
    overtaking = sum(late < early for early, late in pairwise(dues))
    assert overtaking == pytest.approx(4000 * 0.25 * 0.75, rel=0.1)


def test_clear_link_does_something() -> None:
    assert through(Direction(CLEAR), [(1.0, 1500, True), (1.0, 40, False)]) == [(1.0,), (2.0,)]
