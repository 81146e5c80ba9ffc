"""Media flows to the certificate that was announced and to no other, and the announced one is the media server's."""

from collections.abc import Iterable, Sequence
from itertools import product

from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from crypto_checks.transport import certificate_words as said
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import CertificateCompared, FingerprintTried
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("fingerprints",)
PARTIES = ("citizen", "clerk")
DIRECTIONS = ("sends", "receives")
WAYS: tuple[said.Way, ...] = ("to-page", "to-server")


def judge(evidence: Evidence) -> Finding:
    """Compares honest connections with what the media server says of itself, and counts those that must not stand.

    Where a page's own fingerprint was swapped, its connection may look complete to the page, which saw the right
    certificate: then it is the media server that must not take it. That it does not take foreign ones, and that pages
    do not, is what makes the comparison worth something: a connection that stands stands with what was announced.
    """
    compared, tried = list(evidence.of(CertificateCompared)), list(evidence.of(FingerprintTried))
    honest, tries = [found.seen for found in compared], [found.seen for found in tried]
    faults = [*_in_between(honest), *_taken(tries)]
    records = [*(found.id for found in compared), *(found.id for found in tried)]
    pages, server = (sum(seen.reached for seen in tries if seen.way == way) for way in WAYS)
    figures = {"compared": len(honest), "swapped_for_pages": pages, "swapped_for_server": server, "faults": len(faults)}
    if faults:
        return decided(Outcome.FAIL, said.first_of(faults), records, figures)
    gaps = [*tap_gaps(evidence, "", VANTAGE), *_not_compared(honest), *_not_tried(tries)]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, said.bound(len(honest), pages, server), records, figures)


def _in_between(honest: Sequence[CertificateCompared]) -> Iterable[Sentence]:
    for seen in honest:
        foreign = [announced for announced in seen.told if announced not in seen.servers]
        if foreign and seen.servers:
            yield said.stranger(seen, foreign[0])
    for seen in honest:
        if seen.shown and seen.told and seen.shown not in seen.told:
            yield said.unlike(seen)
        if seen.met is False:
            yield said.unmet(seen)


def _taken(tries: Iterable[FingerprintTried]) -> Iterable[Sentence]:
    for seen in tries:
        if seen.way == "to-page" and (seen.stood or seen.packets):
            yield said.page_took(seen)
        packets = seen.packets if seen.direction == "receives" else seen.held or 0
        if seen.way == "to-server" and (seen.taken or packets):
            yield said.server_took(seen, packets)


def _not_compared(honest: Sequence[CertificateCompared]) -> Iterable[Sentence]:
    for party, direction in product(PARTIES, DIRECTIONS):
        of = said.whose(party, direction)
        mine = [seen for seen in honest if (seen.party, seen.direction) == (party, direction)]
        if not any(seen.packets for seen in mine):
            yield Sentence(
                de=f"es stand keine Verbindung, deren Zertifikate sich vergleichen ließen ({of.de})",
                en=f"no connection stood whose certificates could be compared ({of.en})",
            )
        if any(not seen.servers or seen.met is None for seen in mine):
            yield Sentence(
                de=f"der Medienserver sagt nicht, welche Zertifikate er hat und kennt ({of.de})",
                en=f"the media server does not say which certificates it has and knows ({of.en})",
            )
        if any(not seen.told or not seen.own for seen in mine):
            yield Sentence(
                de=f"es ist nicht bekannt, welche Zertifikate angekündigt waren ({of.de})",
                en=f"it is not known which certificates were announced ({of.en})",
            )


def _not_tried(tries: Sequence[FingerprintTried]) -> Iterable[Sentence]:
    for way, party, direction in product(WAYS, PARTIES, DIRECTIONS):
        where = said.swapped(party, direction, way)
        mine = [seen for seen in tries if (seen.way, seen.party, seen.direction) == (way, party, direction)]
        if not any(seen.swapped for seen in mine):
            yield Sentence(
                de=f"es wurde nicht probiert, was ein fremder Fingerabdruck bewirkt ({where.de})",
                en=f"what a fingerprint of another does was not tried ({where.en})",
            )
        elif not any(seen.reached for seen in mine):
            yield Sentence(
                de=f"keine Verbindung kam so weit, dass Zertifikate gezeigt wurden ({where.de})",
                en=f"no connection got as far as showing certificates ({where.en})",
            )
        elif way == "to-server" and any(seen.taken is None or _unheld(seen) for seen in mine):
            yield Sentence(
                de=f"der Medienserver sagt nicht, ob er die Verbindung annahm ({where.de})",
                en=f"the media server does not say whether it took the connection ({where.en})",
            )


def _unheld(seen: FingerprintTried) -> bool:
    return seen.direction == "sends" and seen.held is None


CHECK = Check(
    id="T04",
    name="wrong-fingerprint-aborts",
    passing=Sentence(
        de="Medien fließen nur zu dem Zertifikat, das angekündigt war, und angekündigt ist das des Medienservers.",
        en="Media flows to the certificate that was announced and to no other, and the announced one is the media "
        "server's.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8827, section 6.5", "RFC 5763, section 5", "RFC 8122, section 6.2"),
    judge=judge,
)
