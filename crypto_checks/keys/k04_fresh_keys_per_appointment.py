"""No key that encrypts media serves two appointments."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.recorded import keys_of, no_key
from crypto_checks.keys.searched import no_key_in_a_plain_run
from crypto_checks.scope import regular_calls
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallFact, KeySeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("keys",)


def judge(evidence: Evidence) -> Finding:
    """Compares the workers' keys of all regular calls; keys that opened captured frames count before all others."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    in_workers = {
        call.seen.call: [found for found in keys_of(evidence, call.seen.call) if found.seen.scope == "worker"]
        for call in calls
    }
    proven = any(found.seen.opens for keys in in_workers.values() for found in keys)
    used = {name: [found for found in keys if found.seen.opens or not proven] for name, keys in in_workers.items()}
    if not any(in_workers.values()) and (plain := no_key_in_a_plain_run(evidence)):
        return plain
    records = [call.id for call in calls] + [found.id for keys in used.values() for found in keys]
    serving: dict[str, list[str]] = {}
    for name, keys in used.items():
        for key_id in sorted({found.seen.key_id for found in keys}):
            serving.setdefault(key_id, []).append(name)
    shared = [names for names in serving.values() if len(names) > 1]
    figures = {"calls": len(calls), "keys": len(serving), "keys_in_two_calls": len(shared)}
    if shared:
        return decided(Outcome.FAIL, _shared(len(shared), len(serving), shared[0]), records, figures)
    gaps += [no_key(name) for name, keys in used.items() if not keys]
    gaps += [gap for call in calls if used[call.seen.call] for gap in _unheard(call.seen, in_workers[call.seen.call])]
    if len(used) < 2:
        gaps.append(Sentence(de="dafür braucht es zwei reguläre Gespräche", en="two regular calls are needed for this"))
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _fresh(len(serving), len(used)), records, figures)


def _unheard(call: CallFact, keys: list[Found[KeySeen]]) -> list[Sentence]:
    """The people of whose keys nothing was recorded: theirs might be the ones that serve again."""
    heard = {found.seen.party for found in keys}
    return [
        Sentence(
            de=f"kein Medienschlüssel {words.party_de(party)} wurde aufgezeichnet, Gespräch {call.call}",
            en=f"no media key of {words.party_en(party)} was recorded in call {call.call}",
        )
        for party in call.parties
        if party not in heard
    ]


def _shared(shared: int, keys: int, names: list[str]) -> Sentence:
    return Sentence(
        de=f"Von {keys} Medienschlüsseln {'diente' if shared == 1 else 'dienten'} {shared} mehr als einem Gespräch "
        f"({words.listed(names, 'und')}).",
        en=f"{shared} of {words.count(keys, 'media key', 'media keys')} served more than one call "
        f"({words.listed(names, 'and')}).",
    )


def _fresh(keys: int, calls: int) -> Sentence:
    return Sentence(
        de=f"{keys} Medienschlüssel in {calls} Gesprächen: Keiner diente zwei Gesprächen.",
        en=f"{keys} media keys in {calls} calls: none of them served two calls.",
    )


CHECK = Check(
    id="K04",
    name="fresh-keys-per-appointment",
    passing=Sentence(
        de="Kein Schlüssel, der Bild oder Ton verschlüsselt, dient zwei Terminen.",
        en="No key that encrypts media serves two appointments.",
    ),
    vantage=VANTAGE,
    norms=("DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.1",),
    judge=judge,
)
