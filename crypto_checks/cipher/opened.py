"""What the recorded keys opened, over the whole run: what the checks of headers, keys, tags and suites rest on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crypto_checks import words
from crypto_checks.cipher.pairs import UNNOTED
from crypto_checks.scope import missing, regular_calls, tap_gaps
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.evidence import Evidence, Found
from harness.model.observations import FrameForm, OpenedFrames
from harness.model.sentence import Sentence

VANTAGE = ("sfu", "encoded-frames", "keys")
OPENED_SHARE = 0.99  # of the sealed frames of a stream that the recorded keys must open (our own threshold)


_FORM = Sentence(
    de="die Angaben, in welcher Form die Frames verschlüsselt sind", en="the notes in what form the frames are sealed"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """``streams`` are those of the regular calls, ``opened`` what was opened in any call of the run.

    ``nothing``: working taps saw every stream and none was ever encrypted.
    """

    streams: list[Stream]
    opened: list[Found[OpenedFrames]]
    records: list[str]
    gaps: list[Sentence]
    nothing: bool


def read_opened(evidence: Evidence) -> Reading:
    """Everything that was opened; a gap where the keys open less than nearly all of a regular call's sealed frames."""
    reading = evidence.once("opened", lambda: _read_opened(evidence))
    return Reading(
        list(reading.streams), list(reading.opened), list(reading.records), list(reading.gaps), reading.nothing
    )


def _read_opened(evidence: Evidence) -> Reading:
    calls, gaps = regular_calls(evidence, ("sfu", "encoded-frames"))
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    opened = list(evidence.of(OpenedFrames))
    records = [call.id for call in calls] + [record for stream in streams for record in stream.records]
    records += [found.id for found in opened]
    nothing = none_sealed(streams, gaps)
    gaps += [gap for call in calls for gap in tap_gaps(evidence, call.seen.call, ("keys",))]
    readable = [found for found in opened if _well_formed(found.seen)]
    gaps += [
        _gap(stream, readable) for stream in streams if stream.sealed and _opened_share(stream, readable) < OPENED_SHARE
    ]
    return Reading(streams, readable, records, gaps, nothing)


def _well_formed(seen: OpenedFrames) -> bool:
    if not len(seen.keys) == len(seen.kids) == len(seen.ctrs) or any(key >= len(seen.key_ids) for key in seen.keys):
        return False
    if not seen.forms and not seen.formed:
        return True  # as it was noted before there were forms
    same = len(seen.formed) == len(seen.keys) and all(form < len(seen.forms) for form in seen.formed)
    return same and all(key < 0 or form >= 0 for key, form in zip(seen.keys, seen.formed, strict=True))


def of_stream(stream: Stream, opened: Iterable[Found[OpenedFrames]]) -> OpenedFrames | None:
    """What was opened of one stream, frame by frame."""
    for found in opened:
        seen = found.seen
        named = (seen.call, seen.party, seen.media, seen.segment)
        if named == (stream.call, stream.party, stream.media, stream.segment) and len(seen.keys) == len(stream.frames):
            return seen
    return None


def forms(opened: Sequence[Found[OpenedFrames]]) -> Iterator[tuple[OpenedFrames, FrameForm, int]]:
    """Every form in which frames were sealed, with the stream and the number of its frames."""
    for found in opened:
        for index, form in enumerate(found.seen.forms):
            if count := found.seen.formed.count(index):
                yield found.seen, form, count


def without_form(opened: Sequence[Found[OpenedFrames]]) -> list[Sentence]:
    """The gaps of streams that were opened when it was not yet noted in what form their frames were sealed."""
    return [
        missing(_FORM, words.stream(found.seen.call, found.seen.party, found.seen.media, found.seen.segment))
        for found in opened
        if not found.seen.forms and any(key >= 0 for key in found.seen.keys)
    ]


def _opened_share(stream: Stream, opened: list[Found[OpenedFrames]]) -> float:
    early = stream.early
    sealed = [index for index, clear in enumerate(stream.clear) if index >= early and not clear]
    seen = of_stream(stream, opened)
    if seen and any(form.tag_bytes == 0 for form in seen.forms):
        # A frame without a tag is known only by what its encoder made; of a stream's end the page may not have told it.
        end = max((frame.at for frame in stream.frames), default=0.0) - UNNOTED
        sealed = [index for index in sealed if seen.keys[index] >= 0 or stream.frames[index].at < end]
    return sum(1 for index in sealed if seen.keys[index] >= 0) / len(sealed) if seen and sealed else 0.0


def _gap(stream: Stream, opened: list[Found[OpenedFrames]]) -> Sentence:
    share = 100 * _opened_share(stream, opened)
    return Sentence(
        de=f"die aufgezeichneten Schlüssel öffnen nur {words.decimal_de(share, 1)} % der verschlüsselten Frames: "
        f"{stream.label.de}",
        en=f"the keys recorded open only {share:.1f} % of the sealed frames: {stream.label.en}",
    )
