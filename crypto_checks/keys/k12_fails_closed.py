"""When encryption breaks (worker killed, script blocked, key withheld) sending stops: nothing goes out in the clear."""

from collections import Counter
from dataclasses import dataclass

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.scope import regular_calls, tap_gaps, tap_ok
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, OpenedFrames, TransformSet
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")
FAULTS = ("worker-killed", "script-blocked", "key-withheld")
GRACE = 0.25  # seconds for frames on their way when the worker was killed or a transform was set (our own threshold)

_FAULT = {
    "worker-killed": Sentence(
        de="Nach dem Ende des Verschlüsselungs-Workers", en="After its encryption worker was killed"
    ),
    "script-blocked": Sentence(
        de="Trotz blockierten Verschlüsselungsskripts", en="Although its encryption script was blocked"
    ),
    "key-withheld": Sentence(de="Trotz vorenthaltenen Schlüssels", en="Although its key was withheld"),
}
_NO_FAULT = {
    "worker-killed": Sentence(de="Worker beendet", en="worker killed"),
    "script-blocked": Sentence(de="Skript blockiert", en="script blocked"),
    "key-withheld": Sentence(de="Schlüssel vorenthalten", en="key withheld"),
}
_NOTHING_TO_STOP = Sentence(
    de="so gibt es keine Verschlüsselung, die ausfallen könnte", en="so there is no encryption that could fail"
)


@dataclass(frozen=True, slots=True)
class _Leak:
    fault: str
    stream: Stream
    clear: int


