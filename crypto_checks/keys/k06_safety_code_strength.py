"""A matching safety code cannot be had by trying: it is long, or all commit to their keys before any is revealed."""

import math
from collections.abc import Sequence

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import regular_calls
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import RevealSeen, SafetyCodeSeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("websocket",)
LEAST_BITS = 15.0  # of any code: below, a server that guesses once a round is soon through (RFC 6189 has 16 at least)
ENOUGH_BITS = 60.0  # tries (as a power of two) that forging a code must cost where nobody commits to anything


def judge(evidence: Evidence) -> Finding:
    """Computes the tries from the code's length and symbols, and asks of every reveal whether all had committed."""
    calls, gaps = regular_calls(evidence, VANTAGE)
    codes: list[Found[SafetyCodeSeen]] = []
    reveals: list[Found[RevealSeen]] = []
    for call in calls:
        for party in call.seen.parties:
            shown = list(evidence.of(SafetyCodeSeen, call=call.seen.call, party=party))
            made = list(evidence.of(RevealSeen, call=call.seen.call, party=party))
            codes += shown
            reveals += made
            if not shown:
                gaps.append(
                    _gap(
                        "welcher Sicherheitscode auf {} zu sehen war",
                        "which safety code was to be seen by {}",
                        call.seen.call,
                        party,
                    )
                )
            elif not made and min(bits(found.seen) for found in shown) < ENOUGH_BITS:
                gaps.append(
                    _gap(
                        "wie der Sicherheitscode {} zustande kam",
                        "how the safety code of {} came about",
                        call.seen.call,
                        party,
                    )
                )
    records = [call.id for call in calls] + [code.id for code in codes] + [made.id for made in reveals]
    if not codes:
        return inconclusive(gaps)
    weakest = min(codes, key=lambda found: bits(found.seen))
    early = [found for found in reveals if not is_bound(found.seen)]
    strength = bits(weakest.seen)
    figures = {"bits": round(strength, 1), "reveals": len(reveals), "early_reveals": len(early)}
    if strength < ENOUGH_BITS and early:
        return decided(Outcome.FAIL, _forged(weakest.seen, early, reveals), records, figures)
    if strength < LEAST_BITS:
        return decided(Outcome.FAIL, _short(weakest.seen), records, figures)
    if gaps:
        return inconclusive(gaps)
    sentence = _long(weakest.seen) if strength >= ENOUGH_BITS else _bound(weakest.seen, len(reveals))
    return decided(Outcome.PASS, sentence, records, figures)


def bits(code: SafetyCodeSeen) -> float:
    """The number of codes there can be at most, as a power of two."""
    return code.length * math.log2(code.alphabet) if code.alphabet > 1 else 0.0


def is_bound(reveal: RevealSeen) -> bool:
    """Whether everybody in the round had committed before this reveal, the one who reveals included."""
    return reveal.bound and reveal.others > 0 and reveal.committed >= reveal.others


def _gap(de: str, en: str, call: str, party: str) -> Sentence:
    return Sentence(
        de=f"{de.format(words.party_de(party))}, ist nicht bekannt, Gespräch {call}",
        en=f"{en.format(words.party_en(party))} is not known, call {call}",
    )


def _shape(code: SafetyCodeSeen) -> Sentence:
    return Sentence(
        de=f"Der Sicherheitscode hat {code.length} Zeichen aus {code.alphabet} ({words.decimal_de(bits(code), 0)} Bit)",
        en=f"The safety code has {code.length} symbols out of {code.alphabet} ({bits(code):.0f} bits)",
    )


def _tries(code: SafetyCodeSeen) -> Sentence:
    grouped = f"{code.alphabet**code.length:,}"
    return Sentence(de=grouped.replace(",", "."), en=grouped)


def _forged(code: SafetyCodeSeen, early: Sequence[object], reveals: Sequence[object]) -> Sentence:
    shape, tries = _shape(code), _tries(code)
    return Sentence(
        de=f"{shape.de}, und {len(early)} von {len(reveals)} Schlüsseln wurden offengelegt, ehe sich alle festgelegt "
        f"hatten: Einen passenden zu fälschen kostet höchstens {tries.de} Versuche.",
        en=f"{shape.en}, and {len(early)} of {len(reveals)} keys were revealed before everybody had committed: "
        f"forging a matching one costs {tries.en} tries at most.",
    )


def _short(code: SafetyCodeSeen) -> Sentence:
    shape, tries = _shape(code), _tries(code)
    return Sentence(
        de=f"{shape.de}: Auch wenn sich alle vorher festlegen, trifft ein Server ihn in einer von {tries.de} Runden.",
        en=f"{shape.en}: even if everybody commits first, a server meets it in one of {tries.en} rounds.",
    )


def _bound(code: SafetyCodeSeen, reveals: int) -> Sentence:
    shape, tries = _shape(code), _tries(code)
    return Sentence(
        de=f"{shape.de}, und vor jedem von {reveals} Schlüsseln hatten sich alle festgelegt: Ein Server hat je Runde "
        f"einen Versuch unter {tries.de}.",
        en=f"{shape.en}, and everybody had committed before each of {reveals} keys was revealed: a server has one "
        f"guess in {tries.en} a round.",
    )


def _long(code: SafetyCodeSeen) -> Sentence:
    shape = _shape(code)
    return Sentence(
        de=f"{shape.de}: Ihn durch Probieren zu treffen ist aussichtslos.",
        en=f"{shape.en}: it cannot be met by trying.",
    )


CHECK = Check(
    id="K06",
    name="safety-code-strength",
    passing=Sentence(
        de="Ein passender Sicherheitscode lässt sich nicht erraten: Er ist lang genug, oder alle legen sich auf ihre "
        "Schlüssel fest, ehe einer offengelegt wird.",
        en="A matching safety code cannot be had by trying: it is long, or all commit to their keys before any is "
        "revealed.",
    ),
    vantage=VANTAGE,
    norms=("RFC 6189",),
    judge=judge,
)
