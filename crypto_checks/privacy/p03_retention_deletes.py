"""What was kept of an appointment is gone everywhere once the declared retention time is over."""

from crypto_checks import words
from crypto_checks.findings import decided, inconclusive
from crypto_checks.privacy.declared import retention_days
from crypto_checks.scope import tap_gaps
from harness.model.check import Check
from harness.model.evidence import Evidence
from harness.model.observations import RetentionSeen
from harness.model.outcome import Outcome
from harness.model.sentence import Sentence
from harness.model.verdict import Finding

VANTAGE = ("retention",)
BOOKINGS = "database"  # where (in one at least) an appointment must have been seen before: the positive control
_PLACE_DE = {"database": "Datenbank", "recordings": "Aufnahmen", "mail queue": "Postausgang", "log": "Protokolle"}


def judge(evidence: Evidence) -> Finding:
    """Asks of each place where the citizen's data was before the clock moved whether it still is afterwards."""
    seen = list(evidence.of(RetentionSeen))
    days, declared = retention_days(evidence)
    records = declared + [found.id for found in seen]
    gaps = tap_gaps(evidence, "", VANTAGE)
    if days is None:
        gaps.append(Sentence(de="die Aufbewahrungsfrist ist nicht erklärt", en="the retention time is not declared"))
        return inconclusive(gaps)
    moved = [found.seen for found in seen if found.seen.days_moved >= days]
    kept = [look for look in moved if look.after]
    emptied = [look for look in moved if look.before and not look.after]
    figures = {"places": len(moved), "kept": sum(look.after for look in kept), "retention_days": days}
    if kept:
        return decided(Outcome.FAIL, _kept(kept, days), records, figures)
    if len(moved) < len(seen) or not seen:
        gaps.append(
            Sentence(
                de="die Uhr wurde nicht über die Aufbewahrungsfrist hinaus vorgestellt",
                en="the clock was not moved past the retention time",
            )
        )
    if moved and not any(look.place.split(" ")[0] == BOOKINGS for look in emptied):
        gaps.append(
            Sentence(
                de="vor dem Vorstellen der Uhr stand der Termin nicht in der Datenbank",
                en="before the clock was moved the appointment was not in the database",
            )
        )
    if gaps:
        return inconclusive(gaps)
    return decided(Outcome.PASS, _gone(emptied, days), records, figures)


def _kept(kept: list[RetentionSeen], days: int) -> Sentence:
    parts_de = [f"{_place_de(look.place)} ({look.after}-mal)" for look in kept]
    parts_en = [f"{look.place} ({words.count(look.after, 'time', 'times')})" for look in kept]
    return Sentence(
        de=f"Nach Ablauf der Frist von {words.count(days, 'Tag', 'Tagen')} waren Angaben zur Person noch vorhanden: "
        f"{words.listed(parts_de, 'und')}.",
        en=f"After the retention time of {words.count(days, 'day', 'days')} personal details were still there: "
        f"{words.listed(parts_en, 'and')}.",
    )


def _gone(emptied: list[RetentionSeen], days: int) -> Sentence:
    before = sum(look.before for look in emptied)
    places_de = words.listed([_place_de(look.place) for look in emptied], "und")
    places_en = words.listed([look.place for look in emptied], "and")
    return Sentence(
        de=f"Nach Ablauf der Frist von {words.count(days, 'Tag', 'Tagen')} war keine von "
        f"{words.count(before, 'Fundstelle', 'Fundstellen')} mehr da ({places_de}).",
        en=f"After the retention time of {words.count(days, 'day', 'days')} none of "
        f"{words.count(before, 'find', 'finds')} was left ({places_en}).",
    )


def _place_de(place: str) -> str:
    if place in _PLACE_DE:
        return _PLACE_DE[place]
    kind, _, name = place.partition(" ")
    return f"{_PLACE_DE[kind]} „{name}“" if kind in _PLACE_DE else f"„{place}“"


CHECK = Check(
    id="P03",
    name="retention-deletes",
    passing=Sentence(
        de="Was von einem Termin gespeichert war, ist überall gelöscht, sobald die erklärte Aufbewahrungsfrist "
        "abgelaufen ist.",
        en="What was kept of an appointment is gone everywhere once the declared retention time is over.",
    ),
    vantage=VANTAGE,
    norms=("DSGVO Art. 5(1)(e)", "DSGVO Art. 17"),
    judge=judge,
)
