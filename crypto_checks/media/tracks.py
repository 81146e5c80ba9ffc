"""All tracks of the calls with screen and mute: their streams, what was switched when, and what nobody knows of."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crypto_checks import words
from crypto_checks.left_out import Others
from crypto_checks.scope import missing, tap_ok
from crypto_checks.streams import Stream, read_medium, sent_by
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, Media, SenderFrames, ServerFrames, TrackChange
from harness.model.sentence import Sentence

MEDIA: tuple[Media, ...] = ("audio", "video", "screen")
CHANGED: dict[tuple[str, str], Sentence] = {
    ("audio", "unmuted"): Sentence(de="nach dem Aufheben der Stummschaltung", en="after unmuting"),
    ("video", "unmuted"): Sentence(
        de="nach dem Wiedereinschalten der Kamera", en="after the camera was switched on again"
    ),
    ("screen", "unmuted"): Sentence(de="nach dem Fortsetzen der Freigabe", en="after sharing was resumed"),
    ("audio", "started"): Sentence(de="nach dem Einschalten des Mikrofons", en="after the microphone was started"),
    ("video", "started"): Sentence(de="nach dem Einschalten der Kamera", en="after the camera was started"),
    ("screen", "started"): Sentence(de="nach dem Beginn der Bildschirmfreigabe", en="after screen sharing began"),
}
_ANY = Sentence(de="Ströme am Medienserver", en="streams at the media server")


@dataclass(slots=True)
class Tracks:
    """What the calls hold: streams with known senders, ``unknown`` ones as sentences, and the changes of tracks."""

    streams: list[Stream] = field(default_factory=list)
    unknown: list[Sentence] = field(default_factory=list)
    changes: list[Found[TrackChange]] = field(default_factory=list)
    gaps: list[Sentence] = field(default_factory=list)
    records: list[str] = field(default_factory=list)


def read_tracks(evidence: Evidence, calls: Sequence[Found[CallFact]]) -> Tracks:
    """Every stream of every medium of every party of the calls."""
    tracks = Tracks()
    for call in calls:
        name = call.seen.call
        for party in call.seen.parties:
            before = len(tracks.streams) + len(tracks.unknown) + len(tracks.gaps)
            for media in MEDIA:
                _read(evidence, tracks, name, party, media)
            if before == len(tracks.streams) + len(tracks.unknown) + len(tracks.gaps):
                whose = Sentence(
                    de=f"{words.party_de(party)} im Gespräch {name}", en=f"{words.party_en(party)} in call {name}"
                )
                tracks.gaps.append(missing(_ANY, whose))
        tracks.changes += [
            found
            for found in evidence.of(TrackChange, call=name)
            if (found.seen.media, found.seen.change) in CHANGED  # after a stop nothing need come
        ]
    tracks.records += [record for stream in tracks.streams for record in (*stream.records, *stream.sent.after_records)]
    tracks.records += [change.id for change in tracks.changes]
    return tracks


def _read(evidence: Evidence, tracks: Tracks, call: str, party: str, media: Media) -> None:
    held = [found for found in evidence.of(ServerFrames, call=call, party=party) if found.seen.media == media]
    sent = sent_by(evidence, call, party, media)
    if not held and not sent.encoder_records and not sent.after_records:
        return  # this party did not send this medium
    if held and not (sent.encoder or sent.app_after or sent.damaged) and any(found.seen.frames for found in held):
        watched = [found.id for found in evidence.of(SenderFrames, call=call, party=party) if found.seen.frames]
        delivered = tap_ok(evidence, call, "encoded-frames")
        if watched and delivered:
            tracks.unknown.append(_unknown(held[0].seen))
            tracks.records += [*watched, *delivered, *(found.id for found in held)]
            return
    streams, gaps = read_medium(evidence, call, party, media, required=True)
    tracks.streams += streams
    tracks.gaps += gaps
    if not gaps and sent.observer is None and (sent.app_before is None or sent.app_after is None):
        what = Sentence(de="die Frames vor oder nach der Umwandlung", en="the frames before or after the transform")
        tracks.gaps.append(missing(what, words.stream(call, party, media)))


def _unknown(seen: ServerFrames) -> Sentence:
    return Sentence(
        de=f"Ein Strom am Medienserver ist der sendenden Seite unbekannt: {seen.frames} "
        f"{words.media_de(seen.media)}-Frames {words.party_de(seen.party)} (Gespräch {seen.call}).",
        en=f"A stream at the media server is unknown to its sender: {seen.frames} {seen.media} frames of "
        f"{words.party_en(seen.party)} (call {seen.call}).",
    )


def held_after(stream: Stream, change: TrackChange) -> int:
    """How many frames of the changed track came after its change."""
    if (stream.call, stream.party, stream.media) != (change.call, change.party, change.media):
        return 0
    return sum(frame.at >= change.at for frame in stream.frames)


@dataclass(frozen=True, slots=True)
class Leak:
    """A stream with clear frames: ``clear`` of the ``held`` ones, all of them ``when`` this had happened."""

    stream: Stream
    clear: int
    held: int
    when: Sentence | None

    @classmethod
    def of(cls, stream: Stream, changes: Sequence[Found[TrackChange]], others: Others) -> "Leak | None":
        """The leak of a stream, or None, without what ``others`` judge."""
        skipped = stream.early if others.beginnings else 0
        frames, marks = stream.frames[skipped:], others.left(stream)[skipped:]
        clear = [frame for frame, is_clear in zip(frames, marks, strict=True) if is_clear]
        if not clear:
            return None
        first = min(frame.at for frame in clear)
        before = [change.seen for change in changes if held_after(stream, change.seen) and change.seen.at <= first]
        if not before:
            return cls(stream, len(clear), len(frames), None)
        last = max(before, key=lambda change: change.at)
        held = sum(frame.at >= last.at for frame in frames)
        return cls(stream, len(clear), held, CHANGED[last.media, last.change])
