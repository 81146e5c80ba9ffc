"""Every transport protects its packets with an AEAD profile of SRTP."""

import re

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.transport.stats import VANTAGE, transports
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

# Profiles 0007 and 0008 of RFC 7714 and 0001 of RFC 5764, in the spellings of the IANA registry, OpenSSL and browsers.
_STRONG = re.compile(r"(SRTP_)?AEAD_AES_(128|256)_GCM")
_WEAK = re.compile(r"(SRTP_)?AES(128_CM|_CM_128)_(HMAC_)?SHA1_80")
_FACT = Sentence(de="das SRTP-Profil", en="the SRTP profile")


def judge(evidence: Evidence) -> Finding:
    """Grades the profile of each connected transport; the weakest decides, and a name that nobody knows fails."""
    found, records, gaps = transports(evidence, lambda seen: bool(seen.srtp_cipher), _FACT)
    profiles = [transport.seen for transport in found]
    weak = [seen for seen in profiles if _WEAK.fullmatch(seen.srtp_cipher.upper())]
    below = [seen for seen in profiles if seen not in weak and not _STRONG.fullmatch(seen.srtp_cipher.upper())]
    figures = {"transports": len(profiles), "weak": len(weak), "below": len(below)}
    if below:
        first = below[0]
        sentence = Sentence(
            de=f"Der Transport {words.party_de(first.party)} nutzte das SRTP-Profil {first.srtp_cipher}, das nicht "
            "zugelassen "
            f"ist (Gespräch {first.call}).",
            en=f"The transport of {words.party_en(first.party)} used the SRTP profile {first.srtp_cipher}, which is "
            "not "
            f"allowed (call {first.call}).",
        )
        return decided(Outcome.FAIL, sentence, records, figures)
    if gaps:
        return inconclusive(gaps)
    used = sorted({seen.srtp_cipher for seen in profiles})
    number_de = words.count(len(profiles), "Transport", "Transporte")
    number_en = words.count(len(profiles), "transport", "transports")
    if weak:
        sentence = Sentence(
            de=f"{number_de}: {words.listed(used, 'und')}; {len(weak)} davon mit 80-Bit-Prüfwert ohne AEAD.",
            en=f"{number_en}: {words.listed(used, 'and')}; {len(weak)} of them with an 80-bit tag and no AEAD.",
        )
        return decided(Outcome.WEAK, sentence, records, figures)
    sentence = Sentence(
        de=f"{number_de}: {words.listed(used, 'und')}.", en=f"{number_en}: {words.listed(used, 'and')}."
    )
    return decided(Outcome.PASS, sentence, records, figures)


CHECK = Check(
    id="T03",
    name="srtp-profile-floor",
    passing=Sentence(
        de="Jeder Transport schützt seine Pakete mit einem AEAD-Profil von SRTP.",
        en="Every transport protects its packets with an AEAD profile of SRTP.",
    ),
    vantage=VANTAGE,
    norms=("RFC 7714", "RFC 5764, section 4.1.2", "RFC 8827, section 6.5"),
    judge=judge,
)
