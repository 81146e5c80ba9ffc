"""Of frames too short for E01, only those that the target lists are in the clear, and nobody can slip in others."""

from collections import Counter
from dataclasses import dataclass

from crypto_checks import words
from crypto_checks.cipher.attacked import read_attacks
from crypto_checks.cipher.opened import of_stream
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.left_out import left_to_others
from crypto_checks.scope import regular_calls
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import Declared, FramesAttacked, OpenedFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.specials import SHORT, SILENCE, kind_of

VANTAGE = ("sfu", "encoded-frames")
_NOTHING_SPECIAL = Sentence(de="so ist keiner davon eine Ausnahme", en="so none of them is an exception")
_UNDECLARED = Sentence(
    de="das Ziel gibt nicht an, welche kurzen Frames unverschlüsselt sein dürfen",
    en="the target does not declare which short frames may be in the clear",
)
_KINDS = {
    "empty": Sentence(de="leer", en="empty"),
    "silence": Sentence(de="Stille", en="silence"),
    "pause": Sentence(de="Sprechpause", en="a pause"),
}


@dataclass(frozen=True, slots=True)
class _Clear:
    """The short frames of a stream that were in the clear: ``listed`` by the target, or not (``other``)."""

    stream: Stream
    listed: int
    other: tuple[bytes, ...]


def judge(evidence: Evidence) -> Finding:
    """Looks for short clear frames in the regular calls, and for silence that was slipped in and passed on.

    A frame is one that equals a frame of the encoder's, whatever is in it, or that is empty or silence as its codec
    writes it, whoever made it; what a key opened is sealed. Longer clear frames, and media that have some, are E01's;
    beginnings are E03's; a page that passes other frames on as well is C07's.
    """
    calls, gaps = regular_calls(evidence, VANTAGE)
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    others = left_to_others(evidence)
    told = [found for found in evidence.of(Declared) if found.seen.clear_frames is not None]
    listed = frozenset(name for found in told[:1] for name in found.seen.clear_frames or ())
    opened = list(evidence.of(OpenedFrames))
    judged = [stream for stream in streams if stream.media not in others.media]
    seen = [_short(stream, of_stream(stream, opened), listed) for stream in judged]
    clear = [each for each in seen if each.other]
    records = [call.id for call in calls] + [record for stream in streams for record in stream.records]
    records += [found.id for found in told]
    vanished = none_sealed(streams, gaps) and any(any(stream.leaks) for stream in streams)
    gaps += [] if told else [_UNDECLARED]
    attacks = read_attacks(evidence, ("silence",), ("audio",))
    slipped = [] if SILENCE.hex() in listed else attacks.seen
    passed = [found for found in slipped if _shown(found.seen) and not _passes_anything(evidence, found.seen)]
    if SILENCE.hex() not in listed:
        records += attacks.records
        gaps += attacks.gaps
    figures = {
        "frames": sum(len(stream.frames) for stream in judged),
        "short_made": _made(judged),
        "clear_not_listed": sum(len(each.other) for each in seen),
        "clear_listed": sum(each.listed for each in seen),
        "slipped_in": sum(found.seen.delivered for found in slipped),
        "played": sum(_shown(found.seen) for found in passed),
    }
    if clear and told:
        return decided(Outcome.FAIL, _in_the_clear(clear), records, figures)
    if passed and told:
        return decided(Outcome.FAIL, _played(passed), records, figures)
    if vanished:
        return nothing_sealed(_NOTHING_SPECIAL, records)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _none(judged, seen, slipped, sorted(others.media)), records, figures)


def _short(stream: Stream, opened: OpenedFrames | None, listed: frozenset[str]) -> _Clear:
    keys = opened.keys if opened else (-1,) * len(stream.frames)
    rows = list(zip(stream.frames, stream.clear, keys, strict=True))[stream.early :]
    found = [
        frame.data
        for frame, is_clear, key in rows
        if key < 0 and len(frame.data) < SHORT and (is_clear or kind_of(stream.codec, frame.data))
    ]
    other = tuple(data for data in found if data.hex() not in listed)
    return _Clear(stream, len(found) - len(other), other)


def _shown(seen: FramesAttacked) -> int:
    return seen.opened + seen.unopened


def _passes_anything(evidence: Evidence, seen: FramesAttacked) -> bool:
    """Whether the page passes plain frames on that are no silence, too."""
    same = evidence.of(FramesAttacked, call=seen.call, party=seen.party)
    return any((found.seen.attack, found.seen.media) == ("plain", seen.media) and _shown(found.seen) for found in same)


