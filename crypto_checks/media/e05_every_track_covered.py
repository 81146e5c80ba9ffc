"""Every track of a call is encrypted: the shared screen, a third person's, and what follows an unmute or a restart."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.left_out import left_to_others
from crypto_checks.media.tracks import CHANGED, Leak, Tracks, held_after, read_tracks
from crypto_checks.scope import focused_calls
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")
_NOTHING_TO_COVER = Sentence(
    de="so gibt es keine Verschlüsselung, die eine Spur auslassen könnte",
    en="so there is no encryption that could leave a track out",
)


def judge(evidence: Evidence) -> Finding:
    """Counts clear frames in every stream of the calls with screen and mute, also in those that begin late.

    What the regular calls show to be clear is E01's (a medium that leaks there), E03's (clear beginnings there) and
    E07's (short frames).
    A stream at the server of which a working tap in the sender's page knows nothing fails.
    """
    calls, gaps = focused_calls(evidence, "extras", VANTAGE)
    tracks = read_tracks(evidence, calls)
    gaps += tracks.gaps
    others = left_to_others(evidence)
    judged = [stream for stream in tracks.streams if stream.media not in others.media]
    leaks = [leak for stream in judged if (leak := Leak.of(stream, tracks.changes, others))]
    records = [call.id for call in calls] + tracks.records
    clear = sum(leak.clear for leak in leaks)
    figures = {"streams": len(judged), "clear_frames": clear, "unknown_streams": len(tracks.unknown)}
    if tracks.unknown:
        return decided(Outcome.FAIL, tracks.unknown[0], records, figures)
    if others.nothing_sealed and not gaps and not any(stream.sealed for stream in tracks.streams):
        return nothing_sealed(_NOTHING_TO_COVER, records)
    if leaks:
        return decided(Outcome.FAIL, _leaking(leaks), records, figures)
    gaps += _needed(tracks)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _covered(tracks, len(judged), sorted(others.media)), records, figures)


def _needed(tracks: Tracks) -> list[Sentence]:
    gaps: list[Sentence] = []
    begun = {(change.seen.call, change.seen.party) for change in tracks.changes if change.seen.media == "screen"}
    gaps += [
        Sentence(
            de=f"wann die Bildschirmfreigabe begann, ist nicht bekannt: {stream.label.de}",
            en=f"it is not known when screen sharing began: {stream.label.en}",
        )
        for stream in tracks.streams
        if stream.media == "screen" and (stream.call, stream.party) not in begun
    ]
    if not any(stream.media == "screen" for stream in tracks.streams):
        gaps.append(
            Sentence(
                de="am Medienserver kam kein geteilter Bildschirm an", en="no shared screen reached the media server"
            )
        )
    if not any(change.seen.change == "unmuted" for change in tracks.changes):
        gaps.append(Sentence(de="niemand hob eine Stummschaltung auf", en="nobody unmuted anything"))
    for change in tracks.changes:
        if not any(held_after(stream, change.seen) for stream in tracks.streams):
            seen = change.seen
            when = CHANGED[seen.media, seen.change]
            gaps.append(
                Sentence(
                    de=f"{when.de} kam nichts am Medienserver an: {words.stream(seen.call, seen.party, seen.media).de}",
                    en=f"{when.en} nothing reached the media server: "
                    f"{words.stream(seen.call, seen.party, seen.media).en}",
                )
            )
    return gaps


def _leaking(leaks: list[Leak]) -> Sentence:
    worst, more = max(leaks, key=lambda leak: leak.clear), len(leaks) - 1
    stream, when = worst.stream, worst.when
    more_de = f"; so auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it did in {words.count(more, 'more stream', 'more streams')}" if more else ""
    begin_de, begin_en = "Der Medienserver hielt", "The media server"
    if when:
        begin_de = f"{when.de[:1].upper()}{when.de[1:]} hielt der Medienserver"
        begin_en = f"{when.en[:1].upper()}{when.en[1:]} the media server"
    return Sentence(
        de=f"{begin_de} {worst.clear} von {worst.held} {words.media_de(stream.media)}-Frames "
        f"{words.party_de(stream.party)} unverschlüsselt (Gespräch {stream.call}){more_de}.",
        en=f"{begin_en} held {worst.clear} of {worst.held} {stream.media} frames of "
        f"{words.party_en(stream.party)} in the clear (call {stream.call}){more_en}.",
    )


def _covered(tracks: Tracks, judged: int, left_out: list[str]) -> Sentence:
    screens = sum(stream.media == "screen" for stream in tracks.streams)
    unmuted = sum(change.seen.change == "unmuted" for change in tracks.changes)
    frames = sum(len(stream.frames) for stream in tracks.streams if stream.media not in left_out)
    out_de = out_en = ""
    if left_out:
        out_de = f" ({words.listed([words.media_de(media) for media in left_out], 'und')} beurteilt E01)"
        out_en = f" ({words.listed(left_out, 'and')}: E01 judges that)"
    return Sentence(
        de=f"In {words.count(judged, 'Strom', 'Strömen')} war keiner der {frames} Frames am Medienserver "
        f"unverschlüsselt, darunter {words.count(screens, 'geteilter Bildschirm', 'geteilte Bildschirme')} und "
        f"{words.count(unmuted, 'wieder eingeschaltete Spur', 'wieder eingeschaltete Spuren')}{out_de}.",
        en=f"In {words.count(judged, 'stream', 'streams')} none of the {frames} frames at the media server was in the "
        f"clear, among them {words.count(screens, 'shared screen', 'shared screens')} and "
        f"{words.count(unmuted, 'unmuted track', 'unmuted tracks')}{out_en}.",
    )


CHECK = Check(
    id="E05",
    name="every-track-covered",
    passing=Sentence(
        de="Jede Spur eines Gesprächs ist verschlüsselt: der geteilte Bildschirm, die Spuren einer dritten Person und "
        "was auf das Aufheben einer Stummschaltung oder einen Neubeginn folgt.",
        en="Every track of a call is encrypted: the shared screen, a third person's, and what follows an unmute or a "
        "restart.",
    ),
    vantage=VANTAGE,
    norms=(
        "RFC 9605, section 3",
        "DSGVO Art. 32(1)(a)",
        "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",
    ),
    judge=judge,
)
