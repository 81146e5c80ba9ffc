"""No key ever encrypts two frames with the same counter, over the whole run and over every new connection."""

from collections import Counter

from crypto_checks import words
from crypto_checks.cipher.opened import VANTAGE, read_opened
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import OpenedFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

Use = tuple[str, int, int]  # key, key ID and counter of one encryption
FIXED = -1  # in the place of a counter that does not go into the nonce
_NO_COUNTER = Sentence(
    de="so gibt es keinen Zähler, der sich wiederholen könnte", en="so there is no counter to repeat"
)


def judge(evidence: Evidence) -> Finding:
    """Counts repeats of (key, KID, CTR) over all calls; the recorded keys must open the regular streams.

    Where the counter does not go into the nonce, one frame's nonce is the next one's.
    """
    reading = read_opened(evidence)
    if reading.nothing:
        return nothing_sealed(_NO_COUNTER, reading.records)
    uses = [(use, found.seen.call) for found in reading.opened for use in _uses(found.seen)]
    times = Counter(use for use, _ in uses)
    repeats = sum(count - 1 for count in times.values())
    figures = {"frames": len(uses), "keys": len({key for key, _, _ in times}), "repeats": repeats}
    if repeats:
        first = next((use, call) for use, call in uses if times[use] > 1)
        return decided(Outcome.FAIL, _repeated(repeats, *first), reading.records, figures)
    if reading.gaps:
        return inconclusive(reading.gaps)
    return decided(Outcome.PASS, _never(len(uses), int(figures["keys"])), reading.records, figures)


def _uses(seen: OpenedFrames) -> list[Use]:
    fixed = {index for index, form in enumerate(seen.forms) if form.nonce == "fixed"}
    columns = zip(seen.keys, seen.kids, seen.ctrs, seen.formed or (-1,) * len(seen.keys), strict=True)
    return [(seen.key_ids[key], kid, FIXED if form in fixed else ctr) for key, kid, ctr, form in columns if key >= 0]


def _repeated(repeats: int, use: Use, call: str) -> Sentence:
    _, kid, ctr = use
    if ctr == FIXED:
        return Sentence(
            de=f"{repeats}-mal verschlüsselte ein Schlüssel mit einem Anfangswert, den er schon benutzt hatte: Der "
            "Zähler im "
            f"Kopf der Frames geht nicht in ihn ein (zuerst im Gespräch {call}: KID {kid}).",
            en=f"{words.count(repeats, 'time', 'times')} a key encrypted with a nonce that it had used before: the "
            "counter in "
            f"the frames' header does not go into it (first in call {call}: KID {kid}).",
        )
    return Sentence(
        de=f"{repeats}-mal verschlüsselte ein Schlüssel mit einem Zählerstand, den er schon benutzt hatte (zuerst "
        "im Gespräch "
        f"{call}: KID {kid}, CTR {ctr}).",
        en=f"{words.count(repeats, 'time', 'times')} a key encrypted with a counter that it had used before (first "
        "in call "
        f"{call}: KID {kid}, CTR {ctr}).",
    )


def _never(frames: int, keys: int) -> Sentence:
    return Sentence(
        de=f"{frames} Frames unter {words.count(keys, 'Schlüssel', 'Schlüsseln')}: Kein Schlüssel benutzte einen "
        "Zählerstand "
        f"zweimal.",
        en=f"{frames} frames under {words.count(keys, 'key', 'keys')}: no key used a counter twice.",
    )


CHECK = Check(
    id="C02",
    name="nonce-never-reused",
    passing=Sentence(
        de="Kein Schlüssel verschlüsselt je zwei Frames mit demselben Zählerstand, im ganzen Lauf und über jede neue "
        "Verbindung hinweg.",
        en="No key ever encrypts two frames with the same counter, over the whole run and over every new connection.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 9.1", "RFC 5116, section 5.1.1"),
    judge=judge,
)
