"""As many frames are encoded as encrypted and as the media server holds, and as many come back to be decrypted."""

from collections.abc import Iterator

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.media.counting import TOLERANCE, Counts, way_back, way_out
from crypto_checks.scope import missing, regular_calls
from crypto_checks.streams import Stream, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import ReceiverFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")


def judge(evidence: Evidence) -> Finding:
    """Compares the three counts of every stream that the application's transform carried, out and back.

    More frames at a later place than at an earlier one came past the transform; a few less were lost on the way.

    A stream that never entered the transform and is clear throughout is E01's, unless no stream entered it at all.
    """
    calls, gaps = regular_calls(evidence, VANTAGE)
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    records = [call.id for call in calls] + [
        record for stream in streams for record in (*stream.records, *stream.sent.after_records)
    ]
    carried = [stream for stream in streams if _carried(stream)]
    if streams and not carried and not gaps and not any(stream.sealed for stream in streams):
        held = sum(len(stream.frames) for stream in streams)
        return decided(Outcome.FAIL, _never_carried(held), records, {"frames": held, "frames_in_transform": 0})
    gaps += [missing(_TRANSFORMED, stream.label) for stream in streams if stream.sealed and not _carried(stream)]
    wrong: list[Sentence] = []
    total = 0
    for stream in carried:
        before, after = stream.sent.app_before, stream.sent.app_after
        if before is None or after is None:
            gaps.append(missing(_TRANSFORMED, stream.label))
            continue
        counts = way_out(stream, before, after)
        total += counts.server
        if len(stream.frames) > TOLERANCE and not counts.match(stream.lost_packets):
            wrong.append(_out(stream, counts))
        for other in sorted({party for call in calls if call.seen.call == stream.call for party in call.seen.parties}):
            if other == stream.party:
                continue
            received = list(_received(evidence, stream, other))
            records += [record for record, _ in received]
            if not received:
                gaps.append(_not_received(stream, other))
                continue
            connections = {found.segment for found in streams if (found.call, found.party) == (stream.call, other)}
            again = [found for found in streams if (found.call, found.party, found.media) == _whose(stream)]
            disagreeing = _not_matching(stream, again, received, len(connections) - 1)
            wrong += [_back(stream, other, back) for back in disagreeing]
    figures = {"streams": len(carried), "frames": total, "mismatches": len(wrong)}
    if wrong:
        return decided(Outcome.FAIL, _first_of(wrong), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _matching(len(carried), total, len(streams) - len(carried)), records, figures)


_TRANSFORMED = Sentence(de="die Frames vor und nach der Umwandlung", en="the frames before and after the transform")


def _carried(stream: Stream) -> bool:
    return stream.sent.app_before is not None or stream.sent.app_after is not None


def _received(evidence: Evidence, stream: Stream, other: str) -> Iterator[tuple[str, ReceiverFrames]]:
    for found in evidence.of(ReceiverFrames, call=stream.call, party=other):
        if found.seen.sender == stream.party and found.seen.media == stream.media:
            yield found.id, found.seen


def _whose(stream: Stream) -> tuple[str, str, str]:
    return stream.call, stream.party, stream.media


def _not_matching(
    stream: Stream, again: list[Stream], received: list[tuple[str, ReceiverFrames]], interruptions: int
) -> list[Counts]:
    sessions = [
        counts
        for _, seen in received
        for counts in way_back(stream, seen.before, seen.after, max(interruptions, 0), again)
    ]
    if not sessions:
        return [Counts(taken=0, given=0, server=len(stream.frames))] if len(stream.frames) > TOLERANCE else []
    return [counts for counts in sessions if counts.taken > TOLERANCE and not counts.match_back()]


def _not_received(stream: Stream, other: str) -> Sentence:
    return Sentence(
        de=f"es fehlen die bei {words.party_de(other)} empfangenen Frames: {stream.label.de}",
        en=f"the frames that {words.party_en(other)} received are missing: {stream.label.en}",
    )


def _never_carried(held: int) -> Sentence:
    return Sentence(
        de=f"0 von {held} Frames, die der Medienserver hielt, gingen durch die Umwandlung der Anwendung.",
        en=f"0 of {held} frames that the media server held passed the application's transform.",
    )


def _out(stream: Stream, counts: Counts) -> Sentence:
    return Sentence(
        de=f"{stream.label.de}: {counts.taken} Frames gingen in die Umwandlung, {counts.given} kamen heraus und "
        f"{counts.server} hielt der Medienserver",
        en=f"{stream.label.en}: {counts.taken} frames went into the transform, {counts.given} came out and the media "
        f"server held {counts.server}",
    )


def _back(stream: Stream, other: str, counts: Counts) -> Sentence:
    return Sentence(
        de=f"{stream.label.de}: {counts.server} Frames hielt der Medienserver, {counts.taken} erreichten die "
        "Umwandlung "
        f"{words.party_de(other)} und {counts.given} verließen sie",
        en=f"{stream.label.en}: the media server held {counts.server} frames, {counts.taken} reached the transform of "
        f"{words.party_en(other)} and {counts.given} left it",
    )


def _first_of(wrong: list[Sentence]) -> Sentence:
    more = len(wrong) - 1
    more_de = (
        f"; {words.count(more, 'weitere Zählung stimmt', 'weitere Zählungen stimmen')} ebenfalls nicht" if more else ""
    )
    more_en = f"; {words.count(more, 'more count disagrees', 'more counts disagree')}" if more else ""
    first_en = wrong[0].en[:1].upper() + wrong[0].en[1:]
    return Sentence(de=f"{wrong[0].de}{more_de}.", en=f"{first_en}{more_en}.")


def _matching(streams: int, frames: int, left_out: int) -> Sentence:
    out_de = f" ({words.count(left_out, 'Strom', 'Ströme')} ohne Umwandlung beurteilt E01)" if left_out else ""
    out_en = f" ({words.count(left_out, 'stream', 'streams')} without a transform: E01 judges that)" if left_out else ""
    return Sentence(
        de=f"In {words.count(streams, 'Strom', 'Strömen')} stimmen die Zahlen der erzeugten, verschlüsselten und am "
        f"Medienserver gehaltenen Frames ({frames}) überein, hin und zurück{out_de}.",
        en=f"In {words.count(streams, 'stream', 'streams')} the numbers of frames encoded, encrypted and held by "
        "the media "
        f"server ({frames}) agree, out and back{out_en}.",
    )


CHECK = Check(
    id="E12",
    name="transform-counts-match",
    passing=Sentence(
        de="Es werden so viele Frames erzeugt wie verschlüsselt und am Medienserver gehalten, und ebenso viele "
        "kommen zum "
        "Entschlüsseln zurück.",
        en="As many frames are encoded as encrypted and as the media server holds, and as many come back to be "
        "decrypted.",
    ),
    vantage=VANTAGE,
    norms=("W3C WebRTC Encoded Transform", "RFC 9605, section 3", "DSGVO Art. 32(1)(a)"),
    judge=judge,
)
