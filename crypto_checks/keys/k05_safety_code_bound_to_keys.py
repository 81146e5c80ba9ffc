"""Both pages show the same safety code; where a server swaps the keys they show different ones, or there is no call."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import AgreementTried
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("codes",)
ENOUGH = 20  # agreements of each kind (checks.md)
_NAMES = {
    False: Sentence(de="ohne Fremden", en="without a stranger"),
    True: Sentence(de="mit einem Fremden dazwischen", en="with a stranger in between"),
}


def judge(evidence: Evidence) -> Finding:
    """Counts agreements whose codes are alike with a stranger in between, and unlike without one."""
    tries = list(evidence.of(AgreementTried))
    honest = [found for found in tries if not found.seen.swapped and found.seen.shown == 2]
    swapped = [found for found in tries if found.seen.swapped and (found.seen.shown == 2 or found.seen.ended)]
    fooled = [found for found in swapped if found.seen.shown == 2 and found.seen.alike]
    unlike = [found for found in honest if not found.seen.alike]
    figures = {"honest": len(honest), "unlike": len(unlike), "swapped": len(swapped), "alike": len(fooled)}
    records = [found.id for found in (*honest, *swapped)]
    if fooled:
        return decided(Outcome.FAIL, _fooled(len(fooled), len(swapped)), records, figures)
    if unlike:
        return decided(Outcome.FAIL, _unlike(len(unlike), len(honest)), records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE) + _too_few(False, honest) + _too_few(True, swapped)
    if gaps:
        return inconclusive(gaps)
    ended = sum(found.seen.shown < 2 for found in swapped)
    return decided(Outcome.PASS, _bound(len(honest), len(swapped), ended), records, figures)


def _too_few(is_swapped: bool, tries: list[Found[AgreementTried]]) -> list[Sentence]:
    name = _NAMES[is_swapped]
    if len(tries) >= ENOUGH:
        return []
    return [
        Sentence(
            de=f"nur {len(tries)} von {ENOUGH} nötigen Schlüsselaushandlungen {name.de}",
            en=f"only {len(tries)} of the {ENOUGH} key agreements {name.en} that it takes",
        )
    ]


def _fooled(fooled: int, swapped: int) -> Sentence:
    return Sentence(
        de=f"Bei {fooled} von {swapped} Schlüsselaushandlungen mit einem Fremden dazwischen zeigten beide Seiten "
        "denselben Sicherheitscode: Wer ihn vergleicht, merkt nichts.",
        en=f"In {fooled} of {swapped} key agreements with a stranger in between both pages showed the same safety "
        "code: whoever compares it notices nothing.",
    )


def _unlike(unlike: int, honest: int) -> Sentence:
    return Sentence(
        de=f"Bei {unlike} von {honest} Schlüsselaushandlungen ohne Fremden zeigten die Seiten verschiedene "
        "Sicherheitscodes.",
        en=f"In {unlike} of {honest} key agreements without a stranger the pages showed different safety codes.",
    )


def _bound(honest: int, swapped: int, ended: int) -> Sentence:
    ended_de = (
        f", davon {words.count(ended, 'mit abgebrochenem Gespräch', 'mit abgebrochenen Gesprächen')}" if ended else ""
    )
    ended_en = f", {ended} of them by ending the call" if ended else ""
    return Sentence(
        de=f"In {honest} Schlüsselaushandlungen zeigten beide Seiten denselben Sicherheitscode; in {swapped} mit einem "
        f"Fremden dazwischen nie{ended_de}.",
        en=f"In {honest} key agreements both pages showed the same safety code; in {swapped} with a stranger in "
        f"between they never did{ended_en}.",
    )


CHECK = Check(
    id="K05",
    name="safety-code-bound-to-keys",
    passing=Sentence(
        de="Beide Seiten zeigen denselben Sicherheitscode; tauscht ein Server die Schlüssel aus, zeigen sie "
        "verschiedene, oder das Gespräch kommt nicht zustande.",
        en="Both pages show the same safety code; where a server swaps the keys they show different ones, or there "
        "is no call.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9420, section 8.7", "RFC 8827, section 6.5"),
    judge=judge,
)
