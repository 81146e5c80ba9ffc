"""Every encrypted frame begins with the one SFrame header that RFC 9605 has for its key ID and counter."""

from crypto_checks import words
from crypto_checks.cipher.opened import VANTAGE, of_stream, read_opened
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.streams import Stream
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import OpenedFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.sframe import LIMIT
from harness.wire.sframe_forms import is_canonical, read_header

_NO_HEADER = Sentence(de="so gibt es keinen Kopf, der zu prüfen wäre", en="so there is no header to look at")


def judge(evidence: Evidence) -> Finding:
    """Builds the header anew from the key ID and the counter under which a key opened the frame, and compares.

    That a key opened the frame proves that it is an SFrame: other bytes pass for a header, too.
    """
    reading = read_opened(evidence)
    if reading.nothing:
        return nothing_sealed(_NO_HEADER, reading.records)
    wrong: list[tuple[Stream, bytes, int, int]] = []
    frames = 0
    for stream in reading.streams:
        seen = of_stream(stream, reading.opened)
        if seen is None:
            continue
        headers = _headers(stream, seen)
        frames += len(headers)
        wrong += [(stream, *header) for header in headers if not is_canonical(*header)]
    figures = {"frames": frames, "headers_not_canonical": len(wrong)}
    if wrong:
        return decided(Outcome.FAIL, _longer(*wrong[0], len(wrong), frames), reading.records, figures)
    if reading.gaps:
        return inconclusive(reading.gaps)
    return decided(Outcome.PASS, _canonical(frames, len(reading.streams)), reading.records, figures)


def _headers(stream: Stream, seen: OpenedFrames) -> list[tuple[bytes, int, int]]:
    """Frame, key ID and counter of what was opened; what is (partly) clear is E01's and E04's."""
    rows = zip(stream.frames, stream.clear, seen.keys, seen.kids, seen.ctrs, strict=True)
    return [
        (frame.data, kid, ctr)
        for frame, clear, key, kid, ctr in rows
        if key >= 0 and not clear and 0 <= kid < LIMIT and 0 <= ctr < LIMIT
    ]


def _longer(stream: Stream, frame: bytes, kid: int, ctr: int, wrong: int, frames: int) -> Sentence:
    begin = frame[: read_header(frame).size].hex()
    return Sentence(
        de=f"{wrong} von {frames} Frames beginnen nicht mit dem kürzesten Kopf für ihre Zahlen (zuerst "
        f"{stream.label.de}: "
        f"KID {kid} und CTR {ctr} als {begin}).",
        en=f"{wrong} of {frames} frames do not begin with the shortest header for their numbers (first "
        f"{stream.label.en}: "
        f"KID {kid} and CTR {ctr} as {begin}).",
    )


def _canonical(frames: int, streams: int) -> Sentence:
    return Sentence(
        de=f"{frames} Frames in {words.count(streams, 'Strom', 'Strömen')}: Jeder beginnt mit dem einen Kopf, den "
        "RFC 9605 "
        "für seine KID und seinen Zählerstand vorsieht.",
        en=f"{frames} frames in {words.count(streams, 'stream', 'streams')}: each begins with the one header that "
        "RFC 9605 "
        "has for its KID and counter.",
    )


CHECK = Check(
    id="C01",
    name="header-canonical",
    passing=Sentence(
        de="Jeder verschlüsselte Frame beginnt mit dem einen SFrame-Kopf, den RFC 9605 für seine Schlüsselkennung und "
        "seinen Zählerstand vorsieht.",
        en="Every encrypted frame begins with the one SFrame header that RFC 9605 has for its key ID and counter.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 4.3",),
    judge=judge,
)
