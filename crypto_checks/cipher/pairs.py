"""Encrypted frames at the media server beside what is in them: the frame that the sender's encoder made."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from crypto_checks.scope import regular_calls
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.errors import WireError
from harness.model.evidence import Evidence
from harness.model.sentence import Sentence
from harness.wire.frames import Frame
from harness.wire.sframe_forms import read_header

VANTAGE = ("sfu", "encoded-frames")
WHOLE = 8  # bytes from which a frame is not part of another by chance
PAIRED_SHARE = 0.9  # of a stream's changed frames of which must be known what is in them (our own threshold)
UNNOTED = 0.5  # seconds at a stream's end of which the page may have kept its notes to itself (our own threshold)


@dataclass(frozen=True, slots=True)
class Pair:
    """A frame as the media server held it and as the encoder had made it; the transform has changed it.

    A frame that holds the encoder's as a whole is clear whatever stands around it, and no pair.
    """

    held: bytes
    made: bytes
    body: bytes  # what comes behind the SFrame header; empty where there is none


@dataclass(frozen=True, slots=True)
class PairedStream:
    """The pairs of one stream, in its order."""

    stream: Stream
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Paired:
    """The streams of the regular calls; ``nothing``: working taps saw every stream and none was ever encrypted."""

    streams: list[PairedStream]
    records: list[str]
    gaps: list[Sentence]
    nothing: bool


def read_pairs(evidence: Evidence) -> Paired:
    """Every changed frame of the regular calls; a gap where of less than nearly all of a stream's it is known what is
    in them."""
    paired = evidence.once("pairs", lambda: _read_pairs(evidence))
    return Paired(list(paired.streams), list(paired.records), list(paired.gaps), paired.nothing)


def _read_pairs(evidence: Evidence) -> Paired:
    calls, gaps = regular_calls(evidence, VANTAGE)
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    records = [call.id for call in calls] + [
        record for stream in streams for record in (*stream.records, *stream.sent.after_records)
    ]
    nothing = none_sealed(streams, gaps)
    paired: list[PairedStream] = []
    for stream in streams:
        as_made = {frame.data for frame in stream.sent.encoder}
        changed = sum(frame.data not in as_made for frame in stream.frames[: _noted(stream)])
        pairs = _pairs(stream.frames, stream.sent.app_before or (), stream.sent.app_after or ())
        paired.append(PairedStream(stream, pairs))
        if len(pairs) < PAIRED_SHARE * changed:
            gaps.append(_gap(stream, len(pairs), changed))
    return Paired(paired, records, gaps, nothing)


def _noted(stream: Stream) -> int:
    """How many of the frames it is asked of what is in them: all, or all but those of the last moment.

    Taps tell in turns, and a page that hangs up takes the last turn with it: what it sent then nobody noted.
    """
    sent = (*(stream.sent.app_before or ()), *(stream.sent.app_after or ()), *(stream.sent.observer or ()))
    last = max((frame.at for frame in sent), default=0.0)
    after = [index for index, frame in enumerate(stream.frames) if frame.at > last]
    begins = min(after, default=len(stream.frames))
    ends = max((frame.at for frame in stream.frames), default=0.0)
    at_end = len(after) == len(stream.frames) - begins and ends - last <= UNNOTED
    return begins if at_end else len(stream.frames)


@lru_cache(maxsize=128)
def _pairs(held: Sequence[Frame], before: Sequence[Frame], after: Sequence[Frame]) -> tuple[Pair, ...]:
    # Several judges ask the same of the same frames; the answer depends on nothing else.
    left = {frame.data: frame for frame in after}
    made: dict[int, list[Frame]] = {}
    for frame in sorted(before, key=lambda frame: frame.at):
        made.setdefault(frame.timestamp, []).append(frame)
    pairs: list[Pair] = []
    for frame in held:
        out = left.get(frame.data)
        sources = made.get(out.timestamp, []) if out else []
        if out is None or not sources:
            continue
        # Connections may give timestamps twice: what was made last before it left is what is in it.
        at = bisect.bisect_right([source.at for source in sources], out.at)
        source = sources[max(at - 1, 0)]
        if source.data != frame.data and not _holds(frame.data, source.data):
            pairs.append(Pair(frame.data, source.data, _body(frame.data)))
    return tuple(pairs)


def _holds(held: bytes, made: bytes) -> bool:
    # The beginning is looked for first: it seldom is there, and a long search is dear for each of many frames.
    return len(made) >= WHOLE and made[:WHOLE] in held and made in held


def _body(held: bytes) -> bytes:
    try:
        return held[read_header(held).size :]
    except WireError:
        return b""


def _gap(stream: Stream, known: int, changed: int) -> Sentence:
    return Sentence(
        de=f"von nur {known} der {changed} verschlüsselten Frames ist bekannt, was darin ist: {stream.label.de}",
        en=f"of only {known} of the {changed} encrypted frames it is known what is in them: {stream.label.en}",
    )
