"""Streams as the media server held them, each frame marked as clear or sealed by the sender's encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crypto_checks import words
from crypto_checks.scope import missing
from harness.model.errors import WireError
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, Media, SenderFrames, ServerFrames
from harness.model.sentence import Sentence
from harness.wire.early import early_count, is_sealed
from harness.wire.frames import Frame, unpack_frames
from harness.wire.overlap import clear_frames
from harness.wire.specials import SHORT, short_and_clear

RUN = SHORT  # 16 bytes that a frame must share with the encoder's to count as clear (our own threshold)
MEDIA: tuple[Media, ...] = ("audio", "video")
_WATCHED_SHARE = 0.9  # of the server's frames that the tap in the browser must have seen being encoded

_AT_SERVER = Sentence(de="die Frames am Medienserver", en="the media server's frames")
_FROM_ENCODER = Sentence(de="die Frames des Encoders", en="the encoder's frames")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a party's page sent of one medium. ``None`` where no such record exists or its bytes are lost."""

    app_before: tuple[Frame, ...] | None
    app_after: tuple[Frame, ...] | None
    observer: tuple[Frame, ...] | None
    encoder_records: tuple[str, ...]
    after_records: tuple[str, ...]
    damaged: bool

    @property
    def encoder(self) -> tuple[Frame, ...]:
        """Every frame that the encoder was seen to make."""
        return (self.app_before or ()) + (self.observer or ())


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream at the server; ``clear[i]`` says whether frame ``i`` shares 16 bytes with what the encoder made, or
    is, however short, a frame that it made."""

    call: str
    party: str
    media: Media
    codec: str
    segment: int
    lost_packets: int
    frames: tuple[Frame, ...]
    clear: tuple[bool, ...]
    sent: Sent
    record: str

    @property
    def short(self) -> tuple[bool, ...]:
        """Which of the clear frames are shorter than those 16 bytes: silence, which E07 judges."""
        return short_and_clear([frame.data for frame in self.frames], self.clear)

    @property
    def leaks(self) -> tuple[bool, ...]:
        """Which frames are clear and not that short."""
        return tuple(clear and not short for clear, short in zip(self.clear, self.short, strict=True))

    @property
    def sealed(self) -> bool:
        """Whether the stream has a sealed part at all."""
        return is_sealed(self.clear, self.short)

    @property
    def early(self) -> int:
        """How many frames came before the sealed part."""
        return early_count(self.clear, self.short)

    @property
    def label(self) -> Sentence:
        """The stream as a noun phrase."""
        return words.stream(self.call, self.party, self.media, self.segment)

    @property
    def records(self) -> tuple[str, ...]:
        """The records that the marks rest on."""
        return (self.record, *self.sent.encoder_records)


def read_streams(
    evidence: Evidence, calls: Sequence[Found[CallFact]], *, required: bool
) -> tuple[list[Stream], list[Sentence]]:
    """All streams of the calls, and the gaps. ``required``: every party sent every medium, and both ends saw it."""
    streams: list[Stream] = []
    gaps: list[Sentence] = []
    for call in calls:
        for party in call.seen.parties:
            of_party: list[Stream] = []
            for media in MEDIA:
                found, lost = read_medium(evidence, call.seen.call, party, media, required)
                of_party += found
                gaps += lost
            if required and not gaps:
                gaps += _lacking(of_party, call.seen.call, party)
            streams += of_party
    return streams, gaps


def _lacking(streams: Sequence[Stream], call: str, party: str) -> list[Sentence]:
    """Whoever connects again sends every medium again: a connection without one of them is half the evidence."""
    segments = range(1 + max(stream.segment for stream in streams))
    there = {(stream.segment, stream.media) for stream in streams}
    return [
        missing(_AT_SERVER, words.stream(call, party, media, segment))
        for segment in segments
        for media in MEDIA
        if (segment, media) not in there
    ]


def none_sealed(streams: Sequence[Stream], gaps: Sequence[Sentence]) -> bool:
    """Whether working taps saw every stream and none of them was ever encrypted."""
    return bool(streams) and not gaps and not any(stream.sealed for stream in streams)


def read_medium(
    evidence: Evidence, call: str, party: str, media: Media, required: bool
) -> tuple[list[Stream], list[Sentence]]:
    """The streams of one medium of a party, all its connections, and the gaps; ``required`` as in ``read_streams``."""
    streams, gaps = evidence.once(
        ("medium", call, party, media, required), lambda: _read_medium(evidence, call, party, media, required)
    )
    return list(streams), list(gaps)


def _read_medium(
    evidence: Evidence, call: str, party: str, media: Media, required: bool
) -> tuple[tuple[Stream, ...], tuple[Sentence, ...]]:
    where = words.stream(call, party, media)
    sent = sent_by(evidence, call, party, media)
    streams: list[Stream] = []
    gaps = [missing(_FROM_ENCODER, where)] if sent.damaged or (required and not sent.encoder) else []
    encoder = tuple(frame.data for frame in sent.encoder)
    for found in evidence.of(ServerFrames, call=call, party=party):
        if found.seen.media != media:
            continue
        frames = _frames(evidence, found)
        if frames is None or (required and not frames):
            gaps.append(missing(_AT_SERVER, words.stream(call, party, media, found.seen.segment)))
            continue
        if not frames:
            continue  # nothing arrived: right for a call that was made to stop
        clear = _clear(tuple(frame.data for frame in frames), encoder)
        segment, lost = found.seen.segment, found.seen.lost_packets
        codec = found.seen.codec
        streams.append(Stream(call, party, media, codec, segment, lost, frames, clear, sent, found.id))
    if required and not streams and not gaps:
        gaps.append(missing(_AT_SERVER, where))
    held = sum(len(stream.frames) for stream in streams)
    if required and not gaps and len(encoder) < _WATCHED_SHARE * held:
        gaps.append(
            Sentence(
                de=f"der Abgriff im Browser sah nur {len(encoder)} der {held} Frames, die der Medienserver hielt: "
                f"{where.de}",
                en=f"the tap in the browser saw only {len(encoder)} of the {held} frames that the media server "
                f"held: {where.en}",
            )
        )
    return tuple(streams), tuple(gaps)


def sent_by(evidence: Evidence, call: str, party: str, media: Media) -> Sent:
    """What a party's page sent of one medium, all connections of the call together."""
    return evidence.once(("sent", call, party, media), lambda: _sent_by(evidence, call, party, media))