def judge(evidence: Evidence) -> Finding:
    """Counts clear frames after each fault, in those kinds of streams that the regular calls show to be encrypted."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    records = [call.id for call in calls] + [record for stream in streams for record in stream.records]
    if none_sealed(streams, gaps):
        return nothing_sealed(_NOTHING_TO_STOP, records)
    kinds: set[tuple[str, str]] = {(stream.party, stream.media) for stream in streams if stream.sealed}
    faulty = evidence.calls(regular=False)
    for fault in FAULTS:
        if not any(call.seen.fault == fault for call in faulty):
            name = _NO_FAULT[fault]
            gaps.append(
                Sentence(de=f"kein Gespräch mit dem Fehler „{name.de}“", en=f"no call with the fault “{name.en}”")
            )
    leaks: list[_Leak] = []
    for call in faulty:
        found, missing, cited = _judge_call(evidence, call, kinds)
        leaks += found
        gaps += missing
        records += [call.id, *cited]
    figures = {"fault_calls": len(faulty), "clear_frames": sum(leak.clear for leak in leaks)}
    if leaks:
        return decided(Outcome.FAIL, _went_on(leaks), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _stopped(len(faulty)), records, figures)


def _judge_call(
    evidence: Evidence, call: Found[CallFact], kinds: set[tuple[str, str]]
) -> tuple[list[_Leak], list[Sentence], list[str]]:
    fact = call.seen
    delivered = tap_ok(evidence, fact.call, "sfu")
    gaps = tap_gaps(evidence, fact.call, ["sfu"])
    if not delivered and not gaps:
        gaps.append(_gap(fact, "der Abgriff am Medienserver sagt nichts", "the tap at the media server says nothing"))
    if fact.fault_at is None:
        return [], [*gaps, _gap(fact, "der Zeitpunkt des Fehlers fehlt", "the time of the fault is missing")], delivered
    streams, lost = read_streams(evidence, [call], required=False)
    gaps += lost
    concerned = [stream for stream in streams if (stream.party, stream.media) in kinds]
    from_then = fact.fault_at + (GRACE if fact.fault == "worker-killed" else 0.0)
    if fact.fault == "worker-killed":
        sending: set[tuple[str, str]] = {
            (stream.party, stream.media)
            for stream in concerned
            if any(0.0 < frame.at <= fact.fault_at for frame in stream.frames)
        }
        gaps += [
            _gap(
                fact,
                f"vor dem Fehler kam kein {media.capitalize()} {words.party_de(party)}",
                f"before the fault there was no {media} of {words.party_en(party)}",
            )
            for party, media in sorted(kinds - sending)
        ]
    leaks: list[_Leak] = []
    for stream in concerned:
        clear, unknown = _after(stream, from_then, _opened(evidence, stream), _in_place(evidence, stream))
        if clear:
            leaks.append(_Leak(fact.fault, stream, clear))
        if unknown:
            gaps.append(
                Sentence(
                    de=f"die Herkunft von {unknown} Frames nach dem Fehler ist unbekannt: {stream.label.de}",
                    en=f"the origin of {unknown} frames after the fault is unknown: {stream.label.en}",
                )
            )
    return (
        leaks,
        gaps,
        [*delivered, *(record for stream in concerned for record in (*stream.records, *stream.sent.after_records))],
    )


def _gap(fact: CallFact, de: str, en: str) -> Sentence:
    return Sentence(de=f"{de}, Gespräch {fact.call}", en=f"{en}, call {fact.call}")


@dataclass(frozen=True, slots=True)
class _InPlace:
    """When the application (last) put its transform on this kind of stream, and whether that replaced another one."""

    at: float
    replaced: bool


def _in_place(evidence: Evidence, stream: Stream) -> _InPlace | None:
    """``None`` when the application never set one."""
    set_at = [
        found.seen.at
        for found in evidence.of(TransformSet, call=stream.call, party=stream.party)
        if (found.seen.media, found.seen.side, found.seen.via) == (stream.media, "sender", "app")
    ]
    if set_at:
        return _InPlace(max(set_at), len(set_at) > 1)
    transform = (stream.sent.app_before or ()) + (stream.sent.app_after or ())
    return _InPlace(min(frame.at for frame in transform), replaced=False) if transform else None


def _after(stream: Stream, from_then: float, opened: frozenset[int], in_place: _InPlace | None) -> tuple[int, int]:
    """How many frames after the fault were clear, and of how many nobody knows what they are.

    Frames that the page had sent before it set its transform are E03's: they are known by their bytes, or arrived
    before that. A sealed frame is known when it left the transform or a key opens it.
    """
    earlier: Counter[bytes] = Counter()
    if in_place is not None:
        sent, until = stream.sent.observer or (), in_place.at
        if in_place.replaced:  # what the replaced transform let through, and what it still held
            sent, until = sent + (stream.sent.app_after or ()), in_place.at + GRACE
        earlier.update(frame.data for frame in sent if frame.at <= until)
    left = {frame.data for frame in stream.sent.app_after or ()}
    clear = unknown = 0
    for index, (frame, is_clear) in enumerate(zip(stream.frames, stream.clear, strict=True)):
        if is_clear and earlier[frame.data] > 0:
            earlier[frame.data] -= 1
        elif 0.0 < frame.at <= from_then or (is_clear and in_place is not None and 0.0 < frame.at <= in_place.at):
            continue
        elif is_clear:
            clear += 1
        elif frame.data not in left and index not in opened:
            unknown += 1
    return clear, unknown


def _opened(evidence: Evidence, stream: Stream) -> frozenset[int]:
    return frozenset(
        index
        for found in evidence.of(OpenedFrames, call=stream.call, party=stream.party)
        if (found.seen.media, found.seen.segment) == (stream.media, stream.segment)
        for index, key in enumerate(found.seen.keys)
        if key >= 0
    )


def _went_on(leaks: list[_Leak]) -> Sentence:
    worst, more = max(leaks, key=lambda leak: leak.clear), len(leaks) - 1
    stream, fault = worst.stream, _FAULT[worst.fault]
    more_de = f"; so auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it was with {words.count(more, 'more stream', 'more streams')}" if more else ""
    frames = words.count(worst.clear, f"clear {stream.media} frame", f"clear {stream.media} frames")
    media = stream.media.capitalize()
    frames_de = words.count(worst.clear, f"unverschlüsselter {media}-Frame", f"unverschlüsselte {media}-Frames")
    sent_de = f"{fault.de} sendete der Browser {words.party_de(stream.party)} weiter"
    return Sentence(
        de=f"{sent_de}: {frames_de} {'erreichte' if worst.clear == 1 else 'erreichten'} den Medienserver "
        f"(Gespräch {stream.call}){more_de}.",
        en=f"{fault.en} {words.party_en(stream.party)}'s page went on sending: {frames} reached the server "
        f"(call {stream.call}){more_en}.",
    )


def _stopped(calls: int) -> Sentence:
    return Sentence(
        de=f"In {calls} Gesprächen mit beendetem Worker, blockiertem Skript und vorenthaltenem Schlüssel erreichte "
        "kein "
        f"unverschlüsselter Frame den Medienserver.",
        en=f"In {calls} calls with the worker killed, the script blocked and the key withheld no clear frame "
        "reached the "
        f"media server.",
    )


CHECK = Check(
    id="K12",
    name="fails-closed",
    passing=Sentence(
        de="Fällt die Verschlüsselung aus (Worker beendet, Skript blockiert, Schlüssel vorenthalten), so endet das "
        "Senden: "
        "Nichts geht unverschlüsselt hinaus.",
        en="When encryption breaks (worker killed, script blocked, key withheld) sending stops: nothing goes out "
        "in the "
        "clear.",
    ),
    vantage=VANTAGE,
    norms=("W3C WebRTC Encoded Transform", "DSGVO Art. 25", "DSGVO Art. 32(1)(a)"),
    judge=judge,
)
