"""An invitation cannot be guessed, opens the call only in its time, and lets nobody in whom the clerk did not admit."""

from crypto_checks.findings import decided, inconclusive
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import InvitationSeen, LinkTry
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("invitations",)
BITS = 128  # that the varying part of an invitation must have at least (our own threshold)
SAMPLES = 3  # invitations from which its varying part can be told at all (our own threshold)
_OUTSIDE = {
    "guessed": Sentence(de="eine erfundene Einladung", en="an invented invitation"),
    "early": Sentence(de="eine Einladung vor ihrer Zeit", en="an invitation before its time"),
    "late": Sentence(de="eine Einladung nach dem Termin", en="an invitation after the appointment"),
    "cancelled": Sentence(de="die Einladung eines abgesagten Termins", en="the invitation to a cancelled appointment"),
}


def judge(evidence: Evidence) -> Finding:
    """Asks for the strength of the invitations and what each use of them led to; in time the way in must be open."""
    sampled = list(evidence.of(InvitationSeen))
    tries = list(evidence.of(LinkTry))
    enough = [found.seen for found in sampled if found.seen.samples >= SAMPLES]
    weakest = min((seen.bits for seen in enough), default=0.0)
    outside = [found.seen for found in tries if found.seen.when in _OUTSIDE]
    in_time = [found.seen for found in tries if found.seen.when == "in-time"]
    records = [found.id for found in sampled] + [found.id for found in tries]
    figures = {"bits": round(weakest, 1), "tries": len(tries)}
    wrong: list[Sentence] = []
    if enough and weakest < BITS:
        wrong.append(
            Sentence(
                de=f"der veränderliche Teil einer Einladung bietet höchstens {int(weakest)} Bit (nötig sind {BITS})",
                en=f"the varying part of an invitation offers at most {int(weakest)} bits ({BITS} are needed)",
            )
        )
    let_in = sorted({seen.when for seen in outside if seen.joinable}, key=list(_OUTSIDE).index)
    wrong += [
        Sentence(de=f"{_OUTSIDE[when].de} führte ins Gespräch", en=f"{_OUTSIDE[when].en} led into the call")
        for when in let_in
    ]
    if any(seen.admitted_by_clerk is False for seen in in_time):
        wrong.append(
            Sentence(
                de="die eingeladene Person kam ins Gespräch, ohne dass das Amt sie einließ",
                en="the invited person came into the call without being admitted by the clerk",
            )
        )
    if wrong:
        german, english = "; ".join(each.de for each in wrong), "; ".join(each.en for each in wrong)
        sentence = Sentence(de=f"{german[:1].upper()}{german[1:]}.", en=f"{english[:1].upper()}{english[1:]}.")
        return decided(Outcome.FAIL, sentence, records, figures)
    gaps = tap_gaps(evidence, "", VANTAGE) + _gaps(bool(enough), {seen.when for seen in outside}, in_time)
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _strong(weakest, len(outside)), records, figures)


def _gaps(enough: bool, tried: set[str], in_time: list[LinkTry]) -> list[Sentence]:
    gaps = []
    if not enough:
        gaps.append(
            Sentence(
                de=f"es lagen keine {SAMPLES} Einladungen zum Vergleich vor",
                en=f"there were no {SAMPLES} invitations to compare",
            )
        )
    gaps += [
        Sentence(de=f"{what.de} wurde nicht ausprobiert", en=f"{what.en} was not tried")
        for when, what in _OUTSIDE.items()
        if when not in tried
    ]
    if not any(seen.joinable for seen in in_time):
        gaps.append(
            Sentence(
                de="auch zur rechten Zeit führte keine Einladung ins Gespräch",
                en="not even in its time did an invitation lead into the call",
            )
        )
    elif not any(seen.admitted_by_clerk for seen in in_time if seen.joinable):
        gaps.append(
            Sentence(
                de="ob das Amt die eingeladene Person einlassen musste, wurde nicht beobachtet",
                en="nobody looked whether the clerk had to admit the invited person",
            )
        )
    return gaps


def _strong(bits: float, outside: int) -> Sentence:
    return Sentence(
        de=f"Der veränderliche Teil der Einladungen bietet bis zu {int(bits)} Bit; {outside} Versuche mit "
        "erfundenen, zu frühen, abgelaufenen und abgesagten Einladungen führten nicht ins Gespräch, und zur rechten "
        "Zeit ließ das Amt die eingeladene Person ein.",
        en=f"The varying part of the invitations offers up to {int(bits)} bits; {outside} tries with "
        "invented, early, late and cancelled ones did not lead into the call, and in its time the clerk admitted "
        "the invited person.",
    )


CHECK = Check(
    id="P06",
    name="invitation-strength",
    passing=Sentence(
        de="Eine Einladung lässt sich nicht erraten, öffnet das Gespräch nur zu ihrer Zeit und lässt niemanden ein, "
        "den das Amt nicht eingelassen hat.",
        en="An invitation cannot be guessed, opens the call only in its time, and lets nobody in whom the clerk did "
        "not admit.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 32", "DSK, Orientierungshilfe Videokonferenzsysteme, Stand 23.10.2020, 4.2.4"),
    judge=judge,
)
