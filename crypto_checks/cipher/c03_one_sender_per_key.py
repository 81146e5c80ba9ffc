"""No key encrypts for two senders, and none encrypts in both directions of a call."""

from crypto_checks import words
from crypto_checks.cipher.opened import VANTAGE, read_opened
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

_NO_KEY = Sentence(
    de="so gibt es keinen Schlüssel, den zwei benutzen könnten", en="so there is no key that two could use"
)


def judge(evidence: Evidence) -> Finding:
    """Asks of every key that opened frames at the media server whose frames these were, over all calls."""
    reading = read_opened(evidence)
    if reading.nothing:
        return nothing_sealed(_NO_KEY, reading.records)
    senders: dict[str, dict[str, str]] = {}  # key -> sender -> a call in which it sent
    for found in reading.opened:
        for index in sorted(set(found.seen.keys) - {-1}):
            senders.setdefault(found.seen.key_ids[index], {}).setdefault(found.seen.party, found.seen.call)
    shared = [parties for parties in senders.values() if len(parties) > 1]
    figures = {"keys": len(senders), "keys_of_two_senders": len(shared)}
    if shared:
        return decided(Outcome.FAIL, _shared(len(shared), len(senders), shared[0]), reading.records, figures)
    if reading.gaps:
        return inconclusive(reading.gaps)
    return decided(Outcome.PASS, _own(len(senders)), reading.records, figures)


def _shared(shared: int, keys: int, parties: dict[str, str]) -> Sentence:
    call = next(iter(parties.values()))
    whose_de = words.listed([words.party_de(party) for party in sorted(parties)], "und")
    whose_en = words.listed([words.party_en(party) for party in sorted(parties)], "and")
    return Sentence(
        de=f"Von {keys} Schlüsseln {'verschlüsselte' if shared == 1 else 'verschlüsselten'} {shared} für mehr als "
        "einen "
        f"Sender (zuerst im Gespräch {call}: Frames {whose_de}).",
        en=f"{shared} of {words.count(keys, 'key', 'keys')} encrypted for more than one sender (first in call "
        f"{call}: frames "
        f"of {whose_en}).",
    )


def _own(keys: int) -> Sentence:
    return Sentence(
        de=f"{words.count(keys, 'Schlüssel', 'Schlüssel')} öffneten die Frames: Jeder gehört einem Sender.",
        en=f"{words.count(keys, 'key', 'keys')} opened the frames: each is one sender's.",
    )


CHECK = Check(
    id="C03",
    name="one-sender-per-key",
    passing=Sentence(
        de="Kein Schlüssel verschlüsselt für zwei Sender, und keiner in beiden Richtungen eines Gesprächs.",
        en="No key encrypts for two senders, and none encrypts in both directions of a call.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 4.4.1",),
    judge=judge,
)
