"""Evidence taken away from a clean run: whatever is missing, no check that rests on it may still pass."""

from collections.abc import Iterable, Mapping

import pytest

from crypto_checks.catalogue import CATALOGUE, by_id
from harness.model.evidence import Evidence
from harness.model.observations import CallFact, Record, TapStatus
from harness.model.outcome import Outcome
from tests.flaws.beside import DIRECT, EXTRAS, QUALITY
from tests.flaws.plan import ATTACKED, DOWNGRADED, clean_run
from tests.flaws.rendering import render

CLEAN = render(clean_run())
RESTS_ON_BLOBS = (
    *("E01", "E03", "E04", "E05", "E07", "E11", "E12", "C01", "C02", "C03", "C05", "C08", "C09", "C10", "K10", "K12"),
)
ON_EXTRAS = (
    "E05",
    "E08",
    "E09",
    "K01",
    "K02",
    "K03",
    "K09",
    "A03",
)  # by the call with screen, form, chat, a third person
ON_QUALITY = ("A02",)
ON_DIRECT = ("E11",)
ON_ATTACKED = ("C04", "C06", "C07")  # judged by the call whose server is malicious
ALSO_ON_ATTACKED = ("E07",)  # and by the regular calls
ON_DOWNGRADED = ("K10",)  # by the calls whose server says that there is no encryption
ON_NO_CALL = (  # judged by what the whole run saw
    *(f"P{number:02}" for number in range(1, 10)),
    *("A01", "K05", "E06", "T04", "T05", "T06", "T07", "T08"),
)
ELSEWHERE = (*ON_EXTRAS, *ON_QUALITY, *ON_DIRECT, *ON_ATTACKED, *ON_DOWNGRADED, *ON_NO_CALL)
ON_REGULAR = tuple(check.id for check in CATALOGUE if check.id not in ELSEWHERE)
# K04 compares keys, and one of many may go; K12's fault calls may rightly leave nothing. The rest need every record.
NEEDS_EVERY_RECORD = tuple(check.id for check in CATALOGUE if check.id not in ("K04", "K12"))


def one_call(check: str) -> str:
    """A call that a check rests on; empty for the whole run."""
    if check in ON_EXTRAS:
        return EXTRAS
    if check in ON_QUALITY:
        return QUALITY
    if check in ON_DIRECT:
        return DIRECT
    if check in ON_ATTACKED:
        return ATTACKED
    if check in ON_DOWNGRADED:
        return next(iter(DOWNGRADED))
    return "" if check in ON_NO_CALL else "kernen-1"


def cited(check: str) -> list[Record]:
    wanted = set(by_id(check).judge(CLEAN).records)
    return [record for record in CLEAN.records if record.id in wanted]


def without(dropped: Iterable[Record], blobs: Mapping[str, bytes] = CLEAN.blobs) -> Evidence:
    gone = {record.id for record in dropped}
    return Evidence([record for record in CLEAN.records if record.id not in gone], blobs)


def cited_kinds() -> list[tuple[str, str]]:
    return [
        (check.id, kind) for check in CATALOGUE for kind in sorted({record.seen.kind for record in cited(check.id)})
    ]


def judged(check: str, evidence: Evidence) -> tuple[Outcome, str, str]:
    finding = by_id(check).judge(evidence)
    return finding.outcome, finding.sentence.en, finding.sentence.de


@pytest.mark.parametrize(("check", "kind"), cited_kinds())
def test_a_missing_kind_of_record_is_inconclusive(check: str, kind: str) -> None:
    evidence = without(record for record in CLEAN.records if record.seen.kind == kind)
    outcome, english, german = judged(check, evidence)
    assert outcome is Outcome.INCONCLUSIVE
    assert english.startswith("Not judged: ")
    assert german.startswith("Nicht beurteilt: ")


@pytest.mark.parametrize("check", NEEDS_EVERY_RECORD)
def test_one_missing_record_is_inconclusive(check: str) -> None:
    everywhere = ("", "winterbach-1", "kernen-1", EXTRAS)
    rests_on = {"kernen-1": ("winterbach-1", "kernen-1"), "": everywhere}.get(one_call(check), (one_call(check),))
    singles = [
        record for record in cited(check) if record.seen.call in rests_on and record.seen.kind not in ("call", "key")
    ]
    assert singles
    passing = [record.id for record in singles if judged(check, without([record]))[0] is not Outcome.INCONCLUSIVE]
    assert passing == []


@pytest.mark.parametrize("check", RESTS_ON_BLOBS)
def test_lost_blobs_are_inconclusive(check: str) -> None:
    assert judged(check, without([], blobs={}))[0] is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("check", RESTS_ON_BLOBS)