def _in_the_clear(clear: list[_Clear]) -> Sentence:
    worst, more = max(clear, key=lambda each: len(each.other)), len(clear) - 1
    stream, [(usual, _)] = worst.stream, Counter(worst.other).most_common(1)
    what = _KINDS.get(kind_of(stream.codec, usual))
    name = usual.hex() or "–"
    usual_de, usual_en = (f"{name}: {what.de}", f"{name}, {what.en}") if what else (name, name)
    more_de = f"; so auch in {words.count(more, 'weiteren Strom', 'weiteren Strömen')}" if more else ""
    more_en = f"; so it was in {words.count(more, 'more stream', 'more streams')}" if more else ""
    held = len(stream.frames)
    return Sentence(
        de=f"Der Medienserver hielt {len(worst.other)} von {held} {words.media_de(stream.media)}-Frames "
        f"{words.party_de(stream.party)} unverschlüsselt, die kürzer als {SHORT} Bytes sind und nicht auf der Liste "
        f"des Ziels stehen (meist {usual_de}; Gespräch {stream.call}){more_de}.",
        en=f"The media server held {len(worst.other)} of {held} {stream.media} frames of "
        f"{words.party_en(stream.party)} in the clear that are shorter than {SHORT} bytes and not on the target's "
        f"list (mostly {usual_en}; call {stream.call}){more_en}.",
    )


def _played(passed: list[Found[FramesAttacked]]) -> Sentence:
    worst, more = max((found.seen for found in passed), key=_shown), len(passed) - 1
    more_de = f"; so auch {words.count(more, 'weitere Seite', 'weitere Seiten')}" if more else ""
    more_en = f"; so did {words.count(more, 'more page', 'more pages')}" if more else ""
    return Sentence(
        de=f"Die Seite {words.party_de(worst.party)} gab {_shown(worst)} von {worst.delivered} untergeschobenen "
        f"Frames mit unverschlüsselter Stille zum Abspielen weiter, die nicht auf der Liste des Ziels steht (Gespräch "
        f"{worst.call}){more_de}.",
        en=f"{words.party_en(worst.party).capitalize()}'s page played {_shown(worst)} of {worst.delivered} frames of "
        f"silence in the clear that were slipped in and are not on the target's list (call {worst.call}){more_en}.",
    )


def _none(
    judged: list[Stream], seen: list[_Clear], slipped: list[Found[FramesAttacked]], left_out: list[str]
) -> Sentence:
    frames, listed = sum(len(stream.frames) for stream in judged), sum(each.listed for each in seen)
    out_de = out_en = ""
    if left_out:
        out_de = f" ({words.listed([words.media_de(media) for media in left_out], 'und')} beurteilt E01)"
        out_en = f" ({words.listed(left_out, 'and')}: E01 judges that)"
    made = _made(judged)
    but_de = f" außer {listed}, die das Ziel angibt" if listed else ""
    but_en = f" but {listed} that the target lists" if listed else ""
    tried = sum(found.seen.delivered for found in slipped)
    tried_de = f"; von {tried} untergeschobenen Frames mit Stille wurde keiner abgespielt" if tried else ""
    tried_en = f"; of {tried} frames of silence that were slipped in none was played" if tried else ""
    return Sentence(
        de=f"Von den {frames} Frames in {words.count(len(judged), 'Strom', 'Strömen')}{out_de}, die der Medienserver "
        f"hielt, ist kein kurzer unverschlüsselt{but_de}; so kurze erzeugten die Encoder "
        f"{f'{made}-mal' if made else 'nie'}{tried_de}.",
        en=f"Of the {frames} frames in {words.count(len(judged), 'stream', 'streams')}{out_en} that the media server "
        f"held no short one is in the clear{but_en}; the encoders made {made or 'none'} so short{tried_en}.",
    )


def _made(judged: list[Stream]) -> int:
    """How many frames that short the encoders were seen to make, of all connections together."""
    sent = {(stream.call, stream.party, stream.media): stream.sent.encoder for stream in judged}
    return sum(len(frame.data) < SHORT for frames in sent.values() for frame in frames)


CHECK = Check(
    id="E07",
    name="only-listed-specials-in-clear",
    passing=Sentence(
        de="Von Frames, die für E01 zu kurz sind, sind nur die unverschlüsselt, die das Ziel angibt, und niemand kann "
        "andere unterschieben.",
        en="Of frames too short for E01, only those that the target lists are in the clear, and nobody can slip in "
        "others.",
    ),
    vantage=VANTAGE,
    norms=("DAVE protocol, silence packet passthrough", "RFC 9605, section 3", "DSGVO Art. 32(1)(a)"),
    judge=judge,
)
