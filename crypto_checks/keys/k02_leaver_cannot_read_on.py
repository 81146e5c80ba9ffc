"""Whoever has left cannot open what is sent after."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.keys.visits import Visit, nobody, read_visits
from harness.model.check import Check
from harness.model.evidence import Evidence, Found
from harness.model.observations import OutsiderOpened
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("sfu", "encoded-frames", "keys")
PROMPT, LATE = 5, 10  # seconds after leaving: nothing may open, and nothing at all (our own thresholds)


def judge(evidence: Evidence) -> Finding:
    """Counts what the leaver's keys open of the frames sent more than 5 and more than 10 s after the leaving."""
    visits = read_visits(evidence, VANTAGE)
    if visits.plain:
        return visits.plain
    windows: dict[str, list[Found[OutsiderOpened]]] = {"present": [], "leaving": [], "late": [], "after": []}
    for visit in visits.went:
        for period, found in windows.items():
            found += visit.windows(evidence, period)
        visits.gaps += visit.gaps(evidence, "present", opened=True)
        visits.gaps += [gap for period in ("leaving", "late") for gap in visit.gaps(evidence, period)]
        if _opened(visit.windows(evidence, "late")):  # new keys came late: that they came has to be seen
            visits.gaps += visit.gaps(evidence, "after")
    if not visits.went:
        visits.gaps.append(nobody("ging", "left"))
    every = [found for period in windows.values() for found in period]
    last = max((found.seen.last for found in every if found.seen.last is not None), default=0.0)
    late, after = _opened(windows["late"]), _opened(windows["after"])
    figures = {
        "left": len(visits.went), "frames_after_5_s": _held(windows["late"]) + _held(windows["after"]),
        "opened_after_5_s": late + after, "opened_after_10_s": after, "last_opened_s": last,
    }  # fmt: skip
    records = [*visits.records, *(visit.change.id for visit in visits.went), *(found.id for found in every)]
    if after:
        sentence = _read_on(visits.went[0], LATE, after, _held(windows["after"]))
        return decided(Outcome.FAIL, sentence, records, figures)
    if visits.gaps:
        return inconclusive(visits.gaps)
    if late:
        return decided(Outcome.WEAK, _read_on(visits.went[0], PROMPT, late, _held(windows["late"])), records, figures)
    return decided(Outcome.PASS, _locked_out(visits.went[0], int(figures["frames_after_5_s"]), last), records, figures)


def _held(windows: list[Found[OutsiderOpened]]) -> int:
    return sum(found.seen.frames for found in windows)


def _opened(windows: list[Found[OutsiderOpened]]) -> int:
    return sum(found.seen.opened for found in windows)


def _read_on(visit: Visit, seconds: int, opened: int, held: int) -> Sentence:
    who = visit.outsider
    return Sentence(
        de=f"Mit den Schlüsseln {words.party_de(who)} ließen sich {opened} von {held} Frames öffnen, die mehr als "
        f"{seconds} s nach ihrem Weggang gesendet wurden (Gespräch {visit.change.seen.call}).",
        en=f"The keys of {words.party_en(who)} opened {opened} of {held} frames that were sent more than {seconds} s "
        f"after they had left (call {visit.change.seen.call}).",
    )


def _locked_out(visit: Visit, held: int, last: float) -> Sentence:
    who = visit.outsider
    return Sentence(
        de=f"Keiner von {held} Frames, die mehr als {PROMPT} s nach dem Weggang {words.party_de(who)} gesendet "
        f"wurden, ließ sich mit ihren Schlüsseln öffnen; der letzte, den sie öffneten, kam "
        f"{words.decimal_de(last, 1)} s danach.",
        en=f"None of {held} frames that were sent more than {PROMPT} s after {words.party_en(who)} had left could be "
        f"opened with their keys; the last one that they opened came {last:.1f} s after.",
    )


CHECK = Check(
    id="K02",
    name="leaver-cannot-read-on",
    passing=Sentence(
        de="Wer das Gespräch verlassen hat, kann nicht öffnen, was danach gesendet wird.",
        en="Whoever has left cannot open what is sent after.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 5.1", "RFC 9605, section 7.3"),
    judge=judge,
)
