"""The links of one call: as its profile says, disturbed and mended, with every change and every packet told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from harness.media.canary import PARTIES
from harness.model.observations import LinkCount, LinkSet, Observation
from harness.net.impairment import CLEAR, OUTAGE
from harness.net.network import Counts, Way
from harness.quality.ground import Ground
from harness.quality.networks import network_profile
from harness.quality.plants import OnLink

Looked = Mapping[str, Mapping[Way, Counts]]  # by party and direction
# At whose link a network is found: the citizen's, but for those that are the town hall's own.
SIDES: Mapping[str, str] = {"uplink-shared-by-five": "clerk"}


@dataclass(slots=True)
class Links:
    """From ``begin`` to ``end`` they are those of one call; on loopback there is nothing to set and nothing to tell."""

    ground: Ground
    call: str
    profile: str
    _told: int = 0
    _before: Looked = field(default_factory=dict)
    _measured: list[Looked] = field(default_factory=list)

    @property
    def side(self) -> str:
        """Whose link the profile is played on; the other's stays clear."""
        return SIDES.get(self.profile, "citizen")

    def begin(self) -> None:
        """The profile begins."""
        net = self.ground.net
        if net is None:
            return
        self._told, self._before = len(net.changes()), net.counts()
        self._measured.clear()
        for party in PARTIES:
            if party == self.side:
                net.play(party, network_profile(self.profile))
            else:
                net.set(party)

    def look(self) -> None:
        """To be called when the call begins to be measured, and when that ends."""
        if self.ground.net is not None:
            self._measured.append(self.ground.net.counts())

    def act(self, action: OnLink) -> None:
        """Does what was planted to the link of a party."""
        net = self.ground.net
        if net is None:
            return
        if action.does == "readdress":
            net.hosts[action.party].readdress()
        elif action.does == "as-before":
            if action.party == self.side:
                net.play(action.party, network_profile(self.profile))
            else:
                net.set(action.party)
        else:
            out = action.does == "out-stops"
            net.set(action.party, up=OUTAGE if out else CLEAR, down=CLEAR if out else OUTAGE)

    def end(self, began_ms: float) -> list[Observation]:
        """Clears the links; returns what was set, and what became of the packets of each party meanwhile."""
        net = self.ground.net
        if net is None:
            return [LinkSet(call=self.call, party=party, at_ms=began_ms, profile=self.profile) for party in PARTIES]
        seen: list[Observation] = [*self._changes()]
        if len(self._measured) > 1:
            seen += _counts(self.call, "measured", self._measured[0], self._measured[-1])
        seen += _counts(self.call, "call", self._before, net.counts())
        for party in PARTIES:
            net.set(party)
        return seen

    def _changes(self) -> Iterator[LinkSet]:
        assert self.ground.net is not None
        for change in self.ground.net.changes()[self._told :]:
            if change.host in PARTIES:
                yield LinkSet(
                    call=self.call, party=change.host, at_ms=change.at_ms, profile=change.profile or self.profile,
                    up=change.up.en, down=change.down.en,
                )  # fmt: skip


def _counts(
    call: str, of: Literal["call", "measured"], before: Looked, after: Looked
) -> Iterator[LinkCount]:  # fmt: skip
    for party in PARTIES:
        for way, now in after[party].items():
            was = before[party][way]
            yield LinkCount(
                call=call, party=party, of=of, direction=way, taken=now.taken - was.taken, given=now.given - was.given,
                lost=now.lost - was.lost, overflowed=now.overflowed - was.overflowed,
                duplicated=now.duplicated - was.duplicated, late_p95_ms=now.late_p95_ms,
            )  # fmt: skip
