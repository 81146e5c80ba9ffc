"""Every encrypted frame carries an authentication tag of 16 bytes or more."""

from crypto_checks import words
from crypto_checks.cipher.opened import VANTAGE, forms, read_opened, without_form
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import OpenedFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

STRONG = 16  # bytes: what AES-GCM gives when nothing is cut off
WEAK = 8  # bytes; a shorter tag fails (our own thresholds)

_NO_TAG = Sentence(de="so gibt es nichts, was einen Prüfwert trüge", en="so nothing is there that would carry a tag")


def judge(evidence: Evidence) -> Finding:
    """Asks how long the tags were that held when the recorded keys opened the frames at the media server."""
    reading = read_opened(evidence)
    if reading.nothing:
        return nothing_sealed(_NO_TAG, reading.records)
    tags = [(form.tag_bytes, count, seen) for seen, form, count in forms(reading.opened)]
    shortest = min((tag for tag, _, _ in tags), default=STRONG)
    frames = sum(count for _, count, _ in tags)
    figures = {"frames": frames, "shortest_tag": shortest}
    short = [(tag, count, seen) for tag, count, seen in tags if tag == shortest]
    if shortest < WEAK:
        return decided(Outcome.FAIL, _short(short), reading.records, figures)
    if gaps := reading.gaps + without_form(reading.opened):
        return inconclusive(gaps)
    if shortest < STRONG:
        return decided(Outcome.WEAK, _short(short), reading.records, figures)
    return decided(Outcome.PASS, _strong(frames, shortest), reading.records, figures)


def _short(short: list[tuple[int, int, OpenedFrames]]) -> Sentence:
    tag, _, seen = short[0]
    frames = sum(count for _, count, _ in short)
    where = words.stream(seen.call, seen.party, seen.media, seen.segment)
    tag_de = f"einen Prüfwert von nur {tag} Bytes" if tag else "keinen Prüfwert"
    tag_en = f"an authentication tag of only {tag} bytes" if tag else "no authentication tag"
    carry = "carries" if frames == 1 else "carry"
    return Sentence(
        de=f"{words.count(frames, 'Frame trägt', 'Frames tragen')} {tag_de} (zuerst {where.de}).",
        en=f"{words.count(frames, 'frame', 'frames')} {carry} {tag_en} (first {where.en}).",
    )


def _strong(frames: int, tag: int) -> Sentence:
    return Sentence(
        de=f"{frames} Frames: Jeder trägt einen Prüfwert von {tag} Bytes, der beim Öffnen stimmte.",
        en=f"{frames} frames: each carries an authentication tag of {tag} bytes, which held when it was opened.",
    )


CHECK = Check(
    id="C05",
    name="tag-strength",
    passing=Sentence(
        de="Jeder verschlüsselte Frame trägt einen Prüfwert von 16 Bytes oder mehr.",
        en="Every encrypted frame carries an authentication tag of 16 bytes or more.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 7.5", "BSI TR-02102-1"),
    judge=judge,
)
