"""Whoever goes over from a direct path to the media server because a third person joins stays encrypted throughout."""

from collections.abc import Iterable

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.left_out import Others, left_to_others
from crypto_checks.media.direct import OPENED_SHARE, DirectStream, direct_looks, direct_streams
from crypto_checks.scope import focused_calls, missing
from crypto_checks.streams import Stream, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import OpenedFrames, SenderFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")
_NO_ENCRYPTION = Sentence(
    de="so gibt es keine Verschlüsselung, die ein Wechsel des Weges beenden könnte",
    en="so there is no encryption that a change of path could end",
)
_ENCODED = Sentence(
    de="die für den Medienserver erzeugten Frames", en="the frames that were encoded for the media server"
)
_OPENED = Sentence(de="mit den Schlüsseln geöffnete Frames", en="frames opened with the keys")


def judge(evidence: Evidence) -> Finding:
    """Counts clear frames on the direct path (at the sender's transform) and at the media server, from the first on.

    What the regular calls show to be clear is E01's (a medium that leaks there), E03's (clear beginnings there) and
    E07's (short frames).
    """
    calls, gaps = focused_calls(evidence, "direct", VANTAGE)
    held, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    records = [call.id for call in calls] + [record for stream in held for record in stream.records]
    direct: list[DirectStream] = []
    for call in calls:
        name = call.seen.call
        parties, until, unproven, looks = direct_looks(evidence, name)
        gaps += unproven
        records += looks
        if not unproven:
            direct += direct_streams(evidence, name, parties)
            gaps += _too_early(held, name, until or 0.0)
    others = left_to_others(evidence)
    direct = [stream for stream in direct if stream.media not in others.media]
    judged = [stream for stream in held if stream.media not in others.media]
    records += [record for stream in direct for record in stream.records]
    ways: list[DirectStream | Stream] = [*direct, *judged]
    leaks = [(clear, stream) for stream in ways if (clear := _clear(stream, others))]
    figures = {
        "direct_frames": sum(len(stream.frames) for stream in direct),
        "frames_at_server": sum(len(stream.frames) for stream in judged),
        "clear_frames": sum(clear for clear, _ in leaks),
    }
    if others.nothing_sealed and all(all(stream.clear) for stream in ways):
        return nothing_sealed(_NO_ENCRYPTION, records)
    if leaks:
        return decided(Outcome.FAIL, _leaking(leaks), records, figures)
    gaps += [gap for stream in direct for gap in stream.gaps]
    for stream in judged:
        opened = [found.id for found in evidence.of(OpenedFrames, call=stream.call) if _opens(found.seen, stream)]
        records += opened
        gaps += [] if opened else [missing(_OPENED, stream.label)]
        encoded = evidence.of(SenderFrames, call=stream.call, party=stream.party)
        if not any(
            (found.seen.media, found.seen.path, found.seen.stage) == (stream.media, "server", "before")
            for found in encoded
        ):
            gaps.append(missing(_ENCODED, stream.label))
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _kept(direct, judged), records, figures)


def _clear(stream: DirectStream | Stream, others: Others) -> int:
    return sum(others.left(stream)[stream.early if others.beginnings else 0 :])


def _opens(seen: OpenedFrames, stream: Stream) -> bool:
    if (seen.party, seen.media, seen.segment) != (stream.party, stream.media, stream.segment):
        return False
    sealed = [index for index, clear in enumerate(stream.clear) if not clear]
    if len(seen.keys) != len(stream.frames) or not sealed:
        return False
    return sum(seen.keys[index] >= 0 for index in sealed) >= OPENED_SHARE * len(sealed)


def _too_early(held: Iterable[Stream], call: str, until: float) -> list[Sentence]:
    """Whoever is connected directly sends nothing to the media server; else the path was not the one in use."""
    return [
        Sentence(
            de=f"schon während der direkten Verbindung kam etwas am Medienserver an: {stream.label.de}",
            en=f"already during the direct connection something reached the media server: {stream.label.en}",
        )
        for stream in held
        if stream.call == call and any(frame.at <= until for frame in stream.frames)
    ]


def _leaking(leaks: list[tuple[int, DirectStream | Stream]]) -> Sentence:
    (clear, worst), more = max(leaks, key=lambda leak: leak[0]), len(leaks) - 1
    more_de = f"; so auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it was in {words.count(more, 'more stream', 'more streams')}" if more else ""
    media, who_de, who_en = words.media_de(worst.media), words.party_de(worst.party), words.party_en(worst.party)
    if isinstance(worst, DirectStream):
        return Sentence(
            de=f"Auf dem direkten Weg gingen {clear} von {len(worst.frames)} {media}-Frames {who_de} unverschlüsselt "
            f"hinaus (Gespräch {worst.call}){more_de}.",
            en=f"On the direct path {clear} of {len(worst.frames)} {worst.media} frames of {who_en} went out in the "
            f"clear (call {worst.call}){more_en}.",
        )
    return Sentence(
        de=f"Nach dem Wechsel vom direkten Weg hielt der Medienserver {clear} von {len(worst.frames)} {media}-Frames "
        f"{who_de} unverschlüsselt (Gespräch {worst.call}){more_de}.",
        en=f"After the change from the direct path the media server held {clear} of {len(worst.frames)} {worst.media} "
        f"frames of {who_en} in the clear (call {worst.call}){more_en}.",
    )


def _kept(direct: list[DirectStream], held: list[Stream]) -> Sentence:
    before, after = sum(len(stream.frames) for stream in direct), sum(len(stream.frames) for stream in held)
    opened = sum(stream.opened for stream in direct)
    return Sentence(
        de=f"Keiner von {before} direkt gesendeten Frames und, nach dem Wechsel zum Medienserver, keiner von {after} "
        f"dort in {words.count(len(held), 'Strom', 'Strömen')} war unverschlüsselt; {opened} der direkten öffnete das "
        "Gegenüber.",
        en=f"None of {before} frames sent directly and, after the change to the media server, none of {after} there in "
        f"{words.count(len(held), 'stream', 'streams')} was in the clear; the other side opened {opened} of the "
        "direct ones.",
    )


CHECK = Check(
    id="E11",
    name="path-change-keeps-e2ee",
    passing=Sentence(
        de="Wer vom direkten Weg auf den Medienserver wechselt, weil eine dritte Person dazukommt, bleibt durchgehend "
        "verschlüsselt.",
        en="Whoever goes over from a direct path to the media server because a third person joins stays encrypted "
        "throughout.",
    ),
    vantage=VANTAGE,
    norms=(
        "RFC 9605, section 3",
        "DSGVO Art. 32(1)(a)",
        "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",
    ),
    judge=judge,
)
