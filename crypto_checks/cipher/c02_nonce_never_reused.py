"""No key ever encrypts two frames with the same counter, over the whole run and over every new connection."""

from collections import Counter

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from crypto_checks.scope import regular_calls, tap_gaps
from crypto_checks.streams import Stream, none_sealed, read_streams
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import OpenedFrames
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames", "keys")
OPENED_SHARE = 0.99  # of the sealed frames of a stream that the recorded keys must open (our own threshold)

Use = tuple[str, int, int]  # key, key ID and counter of one encryption
_NO_COUNTER = Sentence(
    de="so gibt es keinen Zähler, der sich wiederholen könnte", en="so there is no counter to repeat"
)


def judge(evidence: Evidence) -> Finding:
    """Counts repeats of (key, KID, CTR) over all calls; the recorded keys must open the regular streams."""
    calls, gaps = regular_calls(evidence, ("sfu", "encoded-frames"))
    streams, lost = read_streams(evidence, calls, required=True)
    gaps += lost
    opened = list(evidence.of(OpenedFrames))
    records = [call.id for call in calls] + [record for stream in streams for record in stream.records]
    records += [found.id for found in opened]
    if none_sealed(streams, gaps):
        return nothing_sealed(_NO_COUNTER, records)
    gaps += [gap for call in calls for gap in tap_gaps(evidence, call.seen.call, ("keys",))]
    readable = [found for found in opened if _well_formed(found.seen)]
    gaps += [
        _gap(stream, readable) for stream in streams if stream.sealed and _opened_share(stream, readable) < OPENED_SHARE
    ]
    uses = [(use, found.seen.call) for found in readable for use in _uses(found.seen)]
    times = Counter(use for use, _ in uses)
    repeats = sum(count - 1 for count in times.values())
    figures = {"frames": len(uses), "keys": len({key for key, _, _ in times}), "repeats": repeats}
    if repeats:
        first = next((use, call) for use, call in uses if times[use] > 1)
        return decided(Outcome.FAIL, _repeated(repeats, *first), records, figures)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _never(len(uses), int(figures["keys"])), records, figures)


def _well_formed(seen: OpenedFrames) -> bool:
    same = len(seen.keys) == len(seen.kids) == len(seen.ctrs)
    return same and all(key < len(seen.key_ids) for key in seen.keys)


def _uses(seen: OpenedFrames) -> list[Use]:
    columns = zip(seen.keys, seen.kids, seen.ctrs, strict=True)
    return [(seen.key_ids[key], kid, ctr) for key, kid, ctr in columns if key >= 0]


def _opened_share(stream: Stream, opened: list[Found[OpenedFrames]]) -> float:
    sealed = [index for index, clear in enumerate(stream.clear) if not clear and index >= stream.early]
    for found in opened:
        seen = found.seen
        named = (seen.call, seen.party, seen.media, seen.segment)
        if named == (stream.call, stream.party, stream.media, stream.segment) and len(seen.keys) == len(stream.frames):
            return sum(1 for index in sealed if seen.keys[index] >= 0) / len(sealed)
    return 0.0


def _gap(stream: Stream, opened: list[Found[OpenedFrames]]) -> Sentence:
    share = 100 * _opened_share(stream, opened)
    return Sentence(
        de=f"die aufgezeichneten Schlüssel öffnen nur {words.decimal_de(share, 1)} % der verschlüsselten Frames: "
        f"{stream.label.de}",
        en=f"the keys recorded open only {share:.1f} % of the sealed frames: {stream.label.en}",
    )


def _repeated(repeats: int, use: Use, call: str) -> Sentence:
    _, kid, ctr = use
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
