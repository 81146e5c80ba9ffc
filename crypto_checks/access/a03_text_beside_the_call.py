"""Whoever cannot hear or speak can follow by text: chat and captions arrive, by keyboard, and are announced."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import focused_calls
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import TextChannel
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("text",)
_WHAT = {
    "chat": Sentence(de="der Chat", en="the chat"),
    "caption": Sentence(de="ein Untertitel", en="a caption"),
}


def judge(evidence: Evidence) -> Finding:
    """Asks of every line of chat and caption whether it arrived, was written by keyboard, and was announced."""
    calls, gaps = focused_calls(evidence, "extras", VANTAGE)
    lines = [found for call in calls for found in evidence.of(TextChannel, call=call.seen.call)]
    records = [found.id for group in (calls, lines) for found in group]
    wrong = [sentence for found in lines if (sentence := _wrong(found.seen))]
    figures = {"lines": len(lines), "faults": len(wrong)}
    if wrong:
        more = len(wrong) - 1
        more_de = f"; so auch {words.count(more, 'weiteres Mal', 'weitere Male')}" if more else ""
        more_en = f"; so it was {words.count(more, 'more time', 'more times')}" if more else ""
        sentence = Sentence(de=f"{wrong[0].de}{more_de}.", en=f"{wrong[0].en}{more_en}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    gaps += [
        Sentence(
            de=f"{what.de} wurde nicht ausprobiert, Gespräch {call.seen.call}",
            en=f"{what.en} was not tried, call {call.seen.call}",
        )
        for call in calls
        for kind, what in _WHAT.items()
        if not any((found.seen.call, found.seen.what) == (call.seen.call, kind) for found in lines)
    ]
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _usable(len(lines)), records, figures)


def _wrong(seen: TextChannel) -> Sentence | None:
    what = _WHAT[seen.what]
    of_de, of_en = f"{what.de} {words.party_de(seen.party)}", f"{what.en} of {words.party_en(seen.party)}"
    to_de, to_en = f"bei {words.party_de(seen.to)}", f"at {words.party_en(seen.to)}"
    if not seen.arrived:
        how_de, how_en = f"kam {to_de} nicht an", f"did not arrive {to_en}"
    elif not seen.by_keyboard:
        how_de, how_en = "ließ sich nicht mit der Tastatur schreiben", "could not be written by keyboard"
    elif not seen.announced:
        how_de = f"wurde {to_de} nicht für Vorleseprogramme angekündigt"
        how_en = f"was not announced to screen readers {to_en}"
    else:
        return None
    german, english = f"{of_de} {how_de} (Gespräch {seen.call})", f"{of_en} {how_en} (call {seen.call})"
    return Sentence(de=f"{german[:1].upper()}{german[1:]}", en=f"{english[:1].upper()}{english[1:]}")


def _usable(lines: int) -> Sentence:
    return Sentence(
        de=f"{words.count(lines, 'Zeile', 'Zeilen')} aus Chat und Untertiteln, mit der Tastatur geschrieben, kamen bei "
        "der anderen Seite an und wurden für Vorleseprogramme angekündigt.",
        en=f"{words.count(lines, 'line', 'lines')} of chat and captions, written by keyboard, arrived at the other "
        "side and were announced to screen readers.",
    )


CHECK = Check(
    id="A03",
    name="text-beside-the-call",
    passing=Sentence(
        de="Wer nicht hören oder sprechen kann, folgt dem Gespräch mit Text: Chat und Untertitel kommen an, mit der "
        "Tastatur geschrieben, und werden angekündigt.",
        en="Whoever cannot hear or speak can follow by text: chat and captions arrive, by keyboard, and are announced.",
    ),
    vantage=VANTAGE,
    norms=("EN 301 549, clause 6.2", "EN 301 549, clause 7.1"),
    judge=judge,
)
