"""No two frames are encrypted with the same keystream, not even a piece of it further on."""

from crypto_checks import words
from crypto_checks.cipher.pairs import VANTAGE, PairedStream, read_pairs
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.repeats import BLOCK, keystream_overlaps

_NO_KEYSTREAM = Sentence(
    de="so gibt es nichts, was sich überlagern könnte", en="so there is nothing that could overlap"
)


def judge(evidence: Evidence) -> Finding:
    """Takes from each frame at the media server what the encoder had made, and looks for the rest in all other frames.

    Where two agree, at whatever offset, the difference of the ciphertexts is that of what was encrypted.
    """
    paired = read_pairs(evidence)
    if paired.nothing:
        return nothing_sealed(_NO_KEYSTREAM, paired.records)
    sealed: list[bytes] = []
    plain: list[bytes] = []
    whose: list[PairedStream] = []
    for stream in paired.streams:
        for pair in stream.pairs:
            body = pair.body[: len(pair.made)]
            sealed.append(body)
            plain.append(pair.made[: len(body)])
            whose.append(stream)
    overlaps = keystream_overlaps(sealed, plain)
    megabytes = sum(map(len, plain)) / 1e6
    figures = {"frames": len(plain), "megabytes": round(megabytes, 3), "overlapping_frames": len(overlaps)}
    if overlaps:
        first = overlaps[0]
        sentence = _overlap(len(overlaps), len(plain), whose[first.frame], whose[first.other], first.shift)
        return decided(Outcome.FAIL, sentence, paired.records, figures)
    if paired.gaps:
        return inconclusive(paired.gaps)
    return decided(Outcome.PASS, _apart(len(plain), megabytes), paired.records, figures)


def _overlap(overlapping: int, frames: int, one: PairedStream, other: PairedStream, shift: int) -> Sentence:
    labels = (one.stream.label, other.stream.label)
    same = labels[0] == labels[1]
    where_de = f"zwei Frames, {labels[0].de}" if same else f"{labels[0].de} und {labels[1].de}"
    where_en = f"two frames, {labels[0].en}" if same else f"{labels[0].en} and {labels[1].en}"
    shift_de = f", um {abs(shift)} Bytes verschoben" if shift else ""
    shift_en = f", {abs(shift)} bytes apart" if shift else ""
    return Sentence(
        de=f"{overlapping} von {frames} Frames teilen {BLOCK} oder mehr Bytes Schlüsselstrom mit einem anderen (zuerst "
        f"{where_de}{shift_de}): Der Unterschied der Chiffrate ist der Unterschied dessen, was verschlüsselt wurde.",
        en=f"{overlapping} of {frames} frames share {BLOCK} or more bytes of keystream with another (first {where_en}"
        f"{shift_en}): the difference of the ciphertexts is the difference of what was encrypted.",
    )


def _apart(frames: int, megabytes: float) -> Sentence:
    return Sentence(
        de=f"{frames} Frames ({words.decimal_de(megabytes, 1)} MB): Keine zwei teilen {BLOCK} Bytes Schlüsselstrom, "
        "auch nicht "
        "verschoben.",
        en=f"{frames} frames ({megabytes:.1f} MB): no two share {BLOCK} bytes of keystream, not at another offset "
        "either.",
    )


CHECK = Check(
    id="C09",
    name="keystream-never-overlaps",
    passing=Sentence(
        de="Keine zwei Frames sind mit demselben Schlüsselstrom verschlüsselt, auch nicht mit einem verschobenen "
        "Stück davon.",
        en="No two frames are encrypted with the same keystream, not even a piece of it further on.",
    ),
    vantage=VANTAGE,
    norms=("RFC 5116, section 3.1", "RFC 9605, section 9.1"),
    judge=judge,
)
