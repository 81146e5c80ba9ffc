"""Packets between hosts, by a clock that the test turns: both ways are gone, in order, to where the host is now."""

import socket

import pytest

from harness.net.impairment import Impairment, Pattern
from harness.net.links import Links, Port


def packet(to: str, mark: int = 0, *, version: int = 4, protocol: int = 17) -> bytes:
    """An IPv4 header, and one byte to tell it apart."""
    return bytes([version << 4 | 5, *[0] * 8, protocol, *[0] * 6]) + socket.inet_aton(to) + bytes([mark])


class Town:
    """Hosts a, b and c with descriptors 1, 2 and 3, and what was written to them."""

    def __init__(self) -> None:
        self.given: list[tuple[int, int]] = []
        self.links = Links(lambda fd, data: self.given.append((fd, data[-1])))
        self.a, self.b, self.c = (Port(name, b"", fd, 7) for fd, name in enumerate("abc", start=1))
        for port, address in ((self.a, "10.0.0.1"), (self.b, "10.0.0.2"), (self.c, "10.0.0.3")):
            self.links.join(port, socket.inet_aton(address))

    def at(self, now: float) -> list[tuple[int, int]]:
        """What was written by ``now``."""
        self.links.deliver(now)
        given, self.given = self.given, []
        return given


@pytest.fixture
def town() -> Town:
    return Town()


def test_clear_link_holds_a_packet_back(town: Town) -> None:
    town.links.take(town.a, packet("10.0.0.2", 5), 1.0)
    assert town.given == [(2, 5)]
    assert town.links.next_due is None


def test_receivers_way_down_is_left_out(town: Town) -> None:
    town.a.up.set(Impairment(delay_ms=50), "1")
    town.b.down.set(Impairment(delay_ms=30), "1")
    town.links.take(town.a, packet("10.0.0.2", 5), 1.0)
    assert town.links.next_due == pytest.approx(1.05)
    assert town.at(1.0501) == []
    assert town.links.next_due == pytest.approx(1.08)  # what was late on the way up does not get later on the way down
    assert town.at(1.0801) == [(2, 5)]


def test_other_hosts_and_the_way_back_are_impaired_too(town: Town) -> None:
    town.a.up.set(Impairment(outage=True), "1")
    town.links.take(town.a, packet("10.0.0.2"), 1.0)
    town.links.take(town.b, packet("10.0.0.1", 1), 1.0)
    town.links.take(town.c, packet("10.0.0.2", 2), 1.0)
    assert town.given == [(1, 1), (2, 2)]


def test_packet_overtakes_one_that_is_due_but_not_yet_given(town: Town) -> None:
    town.a.up.set(Impairment(delay_ms=50), "1")
    town.links.take(town.a, packet("10.0.0.2", 1), 1.0)
    town.a.up.set(Impairment(), "2")
    town.links.take(town.a, packet("10.0.0.2", 2), 1.06)
    assert town.at(1.06) == [(2, 1), (2, 2)]


def test_packet_goes_to_the_address_that_a_host_has_left(town: Town) -> None:
    town.a.up.set(Impairment(delay_ms=50), "1")
    town.links.take(town.a, packet("10.0.0.2", 1), 1.0)
    town.links.join(town.b, socket.inet_aton("10.0.0.9"))
    town.links.take(town.a, packet("10.0.0.9", 2), 1.0)
    assert town.at(1.1) == [(2, 2)]
    assert town.b.down.tally.taken == 1


@pytest.mark.parametrize("other", [packet("224.0.0.251"), packet("10.0.0.2", version=6), b"\x45", b"\x00"])
def test_packet_for_nobody_is_counted_or_stops_the_links(town: Town, other: bytes) -> None:
    town.links.take(town.a, other, 1.0)
    assert town.a.up.tally.taken == 0


def test_udp_is_not_told_from_tcp(town: Town) -> None:
    town.b.down.set(Impairment(blocks_udp=True), "1")
    town.links.take(town.a, packet("10.0.0.2", 1), 1.0)
    town.links.take(town.a, packet("10.0.0.2", 2, protocol=6), 1.0)
    assert town.given == [(2, 2)]
    assert (town.a.up.tally.given, town.b.down.tally.blocked) == (2, 1)


def test_loss_is_not_the_same_each_time(town: Town) -> None:
    town.a.up.set(Impairment(loss=Pattern(".x"), duplicate=1.0), "1")
    for mark in range(4):
        town.links.take(town.a, packet("10.0.0.2", mark), 1.0)
    assert town.given == [(2, 0), (2, 0), (2, 2), (2, 2)]
