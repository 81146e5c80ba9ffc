"""Who was in a call for a time, and what the keys they really had opened of what the media server held of others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crypto_checks import words
from crypto_checks.findings import nothing_sealed
from crypto_checks.scope import focused_calls
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.evidence import Evidence, Found
from harness.model.observations import Media, MemberChange, OutsiderOpened
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

ENOUGH = 5  # frames of each medium of each party from which an answer is given (our own threshold)

_NO_KEYS = Sentence(
    de="so gibt es keine Schlüssel, die jemand haben könnte", en="so there are no keys that anybody could have"
)
_PERIOD = {
    "before": Sentence(de="vor dem Kommen {}", en="before {} joined"),
    "present": Sentence(de="während der Anwesenheit {}", en="while {} was there"),
    "leaving": Sentence(de="bis 5 s nach dem Weggang {}", en="up to 5 s after {} left"),
    "late": Sentence(de="mehr als 5 s nach dem Weggang {}", en="more than 5 s after {} left"),
    "after": Sentence(de="mehr als 10 s nach dem Weggang {}", en="more than 10 s after {} left"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody came or went; ``others`` are the encrypted media (party, medium) of those who were there throughout."""

    change: Found[MemberChange]
    others: tuple[tuple[str, Media], ...]

    @property
    def outsider(self) -> str:
        """Who came or went."""
        return self.change.seen.party

    def windows(self, evidence: Evidence, period: str) -> list[Found[OutsiderOpened]]:
        """What the outsider's keys were tried on in a period, of any medium of anybody."""
        return [
            found
            for found in evidence.of(OutsiderOpened, call=self.change.seen.call)
            if (found.seen.outsider, found.seen.period) == (self.outsider, period)
        ]

    def gaps(self, evidence: Evidence, period: str, *, opened: bool = False) -> Iterator[Sentence]:
        """Of which media too little was seen in a period; ``opened``: with frames that the keys had to open."""
        windows = {(found.seen.party, found.seen.media): found.seen for found in self.windows(evidence, period)}
        for party, media in self.others:
            window = windows.get((party, media))
            if window is None or (window.opened if opened else window.frames) < ENOUGH:
                yield self._gap(party, media, period, opened)

    def _gap(self, party: str, media: str, period: str, opened: bool) -> Sentence:
        when, where = _PERIOD[period], words.stream(self.change.seen.call, party, media)
        when_de, when_en = when.de.format(words.party_de(self.outsider)), when.en.format(words.party_en(self.outsider))
        if opened:
            return Sentence(
                de=f"die Schlüssel {words.party_de(self.outsider)} öffneten {when_de} weniger als {ENOUGH} Frames, die "
                f"Gegenprobe fehlt also: {where.de}",
                en=f"the keys of {words.party_en(self.outsider)} opened fewer than {ENOUGH} frames {when_en}, so the "
                f"control is missing: {where.en}",
            )
        return Sentence(
            de=f"{when_de} sind zu wenige Frames aufgezeichnet: {where.de}",
            en=f"too few frames are recorded {when_en}: {where.en}",
        )


@dataclass(slots=True)
class Visits:
    """What was read: the visits, the streams of the calls, gaps and records; ``plain`` where nothing is encrypted."""

    came: list[Visit] = field(default_factory=list)
    went: list[Visit] = field(default_factory=list)
    streams: Sequence[Stream] = ()
    gaps: list[Sentence] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    plain: Finding | None = None


def read_visits(evidence: Evidence, vantage: Sequence[str]) -> Visits:
    """Everybody's coming and going in the calls that are held for it."""
    calls, gaps = focused_calls(evidence, "extras", vantage)
    streams, lost = read_streams(evidence, calls, required=True)
    found = Visits(streams=streams, gaps=gaps + lost)
    found.records = [call.id for call in calls] + [record for stream in streams for record in stream.records]
    if none_sealed(streams, found.gaps):
        found.plain = nothing_sealed(_NO_KEYS, found.records)
        return found
    for call in calls:
        changes = list(evidence.of(MemberChange, call=call.seen.call))
        visitors = {change.seen.party for change in changes}
        others = dict.fromkeys(
            (stream.party, stream.media)
            for stream in streams
            if stream.call == call.seen.call and stream.party not in visitors and _encrypted(stream)
        )
        for change in sorted(changes, key=lambda change: change.seen.at):
            visit = Visit(change, tuple(others))
            (found.came if change.seen.change == "joined" else found.went).append(visit)
    return found


def _encrypted(stream: Stream) -> bool:
    """Whether it is sealed from its early part on; clear frames after that are judged by E01 and E05, short ones among
    sealed ones by E07."""
    return stream.sealed and not any(stream.leaks[stream.early :])


def nobody(what_de: str, what_en: str) -> Sentence:
    """The gap where nobody came or went."""
    return Sentence(de=f"niemand {what_de} während eines Gesprächs", en=f"nobody {what_en} during a call")
