"""Nothing that the media server holds after SRTP is what a sender's encoder produced."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import regular_calls
from crypto_checks.streams import RUN, Stream, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import DowngradeTried
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames")


def judge(evidence: Evidence) -> Finding:
    """Counts the clear frames in the steady part of every stream of the regular calls (what came before is E03's, and
    clear frames of fewer than 16 bytes are E07's).

    Calls that the server said to be without encryption are looked through as well; that there are any is K10's.
    """
    calls, gaps = regular_calls(evidence, VANTAGE)
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    records = [call.id for call in calls] + [record for stream in streams for record in stream.records]
    leaking = [stream for stream in streams if _clear(stream)] or _downgraded(evidence)
    figures = {
        "streams": len(streams),
        "frames": sum(len(stream.frames) for stream in streams),
        "clear_frames": sum(_clear(stream) for stream in leaking),
    }
    if leaking:
        records += [record for stream in leaking for record in stream.records]
        return decided(Outcome.FAIL, _leak(leaking), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _opaque(streams, len(calls)), records, figures)


def _downgraded(evidence: Evidence) -> list[Stream]:
    """The clear streams of calls that the server said to be without encryption, and that nothing else kept closed."""
    told = {found.seen.call for found in evidence.of(DowngradeTried) if found.seen.way == "announced"}
    calls = [call for call in evidence.focused("downgraded") if call.seen.call in told]
    return [stream for stream in read_streams(evidence, calls, required=False)[0] if _clear(stream)]


def _clear(stream: Stream) -> int:
    return sum(stream.leaks[stream.early :])


def _leak(leaking: list[Stream]) -> Sentence:
    worst = max(leaking, key=_clear)
    clear, held = _clear(worst), len(worst.frames) - worst.early
    whole = {frame.data for frame in worst.sent.encoder}
    steady = zip(worst.frames[worst.early :], worst.leaks[worst.early :], strict=True)
    exactly = all(frame.data in whole for frame, is_clear in steady if is_clear)
    how_de = (
        "genau so, wie der Encoder sie erzeugt hatte" if exactly else f"mit {RUN} oder mehr Bytes des Encoders darin"
    )
    how_en = "exactly as the encoder made them" if exactly else f"with {RUN} or more bytes of the encoder's in them"
    more = len(leaking) - 1
    more_de = f"; Klartext fand sich auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; clear frames were seen in {words.count(more, 'more stream', 'more streams')}" if more else ""
    return Sentence(
        de=f"Der Medienserver hielt {clear} von {held} {worst.media.capitalize()}-Frames {words.party_de(worst.party)} "
        f"{how_de} (Gespräch {worst.call}){more_de}.",
        en=f"The media server held {clear} of {held} {worst.media} frames of {words.party_en(worst.party)} "
        f"{how_en} (call {worst.call}){more_en}.",
    )


def _opaque(streams: list[Stream], calls: int) -> Sentence:
    early = sum(stream.early for stream in streams)
    frames = sum(len(stream.frames) for stream in streams) - early
    size = sum(len(frame.data) for stream in streams for frame in stream.frames) / 1e6
    early_de = f" (ohne {early} am Anfang, die E03 beurteilt)" if early else ""
    early_en = f" (leaving out {early} at the beginning, which E03 judges)" if early else ""
    return Sentence(
        de=f"Keiner der {frames} Frames{early_de} in {words.count(len(streams), 'Strom', 'Strömen')} "
        f"({words.decimal_de(size, 1)} MB, {words.count(calls, 'Gespräch', 'Gespräche')}), die der Medienserver hielt, "
        f"enthält {RUN} zusammenhängende Bytes, die ein Encoder erzeugt hat.",
        en=f"None of the {frames} frames{early_en} in {words.count(len(streams), 'stream', 'streams')} "
        f"({size:.1f} MB, {words.count(calls, 'call', 'calls')}) that the media server held "
        f"contains {RUN} bytes in a row that an encoder made.",
    )


CHECK = Check(
    id="E01",
    name="media-opaque-to-server",
    passing=Sentence(
        de="Nichts, was der Medienserver nach SRTP in Händen hält, ist das, was der Encoder eines Senders erzeugt hat.",
        en="Nothing that the media server holds after SRTP is what a sender's encoder produced.",
    ),
    vantage=VANTAGE,
    norms=(
        "RFC 9605, section 3",
        "DSGVO Art. 32(1)(a)",
        "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",
    ),
    judge=judge,
    stands=True,
)
