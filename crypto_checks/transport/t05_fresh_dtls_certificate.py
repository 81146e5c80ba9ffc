"""A browser shows another DTLS certificate in every call, so that nobody knows it again by it."""

from collections.abc import Iterable, Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import CallCertificates
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("certificates",)
PARTIES = ("citizen", "clerk")
CALLS = 2  # that each party must have held in one browser


def judge(evidence: Evidence) -> Finding:
    """Compares the fingerprints that each party's browser showed in its calls.

    Judged are the pages' certificates. The media server's own may serve its whole process: it names nobody.
    """
    found = list(evidence.of(CallCertificates))
    records = [each.id for each in found]
    seen = {(each.seen.party, each.seen.turn, print_) for each in found for print_ in each.seen.fingerprints}
    prints = {print_ for _, _, print_ in seen}
    again = sorted(
        (party, print_)
        for party in {party for party, _, _ in seen}
        for print_ in prints
        if sum((who, which) == (party, print_) for who, _, which in seen) > 1
    )
    figures = {"calls": len({each.seen.turn for each in found}), "certificates": len(prints), "reused": len(again)}
    if again:
        return decided(Outcome.FAIL, _known_again(again), records, figures)
    gaps = [*tap_gaps(evidence, "", VANTAGE), *_gaps(found)]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _fresh(found, len(prints)), records, figures)


def _gaps(found: Sequence[Found[CallCertificates]]) -> Iterable[Sentence]:
    for party in PARTIES:
        turns = {each.seen.turn for each in found if each.seen.party == party and each.seen.fingerprints}
        if len(turns) < CALLS:
            yield Sentence(
                de=f"die Zertifikate {words.party_de(party)} sind aus weniger als zwei Gesprächen in einem Browser "
                "bekannt",
                en=f"the certificates of {words.party_en(party)} are known of less than two calls in one browser",
            )


def _known_again(again: Sequence[tuple[str, str]]) -> Sentence:
    party, print_ = again[0]
    more = len(again) - 1
    return Sentence(
        de=f"Der Browser {words.party_de(party)} zeigte in zwei Gesprächen dasselbe DTLS-Zertifikat ({print_[:23]}…): "
        "An ihm erkennt der Server die Person wieder"
        + (f"; so auch {words.count(more, 'weiteres Zertifikat', 'weitere Zertifikate')}" if more else "")
        + ".",
        en=f"The browser of {words.party_en(party)} showed the same DTLS certificate in two calls ({print_[:23]}…), "
        "by which the server knows the person again"
        + (f"; so did {words.count(more, 'more certificate', 'more certificates')}" if more else "")
        + ".",
    )


def _fresh(found: Sequence[Found[CallCertificates]], prints: int) -> Sentence:
    parties = len({each.seen.party for each in found})
    return Sentence(
        de=f"{prints} DTLS-Zertifikate aus {len(found)} Teilnahmen von {parties} Browsern an aufeinander folgenden "
        "Gesprächen: Keines kam in zweien vor.",
        en=f"{prints} DTLS certificates of {len(found)} stays of {parties} browsers in calls one after the other: none "
        "was shown in two of them.",
    )


CHECK = Check(
    id="T05",
    name="fresh-dtls-certificate-per-call",
    passing=Sentence(
        de="Ein Browser zeigt in jedem Gespräch ein anderes DTLS-Zertifikat, so dass ihn niemand daran wiedererkennt.",
        en="A browser shows another DTLS certificate in every call, so that nobody knows it again by it.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8827, section 6.5", "RFC 8826, section 4.2.4", "DSGVO Art. 25"),
    judge=judge,
)
