"""Where a server says that encryption is off, or an old program joins, nothing goes out in the clear."""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.left_out import left_to_others
from crypto_checks.scope import missing, tap_gaps, tap_ok
from crypto_checks.streams import MEDIA, Stream, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, DowngradeTried, Media
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")
WATCHED_SHARE = 0.9  # of the server's frames that the tap in the browser must have seen being encoded (our own)
WAYS = {
    "announced": Sentence(
        de="der Server die Verschlüsselung für abgeschaltet erklärte", en="the server said that encryption was off"
    ),
    "old-client": Sentence(
        de="auf der anderen Seite ein altes Programm war", en="there was an old program at the other end"
    ),
}
_NOTHING_TO_GIVE_UP = Sentence(
    de="so gibt es keine Verschlüsselung, die sich abschalten ließe", en="so there is no encryption to be switched off"
)


@dataclass(frozen=True, slots=True)
class _Leak:
    way: str
    stream: Stream
    clear: int


def judge(evidence: Evidence) -> Finding:
    """Counts clear frames in the calls whose pages were told that there is no encryption.

    What the regular calls show to be clear is E01's, E03's and E07's; what goes out while keys are withheld is K12's.
    """
    calls = evidence.focused("downgraded")
    others = left_to_others(evidence)
    gaps: list[Sentence] = []
    leaks: list[_Leak] = []
    records = [call.id for call in calls]
    frames = pages = 0
    tried = {found.seen.way for call in calls for found in evidence.of(DowngradeTried, call=call.seen.call)}
    gaps += [
        Sentence(de=f"kein Gespräch, in dem {WAYS[way].de}", en=f"no call in which {WAYS[way].en}")
        for way in WAYS
        if way not in tried
    ]
    if not calls:
        gaps.insert(0, _NO_CALL)
    for call in calls:
        tries = list(evidence.of(DowngradeTried, call=call.seen.call))
        delivered = tap_ok(evidence, call.seen.call, "sfu")
        streams, lost = read_streams(evidence, [call], required=False)
        judged = [stream for stream in streams if stream.media not in others.media]
        gaps += tap_gaps(evidence, call.seen.call, VANTAGE) + lost + _untold(call, tries)
        gaps += [] if delivered else [_silent(call)]
        gaps += _nothing_came(tries, judged, [medium for medium in MEDIA if medium not in others.media])
        gaps += _unwatched(judged)
        records += [found.id for found in tries] + delivered
        records += [record for stream in judged for record in stream.records]
        pages += len(tries)
        frames += sum(len(stream.frames) for stream in judged)
        if not tries:
            continue  # nobody knows what its pages were told: that is a gap already
        way = tries[0].seen.way
        if way == "old-client" and _leaks_without_keys(evidence):
            continue
        for stream in judged:
            clear = sum(others.left(stream)[stream.early if others.beginnings else 0 :])
            if clear:
                leaks.append(_Leak(way, stream, clear))
    figures = {"pages_told": pages, "frames": frames, "clear_frames": sum(leak.clear for leak in leaks)}
    if others.nothing_sealed and calls:
        return nothing_sealed(_NOTHING_TO_GIVE_UP, records)
    if leaks:
        return decided(Outcome.FAIL, _obeyed(leaks), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _refused(len(calls), pages, frames), records, figures)


_NO_CALL = Sentence(
    de="die Belege enthalten kein Gespräch, in dem der Server die Verschlüsselung für abgeschaltet erklärt",
    en="the evidence holds no call in which the server says that encryption is off",
)


def _untold(call: Found[CallFact], tries: list[Found[DowngradeTried]]) -> list[Sentence]:
    told = {found.seen.party for found in tries if found.seen.told}
    return [
        Sentence(
            de=f"der Seite {words.party_de(party)} wurde nichts davon gesagt, Gespräch {call.seen.call}",
            en=f"{words.party_en(party)}'s page was told nothing of it, call {call.seen.call}",
        )
        for party in call.seen.parties
        if party not in told
    ]


def _silent(call: Found[CallFact]) -> Sentence:
    return Sentence(
        de=f"der Abgriff am Medienserver sagt nichts, Gespräch {call.seen.call}",
        en=f"the tap at the media server says nothing, call {call.seen.call}",
    )


def _nothing_came(tries: list[Found[DowngradeTried]], streams: list[Stream], media: Sequence[Media]) -> list[Sentence]:
    """A page that says it is connected sends something: where nothing of it was held, the tap was blind."""
    sending = {(stream.party, stream.media) for stream in streams}
    return [
        missing(
            Sentence(de="die Frames am Medienserver", en="the media server's frames"),
            words.stream(seen.call, seen.party, medium),
        )
        for seen in (found.seen for found in tries)
        for medium in media
        if seen.state == "connected" and (seen.party, medium) not in sending
    ]


def _unwatched(streams: list[Stream]) -> list[Sentence]:
    """Only beside what an encoder made can a frame be known to be clear."""
    what = Sentence(de="die Frames des Encoders", en="the encoder's frames")
    return [
        missing(what, stream.label)
        for stream in streams
        if len(stream.sent.encoder) < WATCHED_SHARE * len(stream.frames)
    ]


def _leaks_without_keys(evidence: Evidence) -> bool:
    withheld = [call for call in evidence.calls(regular=False) if call.seen.fault == "key-withheld"]
    return any(any(stream.clear) for stream in read_streams(evidence, withheld, required=False)[0])


def _obeyed(leaks: list[_Leak]) -> Sentence:
    worst, more = max(leaks, key=lambda leak: leak.clear), len(leaks) - 1
    stream, way = worst.stream, WAYS[worst.way]
    more_de = f"; so auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it was with {words.count(more, 'more stream', 'more streams')}" if more else ""
    return Sentence(
        de=f"Als {way.de}, sendete die Seite {words.party_de(stream.party)} unverschlüsselt: {worst.clear} "
        f"{words.media_de(stream.media)}-Frames erreichten so den Medienserver (Gespräch {stream.call}){more_de}.",
        en=f"When {way.en}, {words.party_en(stream.party)}'s page sent in the clear: {worst.clear} {stream.media} "
        f"frames reached the media server so (call {stream.call}){more_en}.",
    )


def _refused(calls: int, pages: int, frames: int) -> Sentence:
    return Sentence(
        de=f"In {calls} Gesprächen wurde {pages} Seiten erklärt, es gebe keine Verschlüsselung: Keine sendete etwas "
        f"unverschlüsselt; {frames} verschlüsselte Frames erreichten den Medienserver.",
        en=f"In {calls} calls {pages} pages were told that there is no encryption: none sent anything in the clear; "
        f"{frames} encrypted frames reached the media server.",
    )


CHECK = Check(
    id="K10",
    name="no-downgrade",
    passing=Sentence(
        de="Erklärt ein Server die Verschlüsselung für abgeschaltet, oder kommt ein altes Programm hinzu, geht nichts "
        "unverschlüsselt hinaus.",
        en="Where a server says that encryption is off, or an old program joins, nothing goes out in the clear.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 25", "DSGVO Art. 32(1)(a)"),
    judge=judge,
)
