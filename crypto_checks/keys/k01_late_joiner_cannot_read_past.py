"""Whoever joins later cannot open what was captured before."""

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


def judge(evidence: Evidence) -> Finding:
    """Counts the frames from before the joining that the joiner's keys open; they must open frames sent later."""
    visits = read_visits(evidence, VANTAGE)
    if visits.plain:
        return visits.plain
    before: list[Found[OutsiderOpened]] = []
    control: list[Found[OutsiderOpened]] = []
    for visit in visits.came:
        before += visit.windows(evidence, "before")
        control += visit.windows(evidence, "present")
        visits.gaps += [*visit.gaps(evidence, "before"), *visit.gaps(evidence, "present", opened=True)]
    if not visits.came:
        visits.gaps.append(nobody("kam dazu", "joined"))
    held, opened = sum(found.seen.frames for found in before), sum(found.seen.opened for found in before)
    records = [
        *visits.records,
        *(visit.change.id for visit in visits.came),
        *(found.id for found in [*before, *control]),
    ]
    figures = {"joined": len(visits.came), "frames": held, "opened": opened}
    if opened:
        return decided(Outcome.FAIL, _read(visits.came[0], opened, held), records, figures)
    if visits.gaps:
        return inconclusive(visits.gaps)
    later = sum(found.seen.opened for found in control)
    return decided(Outcome.PASS, _closed(visits.came[0], held, later), records, figures)


def _read(visit: Visit, opened: int, held: int) -> Sentence:
    who = visit.outsider
    return Sentence(
        de=f"Mit den Schlüsseln {words.party_de(who)} ließen sich {opened} von {held} Frames öffnen, die vor ihrem "
        f"Kommen aufgezeichnet worden waren (Gespräch {visit.change.seen.call}).",
        en=f"The keys of {words.party_en(who)} opened {opened} of {held} frames that had been captured before they "
        f"joined (call {visit.change.seen.call}).",
    )


def _closed(visit: Visit, held: int, later: int) -> Sentence:
    who = visit.outsider
    return Sentence(
        de=f"Keiner von {held} Frames, die vor dem Kommen {words.party_de(who)} aufgezeichnet worden waren, ließ sich "
        f"mit ihren Schlüsseln öffnen; {later} spätere öffneten sie.",
        en=f"None of {held} frames that had been captured before {words.party_en(who)} joined could be opened with "
        f"their keys, which open {later} later ones.",
    )


CHECK = Check(
    id="K01",
    name="late-joiner-cannot-read-past",
    passing=Sentence(
        de="Wer später dazukommt, kann nicht öffnen, was vorher aufgezeichnet wurde.",
        en="Whoever joins later cannot open what was captured before.",
    ),
    vantage=VANTAGE,
    norms=("RFC 9605, section 5.1", "RFC 9605, section 7.3"),
    judge=judge,
)
