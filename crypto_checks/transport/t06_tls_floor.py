"""Web pages, signalling and relay take TLS 1.2 and 1.3 only, with forward secrecy and AEAD."""

import re
from collections.abc import Iterable, Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import TlsOffered
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("tls",)
NEEDED = ("web", "wss", "turns")  # mail is looked at where the target offers TLS for it
OLD = ("TLS 1.0", "TLS 1.1")
VERSIONS = (*OLD, "TLS 1.2", "TLS 1.3")
_NAME = {
    "web": Sentence(de="die Webseiten", en="the web pages"),
    "wss": Sentence(de="die Signalisierung (WebSocket)", en="the signalling (WebSocket)"),
    "turns": Sentence(de="der Vermittlungsserver (TURNS)", en="the relay (TURNS)"),
    "smtp": Sentence(de="der Mailserver", en="the mail server"),
}
_FORWARD_SECRET = re.compile(r"TLS_(ECDHE|DHE)_(ECDSA|RSA)_|TLS_(AES|CHACHA20)_")
_AEAD = re.compile(r"_(GCM|CCM|POLY1305)(_|$)")


def judge(evidence: Evidence) -> Finding:
    """Reads what each endpoint chose when it was offered one version, and then suite after suite."""
    found = list(evidence.of(TlsOffered))
    records = [each.id for each in found]
    spoken = [each.seen for each in found if each.seen.suites]
    figures = {
        "endpoints": len({seen.endpoint for seen in spoken}),
        "suites": len({suite for seen in spoken for suite in seen.suites}),
    }
    wrong = [*_old(spoken), *_lacking(spoken)]
    if wrong:
        german, english = "; ".join(each.de for each in wrong), "; ".join(each.en for each in wrong)
        sentence = Sentence(de=f"{german[:1].upper()}{german[1:]}.", en=f"{english[:1].upper()}{english[1:]}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    gaps = [*tap_gaps(evidence, "", VANTAGE), *_gaps([each.seen for each in found])]
    if gaps:
        return inconclusive(gaps)
    weak = sorted({suite for seen in spoken for suite in seen.suites if not _AEAD.search(suite)})
    where_de = words.listed([_NAME[name].de for name in _endpoints(spoken)], "und")
    where_en = words.listed([_NAME[name].en for name in _endpoints(spoken)], "and")
    versions = words.listed([name[4:] for name in VERSIONS if any(seen.version == name for seen in spoken)], "und")
    if weak:
        count_de = words.count(len(weak), "Verfahren verschlüsselt", "Verfahren verschlüsseln")
        count_en = words.count(len(weak), "suite encrypts", "suites encrypt")
        sentence = Sentence(
            de=f"TLS {versions} mit Forward Secrecy, doch {count_de} ohne AEAD ({weak[0]}): {where_de}.",
            en=f"TLS {versions.replace('und', 'and')} with forward secrecy, but {count_en} without AEAD ({weak[0]}): "
            f"{where_en}.",
        )
        return decided(Outcome.WEAK, sentence, records, figures)
    sentence = Sentence(
        de=f"TLS {versions} mit Forward Secrecy und AEAD in allen {int(figures['suites'])} Verfahren, ältere Versionen "
        f"abgelehnt: {where_de}.",
        en=f"TLS {versions.replace('und', 'and')} with forward secrecy and AEAD in all {int(figures['suites'])} cipher "
        f"suites, older versions refused: {where_en}.",
    )
    return decided(Outcome.PASS, sentence, records, figures)


def _endpoints(spoken: Sequence[TlsOffered]) -> list[str]:
    return [name for name in _NAME if any(seen.endpoint == name for seen in spoken)]


def _old(spoken: Sequence[TlsOffered]) -> Iterable[Sentence]:
    for name in _endpoints(spoken):
        old: list[str] = [seen.version for seen in spoken if seen.endpoint == name and seen.version in OLD]
        if old:
            yield Sentence(
                de=f"{_NAME[name].de} {_takes_de(name)} {words.listed(old, 'und')} an",
                en=f"{_NAME[name].en} {_takes_en(name)} {words.listed(old, 'and')}",
            )


def _lacking(spoken: Sequence[TlsOffered]) -> Iterable[Sentence]:
    for name in _endpoints(spoken):
        suites = {suite for seen in spoken if seen.endpoint == name for suite in seen.suites}
        lacking = sorted(suite for suite in suites if not _FORWARD_SECRET.match(suite))
        if lacking:
            number_de = words.count(len(lacking), "Verfahren", "Verfahren")
            number_en = words.count(len(lacking), "cipher suite", "cipher suites")
            yield Sentence(
                de=f"{_NAME[name].de} {_takes_de(name)} {number_de} ohne Forward Secrecy an ({lacking[0]})",
                en=f"{_NAME[name].en} {_takes_en(name)} {number_en} without forward secrecy ({lacking[0]})",
            )


def _takes_de(name: str) -> str:
    return "nehmen" if name == "web" else "nimmt"


def _takes_en(name: str) -> str:
    return "take" if name == "web" else "takes"


def _gaps(found: Sequence[TlsOffered]) -> Iterable[Sentence]:
    for name in dict.fromkeys((*NEEDED, *(seen.endpoint for seen in found))):
        asked = {seen.version for seen in found if seen.endpoint == name}
        missing = [version for version in VERSIONS if version not in asked]
        if not asked:
            yield Sentence(
                de=f"nach TLS wurde nicht gefragt: {_NAME[name].de}", en=f"nobody asked for TLS: {_NAME[name].en}"
            )
        elif missing:
            yield Sentence(
                de=f"nach {missing[0]} wurde nicht gefragt: {_NAME[name].de}",
                en=f"nobody asked for {missing[0]}: {_NAME[name].en}",
            )
        elif not any(seen.suites for seen in found if seen.endpoint == name):
            yield Sentence(
                de=f"in keiner Version kam TLS zustande: {_NAME[name].de}",
                en=f"TLS was spoken in no version: {_NAME[name].en}",
            )


CHECK = Check(
    id="T06",
    name="tls-floor",
    passing=Sentence(
        de="Webseiten, Signalisierung und Vermittlungsserver nehmen nur TLS 1.2 und 1.3 an, mit Forward Secrecy und "
        "AEAD.",
        en="Web pages, signalling and relay take TLS 1.2 and 1.3 only, with forward secrecy and AEAD.",
    ),
    vantage=VANTAGE,
    norms=("BSI TR-02102-2", "RFC 8996", "RFC 9325"),
    judge=judge,
)
