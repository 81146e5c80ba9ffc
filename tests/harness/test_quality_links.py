"""What a call's links did is told of this call alone; what was planted on a link ends as it was before."""

from dataclasses import dataclass, field

from harness.model.observations import LinkCount, LinkSet
from harness.model.sentence import Sentence
from harness.net.impairment import CLEAR, OUTAGE, Impairment
from harness.net.network import Change, Counts, Way
from harness.net.profiles import Profile
from harness.quality.ground import Ground
from harness.quality.links import Links
from harness.quality.plants import OnLink

SAME = Sentence(de="unbeeinträchtigt", en="unimpaired")


@dataclass
class Net:
    """Stands for a network: what it was told, and counts that grow by 100 with every look."""

    told: list[tuple[str, object]] = field(default_factory=list)
    looks: int = 0

    def set(self, host: str, up: Impairment = CLEAR, down: Impairment = CLEAR) -> None:
        self.told.append((host, (up, down)))

    def play(self, host: str, profile: Profile) -> None:
        self.told.append((host, profile.name))

    def changes(self) -> list[Change]:
        return [Change(float(number), host, "", SAME, SAME) for number, (host, _) in enumerate(self.told)]

    def counts(self) -> dict[str, dict[Way, Counts]]:
        self.looks += 1
        seen = Counts(100 * self.looks, 90 * self.looks, 10 * self.looks, 0, 0, 0.1)
        return {host: {"up": seen, "down": seen} for host in ("hall", "citizen", "clerk")}


def _links(profile: str, net: Net | None) -> Links:
    return Links(Ground(net=net), "a-call", profile)  # type: ignore[arg-type]


def test_a_network_is_on_the_citizens_link_and_the_town_halls_own_on_the_clerks() -> None:
    for profile, at in (("lift", "citizen"), ("delay-100", "citizen"), ("uplink-shared-by-five", "clerk")):
        net = Net()
        _links(profile, net).begin()
        assert [host for host, what in net.told if what == profile] == [at]
        assert len(net.told) == 2


def test_only_what_happened_in_the_call_is_told_of_it() -> None:
    net = Net([("citizen", "another call's"), ("hall", "nobody's")])
    links = _links("lift", net)
    links.begin()
    seen = links.end(0.0)

    changes = [one for one in seen if isinstance(one, LinkSet)]
    assert [(one.party, one.profile) for one in changes] == [("citizen", "lift"), ("clerk", "lift")]
    counts = [one for one in seen if isinstance(one, LinkCount)]
    assert {(one.party, one.direction) for one in counts} == {
        (party, way) for party in ("citizen", "clerk") for way in ("up", "down")
    }
    assert {(one.taken, one.given, one.lost) for one in counts} == {(100, 90, 10)}
    assert net.told[-2:] == [("citizen", (CLEAR, CLEAR)), ("clerk", (CLEAR, CLEAR))]


def test_what_statistics_are_held_against_is_counted_in_the_same_time() -> None:
    net = Net()
    links = _links("loss-3", net)
    links.begin()
    for _ in range(3):
        links.look()
    counts = [one for one in links.end(0.0) if isinstance(one, LinkCount)]

    assert {(one.of, one.taken) for one in counts} == {("measured", 200), ("call", 400)}


def test_an_outage_is_one_way_and_what_was_before_comes_back() -> None:
    net = Net()
    links = _links("delay-100", net)
    links.begin()
    links.act(OnLink(1, "citizen", "out-stops"))
    links.act(OnLink(2, "citizen", "in-stops"))
    links.act(OnLink(3, "citizen", "as-before"))

    assert net.told[2:] == [("citizen", (OUTAGE, CLEAR)), ("citizen", (CLEAR, OUTAGE)), ("citizen", "delay-100")]


def test_on_loopback_nothing_is_set_and_nothing_counted() -> None:
    links = _links("clear", None)
    links.begin()
    links.act(OnLink(1, "citizen", "out-stops"))

    seen = links.end(7.0)

    assert [(type(one), one.party) for one in seen] == [(LinkSet, "citizen"), (LinkSet, "clerk")]
    assert Ground().can_play(["clear", "lift"]) == ["clear"]
    assert Ground().address == "127.0.0.1"
