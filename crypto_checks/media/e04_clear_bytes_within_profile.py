"""Of an encrypted frame, no more bytes at its head are clear than the target declares."""

from dataclasses import dataclass
from statistics import median_low

from crypto_checks import words
from crypto_checks.cipher.pairs import VANTAGE, Pair, PairedStream, read_pairs
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import Declared
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.frame_profiles import PROFILES, ClearBytes, permitted

CHANCE = 3  # bytes at the head of single frames that may agree by chance: one frame in 4 thousand million shows more
ENOUGH = 8  # frames of which half or more must show a clear head; in fewer, chance would be too often right
_NO_HEAD = Sentence(de="so gibt es keinen Frame mit einem klaren Anfang", en="so there is no frame with a clear head")
_UNDECLARED = Sentence(
    de="das Ziel gibt nicht an, welche Bytes seiner Frames unverschlüsselt sind",
    en="the target does not declare which bytes of its frames are clear",
)


@dataclass(frozen=True, slots=True)
class _Head:
    """Frames of a stream for which ``allowed`` bytes may be clear, ``wide`` of which show more, the widest ``seen``."""

    stream: PairedStream
    allowed: int
    frames: int
    wide: int
    seen: int


def judge(evidence: Evidence) -> Finding:
    """Compares the head of every frame that the transform changed with that of the encoder's frame.

    Frames that were not changed at all are E01's.
    """
    paired = read_pairs(evidence)
    if paired.nothing:
        return nothing_sealed(_NO_HEAD, paired.records)
    told = [found for found in evidence.of(Declared) if found.seen.clear_bytes is not None]
    records = paired.records + [found.id for found in told]
    gaps = paired.gaps
    clear, header = ClearBytes(), True
    if told and told[0].seen.clear_bytes is not None:
        clear = ClearBytes(*told[0].seen.clear_bytes)
        header = told[0].seen.frame_profile not in PROFILES or PROFILES[told[0].seen.frame_profile].header
    else:
        gaps = [*gaps, _UNDECLARED]
    heads = [head for stream in paired.streams for head in _heads(stream, clear, header)]
    frames = sum(head.frames for head in heads)
    wide = [head for head in heads if head.wide]
    figures = {"frames": frames, "frames_with_more": sum(head.wide for head in heads)}
    figures["most_clear_bytes"] = max((head.seen for head in wide), default=0)
    if wide and told:
        return decided(Outcome.FAIL, _wider(max(wide, key=lambda head: head.wide)), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _within(frames, len(paired.streams), clear), records, figures)


def _heads(stream: PairedStream, clear: ClearBytes, header: bool) -> list[_Head]:
    """The frames of a stream, put together by how many of their bytes may be clear."""
    codec = stream.stream.codec
    by_allowed: dict[int, list[int]] = {}
    for pair in stream.pairs:
        by_allowed.setdefault(permitted(clear, codec, pair.made), []).append(_common(pair, header))
    heads = []
    for allowed, runs in sorted(by_allowed.items()):
        usual = median_low(runs) if len(runs) >= ENOUGH else 0
        limit = allowed if usual > allowed else allowed + CHANCE
        heads.append(_Head(stream, allowed, len(runs), sum(run > limit for run in runs), max(runs)))
    return heads


def _common(pair: Pair, header: bool) -> int:
    """How many bytes at the head of a frame are the encoder's, before or behind an SFrame header.

    As many as a header has may look like the encoder's all along a stream, for both are nearly the same in each frame.
    """
    before = _run(pair.held, pair.made)
    if not header:
        return before
    return max(_run(pair.body, pair.made), before if before > len(pair.held) - len(pair.body) else 0)


def _run(one: bytes, other: bytes) -> int:
    for length, (ours, theirs) in enumerate(zip(one, other, strict=False)):
        if ours != theirs:
            return length
    return min(len(one), len(other))


def _wider(head: _Head) -> Sentence:
    label = head.stream.stream.label
    return Sentence(
        de=f"Bei {head.wide} von {head.frames} verschlüsselten Frames sind am Anfang bis zu {head.seen} Bytes "
        f"unverschlüsselt, das Ziel gibt {head.allowed} an: {label.de}.",
        en=f"{head.wide} of {head.frames} encrypted frames show up to {head.seen} clear bytes at their head, where "
        "the target "
        f"declares {head.allowed}: {label.en}.",
    )


def _within(frames: int, streams: int, clear: ClearBytes) -> Sentence:
    if clear == ClearBytes():
        told_de, told_en = "kein Byte am Anfang ist unverschlüsselt", "no byte at their head is clear"
    else:
        numbers = f"{clear.key_frame}, {clear.delta_frame}, {clear.audio}"
        told_de = f"nicht mehr Bytes am Anfang sind unverschlüsselt als angegeben ({numbers})"
        told_en = f"no more bytes at their head are clear than declared ({numbers})"
    return Sentence(
        de=f"{frames} verschlüsselte Frames in {words.count(streams, 'Strom', 'Strömen')}: {told_de}.",
        en=f"{frames} encrypted frames in {words.count(streams, 'stream', 'streams')}: {told_en}.",
    )


CHECK = Check(
    id="E04",
    name="clear-bytes-within-profile",
    passing=Sentence(
        de="Von einem verschlüsselten Frame sind am Anfang nicht mehr Bytes klar, als das Ziel angibt.",
        en="Of an encrypted frame, no more bytes at its head are clear than the target declares.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 3", "RFC 9605, section 4.2"),
    judge=judge,
)
