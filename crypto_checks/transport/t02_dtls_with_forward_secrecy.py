"""Every transport runs DTLS 1.2 or newer with a key exchange that keeps past calls secret."""

import re

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.transport.stats import VANTAGE, transports
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import TransportStats
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

DTLS = {"FEFF": "DTLS 1.0", "FEFD": "DTLS 1.2", "FEFC": "DTLS 1.3"}  # RFC 6347, section 4.1; RFC 9147, section 5.3
_EPHEMERAL = re.compile(r"TLS_(ECDHE|DHE)_")  # DTLS 1.2: the suite names the key exchange
_TLS13 = re.compile(r"TLS_(AES|CHACHA20)_")  # DTLS 1.3: the key exchange is always ephemeral (RFC 9147)
_FACT = Sentence(de="die DTLS-Version mit Cipher-Suite", en="the DTLS version and cipher suite")


def judge(evidence: Evidence) -> Finding:
    """Asks for version and cipher suite of each connected transport."""
    found, records, gaps = transports(evidence, lambda seen: bool(seen.tls_version and seen.dtls_cipher), _FACT)
    weak = [transport.seen for transport in found if not _forward_secret(transport.seen)]
    figures = {"transports": len(found), "below": len(weak)}
    if weak:
        return decided(Outcome.FAIL, _below(weak), records, figures)
    if gaps:
        return inconclusive(gaps)
    used = sorted({_name(transport.seen) for transport in found})
    sentence = Sentence(
        de=f"{words.count(len(found), 'Transport', 'Transporte')}: {words.listed(used, 'und')}, mit Forward Secrecy.",
        en=f"{words.count(len(found), 'transport', 'transports')}: {words.listed(used, 'and')}, with forward secrecy.",
    )
    return decided(Outcome.PASS, sentence, records, figures)


def _forward_secret(seen: TransportStats) -> bool:
    version = seen.tls_version.upper()
    if version == "FEFD":
        return bool(_EPHEMERAL.match(seen.dtls_cipher.upper()))
    return version == "FEFC" and bool(_TLS13.match(seen.dtls_cipher.upper()))


def _name(seen: TransportStats) -> str:
    return f"{DTLS.get(seen.tls_version.upper(), seen.tls_version)} ({seen.dtls_cipher})"


def _below(weak: list[TransportStats]) -> Sentence:
    first, more = weak[0], len(weak) - 1
    more_de = f"; so auch {words.count(more, 'weiterer Transport', 'weitere Transporte')}" if more else ""
    more_en = f"; so did {words.count(more, 'more transport', 'more transports')}" if more else ""
    old = first.tls_version.upper() not in ("FEFD", "FEFC")
    why_de, why_en = (
        ("älter als DTLS 1.2", "older than DTLS 1.2") if old else ("ohne Forward Secrecy", "no forward secrecy")
    )
    if old and first.tls_version.upper() not in DTLS:
        why_de, why_en = "keine bekannte DTLS-Version", "not a known DTLS version"
    return Sentence(
        de=f"Der Transport {words.party_de(first.party)} nutzte {_name(first)}, {why_de} (Gespräch "
        f"{first.call}){more_de}.",
        en=f"The transport of {words.party_en(first.party)} used {_name(first)}, {why_en} (call "
        f"{first.call}){more_en}.",
    )


CHECK = Check(
    id="T02",
    name="dtls-1.2-or-newer-with-forward-secrecy",
    passing=Sentence(
        de="Jeder Transport nutzt DTLS 1.2 oder neuer mit einem Schlüsselaustausch, der vergangene Gespräche "
        "geheim hält.",
        en="Every transport runs DTLS 1.2 or newer with a key exchange that keeps past calls secret.",
    ),
    vantage=VANTAGE,
    norms=("RFC 8827, section 6.5", "BSI TR-02102-2"),
    judge=judge,
)