def _sent_by(evidence: Evidence, call: str, party: str, media: Media) -> Sent:
    parts: dict[tuple[str, str], tuple[Frame, ...]] = {}
    records: dict[str, list[str]] = {"before": [], "after": []}
    damaged = False
    for found in evidence.of(SenderFrames, call=call, party=party):
        if found.seen.media != media:
            continue
        frames = _frames(evidence, found)
        if frames is None:
            damaged = True
            continue
        key = (found.seen.via, found.seen.stage)
        parts[key] = parts.get(key, ()) + frames
        records[found.seen.stage].append(found.id)
    return Sent(
        app_before=parts.get(("app", "before")),
        app_after=parts.get(("app", "after")),
        observer=parts.get(("observer", "before")),
        encoder_records=tuple(records["before"]),
        after_records=tuple(records["after"]),
        damaged=damaged,
    )


def _frames(evidence: Evidence, found: Found[ServerFrames] | Found[SenderFrames]) -> tuple[Frame, ...] | None:
    frames = evidence.once(("frames", found.seen.blob), lambda: _unpacked(evidence.bytes_of(found.seen.blob)))
    return frames if frames is not None and len(frames) == found.seen.frames else None


def _unpacked(data: bytes | None) -> tuple[Frame, ...] | None:
    try:
        return None if data is None else tuple(unpack_frames(data))
    except WireError:
        return None  # damaged evidence is missing evidence


@lru_cache(maxsize=128)
def _clear(server: tuple[bytes, ...], encoder: tuple[bytes, ...]) -> tuple[bool, ...]:
    # Several judges ask the same of the same frames; the answer depends on nothing else.
    return tuple(clear_frames(server, encoder, run=RUN))
