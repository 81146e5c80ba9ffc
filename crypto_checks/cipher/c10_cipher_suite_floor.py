"""Every key is derived for a registered SFrame cipher suite with AES-GCM."""

from crypto_checks import words
from crypto_checks.cipher.opened import VANTAGE, forms, read_opened, without_form
from crypto_checks.findings import decided, inconclusive, nothing_sealed
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding
from harness.wire.sframe import SUITES

STRONG = ("0004", "0005")  # AES-GCM; the other registered ones are AES in counter mode with a tag that is cut short
_NAMES = {f"{number:04x}": suite.name for number, suite in SUITES.items()}
_NO_SUITE = Sentence(de="so gibt es kein Verfahren, das zu beurteilen wäre", en="so there is no suite to judge")


def judge(evidence: Evidence) -> Finding:
    """Asks for which suite the keys were derived that opened the frames at the media server: its number is part of the
    derivation (RFC 9605 section 4.4.2). What is done with the keys then is C02's, C05's, C08's and C09's."""
    reading = read_opened(evidence)
    if reading.nothing:
        return nothing_sealed(_NO_SUITE, reading.records)
    used: dict[str, int] = {}
    first: dict[str, Sentence] = {}
    for seen, form, count in forms(reading.opened):
        used[form.suite] = used.get(form.suite, 0) + count
        first.setdefault(form.suite, words.stream(seen.call, seen.party, seen.media, seen.segment))
    unknown = sorted(suite for suite in used if suite not in _NAMES)
    weak = sorted(suite for suite in used if suite in _NAMES and suite not in STRONG)
    figures = {f"frames_{suite}": count for suite, count in sorted(used.items())}
    if unknown:
        sentence = _unknown(unknown[0], used[unknown[0]], first[unknown[0]])
        return decided(Outcome.FAIL, sentence, reading.records, figures)
    if gaps := reading.gaps + without_form(reading.opened):
        return inconclusive(gaps)
    if weak:
        return decided(Outcome.WEAK, _weak(weak[0], used[weak[0]], first[weak[0]]), reading.records, figures)
    return decided(Outcome.PASS, _strong(used), reading.records, figures)


def _unknown(suite: str, frames: int, where: Sentence) -> Sentence:
    return Sentence(
        de=f"{words.count(frames, 'Frame ist', 'Frames sind')} mit Schlüsseln für das Verfahren {suite} "
        "verschlüsselt, das in "
        f"keinem Register steht (zuerst {where.de}).",
        en=f"{words.count(frames, 'frame is', 'frames are')} encrypted with keys for the suite {suite}, which no "
        "registry "
        f"knows (first {where.en}).",
    )


def _weak(suite: str, frames: int, where: Sentence) -> Sentence:
    return Sentence(
        de=f"{words.count(frames, 'Frame ist', 'Frames sind')} mit {_NAMES[suite]} ({suite}) verschlüsselt, im "
        "Zählermodus "
        f"mit gekürztem Prüfwert (zuerst {where.de}).",
        en=f"{words.count(frames, 'frame is', 'frames are')} encrypted with {_NAMES[suite]} ({suite}), in counter "
        "mode with a "
        f"tag that is cut short (first {where.en}).",
    )


def _strong(used: dict[str, int]) -> Sentence:
    suites = [f"{_NAMES[suite]} ({suite})" for suite in sorted(used)]
    frames = sum(used.values())
    return Sentence(
        de=f"{frames} Frames: {words.listed(suites, 'und')}.",
        en=f"{frames} frames: {words.listed(suites, 'and')}.",
    )


CHECK = Check(
    id="C10",
    name="cipher-suite-floor",
    passing=Sentence(
        de="Jeder Schlüssel ist für ein registriertes SFrame-Verfahren mit AES-GCM abgeleitet.",
        en="Every key is derived for a registered SFrame cipher suite with AES-GCM.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 4.5",),
    judge=judge,
)
