"""What two pages sent each other directly: frames before and after the transform, and what came to the other page."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from crypto_checks.scope import missing
from crypto_checks.streams import MEDIA, RUN
from crypto_checks.words import stream as named
from harness.model.errors import WireError
from harness.model.evidence import Evidence, Found
from harness.model.observations import Media, MediaPath, OpenedFrames, ReceiverFrames, SenderFrames
from harness.model.observations.frames import DIRECT
from harness.model.sentence import Sentence
from harness.wire.early import early_count
from harness.wire.frames import Frame, unpack_frames
from harness.wire.overlap import clear_frames
from harness.wire.specials import short_and_clear

OPENED_SHARE = 0.9  # of sealed frames that the participants' keys must open (our own threshold)
_OPENED = Sentence(
    de="mit den Schlüsseln geöffnete Frames des direkten Wegs", en="frames of the direct path opened with the keys"
)
_SENT = Sentence(de="die direkt gesendeten Frames", en="the frames that were sent directly")
_LEFT = Sentence(de="die Frames nach der Umwandlung", en="the frames that left the transform")
_ARRIVED = Sentence(
    de="direkt gesendete Frames, die ankamen und geöffnet wurden",
    en="directly sent frames that arrived and were opened",
)


@dataclass(frozen=True, slots=True)
class DirectStream:
    """One medium that a party sent directly; ``clear[i]``: frame ``i`` shares 16 bytes with what the encoder made."""

    call: str
    party: str
    media: Media
    frames: tuple[Frame, ...]
    clear: tuple[bool, ...]
    opened: int  # so many of the frames left the other's transform
    gaps: tuple[Sentence, ...]
    records: tuple[str, ...]

    @property
    def early(self) -> int:
        """How many frames came before the sealed part."""
        return early_count(self.clear, self._short)

    @property
    def leaks(self) -> tuple[bool, ...]:
        """Which frames are clear and not shorter than those 16 bytes."""
        return tuple(clear and not short for clear, short in zip(self.clear, self._short, strict=True))

    @property
    def _short(self) -> tuple[bool, ...]:
        return short_and_clear([frame.data for frame in self.frames], self.clear)


def direct_looks(evidence: Evidence, call: str) -> tuple[list[str], float | None, list[Sentence], list[str]]:
    """Who was connected directly, until when at least, the gaps, and the records that say so."""
    looks = list(evidence.of(MediaPath, call=call))
    direct = [look for look in looks if look.seen.peer]
    last = max((look.seen.moment for look in looks), default=0)
    pair = {look.seen.party: look.seen.peer for look in direct}
    parties = sorted(party for party, peer in pair.items() if pair.get(peer) == party)
    at_end = {look.seen.party for look in looks if look.seen.moment == last and not look.seen.peer}
    gaps = []
    if len(parties) != 2 or any(look.seen.moment < last and not look.seen.peer for look in looks):
        gaps.append(
            Sentence(
                de=f"es ist nicht belegt, dass zwei Personen direkt verbunden waren, Gespräch {call}",
                en=f"it is not shown that two people were connected directly, call {call}",
            )
        )
    elif any(look.seen.moment == last for look in direct) or len(at_end) < 3:
        gaps.append(
            Sentence(
                de="es ist nicht belegt, dass danach drei Personen über den Medienserver verbunden waren, "
                f"Gespräch {call}",
                en=f"it is not shown that three people were connected by the media server afterwards, call {call}",
            )
        )
    until = max((look.seen.at for look in direct), default=None)
    return parties, until, gaps, [look.id for look in looks]


def direct_streams(evidence: Evidence, call: str, parties: list[str]) -> Iterator[DirectStream]:
    """What each of the two sent, medium by medium."""
    for party in parties:
        other = next(one for one in parties if one != party)
        for media in MEDIA:
            yield _read(evidence, call, party, media, other)


def _read(evidence: Evidence, call: str, party: str, media: Media, other: str) -> DirectStream:
    where = named(call, party, media)
    parts: dict[tuple[str, str], list[Frame]] = {}
    records, gaps = [], []
    for found in evidence.of(SenderFrames, call=call, party=party):
        if found.seen.media != media or found.seen.path != "direct":
            continue
        records.append(found.id)
        try:
            data = evidence.bytes_of(found.seen.blob)
            frames = unpack_frames(data) if data is not None else []
        except WireError:
            frames = []
        if len(frames) != found.seen.frames:
            gaps.append(missing(_SENT, where))
            continue
        parts.setdefault((found.seen.via, found.seen.stage), []).extend(frames)
    made = parts.get(("app", "before"), []) + parts.get(("observer", "before"), [])
    out = sorted(parts.get(("app", "after"), []) + parts.get(("observer", "before"), []), key=lambda frame: frame.at)
    if not made or not out:
        gaps.append(missing(_LEFT if made else _SENT, where))
    opened, arrived = _arrived(evidence, call, party, media, other, out)
    if not opened:
        gaps.append(missing(_ARRIVED, where))
    clear = tuple(clear_frames([frame.data for frame in out], [frame.data for frame in made], run=RUN))
    with_keys = [found for found in _with_keys(evidence, call, party) if found.seen.media == media]
    sealed = len(clear) - sum(clear)
    if sum(key >= 0 for found in with_keys for key in found.seen.keys) < OPENED_SHARE * max(1, sealed):
        gaps.append(missing(_OPENED, where))
    records += [found.id for found in with_keys]
    return DirectStream(call, party, media, tuple(out), clear, opened, tuple(gaps), (*records, *arrived))


def _with_keys(evidence: Evidence, call: str, party: str) -> list[Found[OpenedFrames]]:
    return [found for found in evidence.of(OpenedFrames, call=call, party=party) if found.seen.segment == DIRECT]


def _arrived(
    evidence: Evidence, call: str, party: str, media: Media, other: str, out: list[Frame]
) -> tuple[int, list[str]]:
    """How many of the frames as they were sent came to the other's transform and left it."""
    sent = {hashlib.sha256(frame.data).digest()[:8].hex() for frame in out}
    opened, records = 0, []
    for found in evidence.of(ReceiverFrames, call=call, party=other):
        seen = found.seen
        if (seen.sender, seen.media) == (party, media):
            records.append(found.id)
            opened += sum(0 <= index < len(seen.before) and seen.before[index] in sent for index in seen.after)
    return opened, records
