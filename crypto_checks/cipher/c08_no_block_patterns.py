"""What repeats in picture or sound does not repeat in what is encrypted of it."""

from crypto_checks import words
from crypto_checks.cipher.pairs import VANTAGE, PairedStream, read_pairs
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.repeats import BLOCK, repeated_blocks

_NO_BLOCKS = Sentence(
    de="so gibt es kein Chiffrat, das Muster zeigen könnte", en="so no ciphertext could show patterns"
)
_NOTHING_TWICE = Sentence(
    de="in Bild und Ton kam nichts zweimal vor, was sich im Chiffrat hätte wiederholen können",
    en="nothing came twice in picture or sound that could have repeated in the ciphertext",
)


def judge(evidence: Evidence) -> Finding:
    """Counts, in each stream, blocks of 16 bytes that came before: in the ciphertext, where by chance none does, and in
    what the encoder made, where some must, or nothing is proven. Across streams repeats are a reused nonce's: C02's."""
    paired = read_pairs(evidence)
    if paired.nothing:
        return nothing_sealed(_NO_BLOCKS, paired.records)
    blocks = repeats = control = 0
    worst: tuple[int, int, PairedStream] | None = None
    for stream in paired.streams:
        counted, again = repeated_blocks([pair.body for pair in stream.pairs if _hidden(pair.body, pair.made)])
        control += repeated_blocks([pair.made for pair in stream.pairs])[1] + _whole_again(stream)
        blocks += counted
        repeats += again
        if again and (worst is None or again > worst[0]):
            worst = again, counted, stream
    figures = {"blocks": blocks, "repeats": repeats, "repeats_in_what_was_encrypted": control}
    if worst:
        return decided(Outcome.FAIL, _patterns(*worst), paired.records, figures)
    gaps = paired.gaps if control or paired.gaps else [_NOTHING_TWICE]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _none(blocks, len(paired.streams), control), paired.records, figures)


def _hidden(body: bytes, made: bytes) -> bool:
    """Whether a frame's beginning is encrypted: what is clear repeats as picture and sound do, and is E04's."""
    return body[:BLOCK] != made[:BLOCK]


def _whole_again(stream: PairedStream) -> int:
    """Frames, whatever their size, that are the same as an earlier one."""
    return len(stream.pairs) - len({pair.made for pair in stream.pairs})


def _patterns(again: int, counted: int, stream: PairedStream) -> Sentence:
    label = stream.stream.label
    return Sentence(
        de=f"{again} von {counted} Blöcken zu {BLOCK} Bytes im Chiffrat waren schon einmal da: {label.de}.",
        en=f"{again} of {counted} blocks of {BLOCK} bytes of ciphertext had been there before: {label.en}.",
    )


def _none(blocks: int, streams: int, control: int) -> Sentence:
    return Sentence(
        de=f"Keiner von {blocks} Blöcken zu {BLOCK} Bytes Chiffrat in {words.count(streams, 'Strom', 'Strömen')} kam "
        "zweimal "
        f"vor, obwohl sich in Bild und Ton {words.count(control, 'Stelle', 'Stellen')} wiederholten.",
        en=f"None of {blocks} blocks of {BLOCK} bytes of ciphertext in {words.count(streams, 'stream', 'streams')} "
        "came twice, "
        f"although {words.count(control, 'place', 'places')} in picture and sound did.",
    )


CHECK = Check(
    id="C08",
    name="no-block-patterns",
    passing=Sentence(
        de="Was sich in Bild oder Ton wiederholt, wiederholt sich nicht in dem, was davon verschlüsselt ist.",
        en="What repeats in picture or sound does not repeat in what is encrypted of it.",
    ),
    vantage=VANTAGE,
    norms=("BSI TR-02102-1",),
    judge=judge,
)