@pytest.mark.parametrize("cut", [1, 5, 40])
def test_damaged_blob_is_inconclusive(check: str, cut: int) -> None:
    elsewhere = (*ON_EXTRAS, *ON_DIRECT, *ON_DOWNGRADED)
    call = one_call(check) if check in elsewhere else "winterbach-1"
    for path in [path for path in CLEAN.blobs if call in path and "observer" not in path]:
        damaged = {**CLEAN.blobs, path: CLEAN.blobs[path][:-cut]}
        assert judged(check, without([], blobs=damaged))[0] is Outcome.INCONCLUSIVE, path


@pytest.mark.parametrize("state", ["silent", "absent", "failed"])
@pytest.mark.parametrize(("check", "vantage"), [(check.id, name) for check in CATALOGUE for name in check.vantage])
def test_tap_that_did_not_deliver_is_inconclusive(check: str, vantage: str, state: str) -> None:
    tap = TapStatus.model_validate(
        {"call": one_call(check), "vantage": vantage, "state": state, "reason": "<b>full</b>"}
    )
    outcome, english, _ = judged(check, Evidence([*CLEAN.records, Record(id="tap", at=0.0, seen=tap)], CLEAN.blobs))
    assert outcome is Outcome.INCONCLUSIVE
    assert f"{one_call(check)} (<b>full</b>)" in english


@pytest.mark.parametrize("check", ON_REGULAR)
def test_no_regular_call_is_inconclusive(check: str) -> None:
    faults_only = without(record for record in CLEAN.records if record.seen.call in ("winterbach-1", "kernen-1"))
    assert judged(check, faults_only) == (
        Outcome.INCONCLUSIVE,
        "Not judged: the evidence holds no regular call.",
        "Nicht beurteilt: die Belege enthalten kein reguläres Gespräch.",
    ) or judged(check, faults_only)[1].startswith("Not judged: the evidence holds no regular call; and ")


@pytest.mark.parametrize(
    ("check", "english", "german"),
    [(check, "screen, form and chat", "Bildschirm, Formular und Chat") for check in ON_EXTRAS]
    + [(check, "which picture and sound were measured", "Bild und Ton gemessen") for check in ON_QUALITY]
    + [(check, "from a direct path", "vom direkten Weg") for check in ON_DIRECT]
    + [(check, "whose server attacked", "dessen Server angriff") for check in (*ON_ATTACKED, *ALSO_ON_ATTACKED)]
    + [(check, "says that encryption is off", "Verschlüsselung für abgeschaltet erklärt") for check in ON_DOWNGRADED],
)
def test_no_call_held_for_it_is_inconclusive(check: str, english: str, german: str) -> None:
    focused = (EXTRAS, QUALITY, DIRECT, ATTACKED, *DOWNGRADED)
    gone = without(record for record in CLEAN.records if record.seen.call in focused)
    outcome, said, gesagt = judged(check, gone)
    assert outcome is Outcome.INCONCLUSIVE
    assert english in said
    assert german in gesagt


@pytest.mark.parametrize("check", [check.id for check in CATALOGUE])
def test_nothing_at_all_is_inconclusive(check: str) -> None:
    assert judged(check, Evidence([]))[0] is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("check", ON_EXTRAS)
def test_regular_calls_are_not_needed_by_what_is_judged_in_another_call(check: str) -> None:
    regular = ("winterbach-1", "kernen-1")
    assert judged(check, without(record for record in CLEAN.records if record.seen.call in regular))[0] is Outcome.PASS


@pytest.mark.parametrize("check", [check.id for check in CATALOGUE if check.id not in (*ON_NO_CALL, *ON_DOWNGRADED)])
def test_call_that_never_connected_is_inconclusive(check: str) -> None:
    records = [
        record.model_copy(update={"seen": record.seen.model_copy(update={"connected": False})})
        if isinstance(record.seen, CallFact) and record.seen.call == one_call(check)
        else record
        for record in CLEAN.records
    ]
    assert judged(check, Evidence(records, CLEAN.blobs)) == (
        Outcome.INCONCLUSIVE,
        f"Not judged: call {one_call(check)} never connected.",
        f"Nicht beurteilt: Gespräch {one_call(check)} kam nicht zustande.",
    )


def test_missing_records_are_named() -> None:
    gone = without(
        record
        for record in CLEAN.records
        if record.seen.kind == "server-frames" and record.seen.call == "kernen-1" and record.seen.party == "clerk"
    )
    assert judged("E01", gone) == (
        Outcome.INCONCLUSIVE,
        "Not judged: the media server's frames are missing: the clerk's audio in call kernen-1; and 1 more gap.",
        (
            "Nicht beurteilt: es fehlen die Frames am Medienserver: Audio der Amtsseite im Gespräch kernen-1; und 1 "
            "weitere "
            "Lücke."
        ),
    )
