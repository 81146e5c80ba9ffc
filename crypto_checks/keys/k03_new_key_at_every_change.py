"""Whenever somebody joins or leaves, those who stay go on under a new key."""

from collections.abc import Iterator
from dataclasses import dataclass

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.visits import ENOUGH, Visit, Visits, nobody, read_visits
from crypto_checks.scope import missing
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import OpenedFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames", "keys")
PATIENCE = 5.0  # seconds for which a medium must have gone on to say that it got no new key (our own threshold)
_OPENED = Sentence(
    de="die mit den Schlüsseln der Beteiligten geöffneten Frames", en="the frames opened with the people's keys"
)

Sent = list[tuple[float, int]]  # when the server got a frame (seconds since the epoch), and its key id


@dataclass(frozen=True, slots=True)
class _Stayed:
    """A medium of somebody who stayed: its frames before a change, and from it until the next one."""

    visit: Visit
    party: str
    media: str
    before: Sent
    after: Sent

    @property
    def seen(self) -> bool:
        """Whether it went on long enough, before and after, to say that the key stayed or changed."""
        if min(len(self.before), len(self.after)) < ENOUGH:
            return False
        return self.delay is not None or self.after[-1][0] - self.visit.change.seen.at >= PATIENCE

    @property
    def delay(self) -> float | None:
        """Seconds from the change to the first frame under a key id that this medium had not used before."""
        used = {kid for _, kid in self.before}
        return next((at - self.visit.change.seen.at for at, kid in self.after if kid not in used), None)


def judge(evidence: Evidence) -> Finding:
    """Compares key ids before and after each change; frames are those that the people's recorded keys open."""
    visits = read_visits(evidence, VANTAGE)
    if visits.plain:
        return visits.plain
    sent, opened_records = _sent(evidence, visits)
    stayed = list(_stayed(visits, sent))
    wrong = [one for one in stayed if one.seen and one.delay is None]
    visits.gaps += [
        missing(_OPENED, words.stream(one.visit.change.seen.call, one.party, one.media))
        for one in stayed
        if not one.seen
    ]
    if not visits.came:
        visits.gaps.append(nobody("kam dazu", "joined"))
    if not visits.went:
        visits.gaps.append(nobody("ging", "left"))
    slowest = {
        change: max((one.delay for one in stayed if one.visit.change.seen.change == change and one.delay), default=0.0)
        for change in ("joined", "left")
    }
    figures = {
        "joined": len(visits.came), "left": len(visits.went), "kept_keys": len(wrong),
        "streams": len({(one.party, one.media) for one in stayed}),
        "slowest_joined_s": round(slowest["joined"], 3), "slowest_left_s": round(slowest["left"], 3),
    }  # fmt: skip
    records = [*visits.records, *(visit.change.id for visit in [*visits.came, *visits.went]), *opened_records]
    if wrong:
        return decided(Outcome.FAIL, _kept(wrong), records, figures)
    if visits.gaps:
        return inconclusive(visits.gaps)
    return decided(Outcome.PASS, _changed(visits, int(figures["streams"]), slowest), records, figures)


def _sent(evidence: Evidence, visits: Visits) -> tuple[dict[tuple[str, str, str], Sent], list[str]]:
    """By call, party and medium the opened frames in the order of time; and the records that say so."""
    sent: dict[tuple[str, str, str], Sent] = {}
    records: list[str] = []
    stayed = {place for visit in (*visits.came, *visits.went) for place in visit.others}
    for stream in visits.streams:
        if (stream.party, stream.media) not in stayed:
            continue
        for found in evidence.of(OpenedFrames, call=stream.call, party=stream.party):
            seen = found.seen
            if (seen.media, seen.segment) != (stream.media, stream.segment) or len(seen.kids) != len(stream.frames):
                continue
            pairs = zip(stream.frames, seen.kids, strict=True)
            known = [(frame.at, kid) for frame, kid in pairs if kid >= 0 and frame.at > 0]
            sent.setdefault((stream.call, stream.party, stream.media), []).extend(known)
            records.append(found.id)
    return {place: sorted(frames) for place, frames in sent.items()}, records


def _stayed(visits: Visits, sent: dict[tuple[str, str, str], Sent]) -> Iterator[_Stayed]:
    changes = sorted([*visits.came, *visits.went], key=lambda visit: visit.change.seen.at)
    for visit in changes:
        call, at = visit.change.seen.call, visit.change.seen.at
        later = [
            other.change.seen.at for other in changes if other.change.seen.call == call and other.change.seen.at > at
        ]
        until = min(later, default=float("inf"))
        for party, media in visit.others:
            frames = sent.get((call, party, media), [])
            before = [frame for frame in frames if frame[0] < at]
            yield _Stayed(visit, party, media, before, [frame for frame in frames if at <= frame[0] < until])


def _kept(wrong: list[_Stayed]) -> Sentence:
    first, more = wrong[0], len(wrong) - 1
    seen, frames = first.visit.change.seen, len(first.after)
    joined = seen.change == "joined"
    more_de = f"; so auch in {words.count(more, 'weiteren Fall', 'weiteren Fällen')}" if more else ""
    more_en = f"; so it was in {words.count(more, 'more case', 'more cases')}" if more else ""
    return Sentence(
        de=f"Nach dem {'Kommen' if joined else 'Weggang'} {words.party_de(seen.party)} kamen {frames} "
        f"{words.media_de(first.media)}-Frames {words.party_de(first.party)} unter keinem neuen Schlüssel (Gespräch "
        f"{seen.call}){more_de}.",
        en=f"After {words.party_en(seen.party)} had {'joined' if joined else 'left'}, {frames} {first.media} frames of "
        f"{words.party_en(first.party)} came under no new key (call {seen.call}){more_en}.",
    )


def _changed(visits: Visits, streams: int, slowest: dict[str, float]) -> Sentence:
    came, went = len(visits.came), len(visits.went)
    joined, left = slowest["joined"], slowest["left"]
    return Sentence(
        de=f"Bei {came}-mal Kommen und {went}-mal Gehen wechselten alle {streams} Ströme der Bleibenden den "
        f"Schlüssel: nach höchstens {words.decimal_de(joined, 1)} s beim Kommen und {words.decimal_de(left, 1)} s "
        "beim Gehen.",
        en=f"At {words.count(came, 'joining', 'joinings')} and {words.count(went, 'leaving', 'leavings')} all "
        f"{streams} streams of those who stayed changed to a new key: after at most {joined:.1f} s when somebody "
        f"joined and {left:.1f} s when somebody left.",
    )


CHECK = Check(
    id="K03",
    name="new-key-at-every-change",
    passing=Sentence(
        de="Kommt jemand dazu oder geht jemand, so senden alle, die bleiben, unter einem neuen Schlüssel weiter.",
        en="Whenever somebody joins or leaves, those who stay go on under a new key.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 5.1",),
    judge=judge,
)
