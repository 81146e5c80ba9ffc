"""No stream begins in the clear before its key is there, not after joining and not after connecting again."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.scope import missing, regular_calls
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")
_NO_BEGINNING = Sentence(
    de="so gibt es keinen Anfang vor einem verschlüsselten Teil", en="so nothing begins before a sealed part"
)


def judge(evidence: Evidence) -> Finding:
    """Counts the clear frames before the sealed part of every stream that has one; one that has none is E01's."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    records = [call.id for call in calls] + [
        record for stream in streams for record in (*stream.records, *stream.sent.after_records)
    ]
    if none_sealed(streams, gaps):
        return nothing_sealed(_NO_BEGINNING, records)
    sealed = [stream for stream in streams if stream.sealed]
    leaking = [stream for stream in sealed if _early(stream)]
    figures = {"streams": len(sealed), "clear_first_frames": sum(_early(stream) for stream in sealed)}
    if leaking:
        return decided(Outcome.FAIL, _leak(leaking), records, figures)
    for stream in sealed:
        gaps += _unknown_beginning(stream)
    if gaps:
        return inconclusive(gaps)
    again = sum(1 for stream in sealed if stream.segment)
    return decided(Outcome.PASS, _sealed_from_the_start(len(sealed), again, len(calls)), records, figures)


def _early(stream: Stream) -> int:
    return sum(stream.clear[: stream.early])


def _unknown_beginning(stream: Stream) -> list[Sentence]:
    """Frames before the first one known to have left the transform must be known as clear; else nothing is proven."""
    if stream.sent.app_after is None:
        what = Sentence(de="die Frames nach der Umwandlung", en="the frames that left the transform")
        return [missing(what, stream.label)]
    left = {frame.data for frame in stream.sent.app_after}
    unknown = 0
    for frame, clear in zip(stream.frames, stream.clear, strict=True):
        if frame.data in left and not clear:
            break
        unknown += not clear
    if not unknown:
        return []
    return [
        Sentence(
            de=f"die ersten {unknown} Frames kannte der Abgriff im Browser nicht: {stream.label.de}",
            en=f"the tap in the browser did not know the first {unknown} frames: {stream.label.en}",
        )
    ]


def _leak(leaking: list[Stream]) -> Sentence:
    worst, more = max(leaking, key=_early), len(leaking) - 1
    early = _early(worst)
    more_de = f"; so auch bei {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it was with {words.count(more, 'more stream', 'more streams')}" if more else ""
    again_de, again_en = (" nach dem Wiederverbinden", " after reconnecting") if worst.segment else ("", "")
    media = worst.media.capitalize()
    frames_de = f"Der erste {media}-Frame" if early == 1 else f"Die ersten {early} {media}-Frames"
    frames_en = f"first {worst.media} frame" if early == 1 else f"first {early} {worst.media} frames"
    return Sentence(
        de=f"{frames_de} {words.party_de(worst.party)}{again_de} {'kam' if early == 1 else 'kamen'} unverschlüsselt "
        "beim "
        f"Medienserver an (Gespräch {worst.call}){more_de}.",
        en=f"The {frames_en} of {words.party_en(worst.party)}{again_en} reached the media server in the clear "
        f"(call {worst.call}){more_en}.",
    )


def _sealed_from_the_start(streams: int, again: int, calls: int) -> Sentence:
    again_de = f", {again} davon nach dem Wiederverbinden," if again else ""
    again_en = f", {again} of them after reconnecting," if again else ""
    return Sentence(
        de=f"In {words.count(streams, 'Strom', 'Strömen')}{again_de} aus "
        f"{words.count(calls, 'Gespräch', 'Gesprächen')} "
        f"war schon der erste Frame am Medienserver verschlüsselt.",
        en=f"In {words.count(streams, 'stream', 'streams')}{again_en} of {words.count(calls, 'call', 'calls')} the "
        "very "
        f"first frame at the media server was already encrypted.",
    )


CHECK = Check(
    id="E03",
    name="no-clear-first-frames",
    passing=Sentence(
        de="Kein Strom beginnt unverschlüsselt, bevor sein Schlüssel da ist, weder beim Beitreten noch beim "
        "Wiederverbinden.",
        en="No stream begins in the clear before its key is there, not after joining and not after connecting again.",
    ),
    vantage=VANTAGE,
    norms=("W3C WebRTC Encoded Transform", "RFC 9605, section 3", "DSGVO Art. 32(1)(a)"),
    judge=judge,
)
