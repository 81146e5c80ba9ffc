"""Where UDP is blocked the call stands all the same, through the relay by TCP or TLS."""

from collections.abc import Iterable, Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import RelayPath
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("paths",)
PARTIES = ("citizen", "clerk")
RELAYED = {"relay/tcp": "TURN/TCP", "relay/tls": "TURN/TLS"}


def judge(evidence: Evidence) -> Finding:
    """Reads by which way each party's media went while its browser sent nothing by UDP."""
    found = list(evidence.of(RelayPath))
    seen = [each.seen for each in found]
    records = [each.id for each in found]
    figures = {"parties": len(seen), "connected": sum(each.connected for each in seen)}
    blocked = [each for each in seen if not each.direct_udp]
    cut_off = [each for each in blocked if not each.connected]
    gaps = [*tap_gaps(evidence, "", VANTAGE), *_gaps(seen)]
    if cut_off:
        return decided(Outcome.FAIL, _cut_off(cut_off), records, figures)
    if gaps:
        return inconclusive(gaps)
    ways = words.listed(sorted({RELAYED[pair] for each in seen for pair in each.pairs}), "und")
    sentence = Sentence(
        de=f"Ohne UDP kam das Gespräch für {len(seen)} Personen über {ways} zustande.",
        en=f"Without UDP the call stood for {len(seen)} people by {ways.replace('und', 'and')}.",
    )
    return decided(Outcome.PASS, sentence, records, figures)


def _cut_off(cut_off: Sequence[RelayPath]) -> Sentence:
    who_de = words.listed([words.party_de(each.party) for each in cut_off], "und")
    who_en = words.listed([words.party_en(each.party) for each in cut_off], "and")
    had = sorted({candidate for each in cut_off for candidate in each.candidates})
    ways_de = f"angeboten waren nur {words.listed(had, 'und')}" if had else "kein Weg war angeboten"
    ways_en = f"all that was offered was {words.listed(had, 'and')}" if had else "no way was offered"
    return Sentence(
        de=f"Ohne UDP kam das Gespräch im Browser {who_de} nicht zustande: {ways_de}.",
        en=f"Without UDP the call did not stand in the browser of {who_en}: {ways_en}.",
    )


def _gaps(seen: Sequence[RelayPath]) -> Iterable[Sentence]:
    for party in PARTIES:
        if not any(each.party == party for each in seen):
            yield Sentence(
                de=f"der Weg {words.party_de(party)} ohne UDP wurde nicht beobachtet",
                en=f"the way of {words.party_en(party)} without UDP was not observed",
            )
    for each in seen:
        who_de, who_en = words.party_de(each.party), words.party_en(each.party)
        other = sorted(set(each.pairs) - set(RELAYED))
        if each.direct_udp:
            yield Sentence(
                de=f"UDP war im Browser {who_de} nicht gesperrt", en=f"UDP was not blocked in the browser of {who_en}"
            )
        elif each.connected and (other or not each.pairs):
            yield Sentence(
                de=f"welchen Weg die Medien {who_de} nahmen, ist unklar ({words.listed(other or ['–'], 'und')})",
                en=f"it is unclear which way the media of {who_en} took ({words.listed(other or ['–'], 'and')})",
            )


CHECK = Check(
    id="T07",
    name="relay-fallback",
    passing=Sentence(
        de="Auch wo UDP gesperrt ist, kommt das Gespräch zustande, über den Vermittlungsserver mit TCP oder TLS.",
        en="Where UDP is blocked the call stands all the same, through the relay by TCP or TLS.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8835, section 3.4", "RFC 8656"),
    judge=judge,
)
