"""Evidence taken away from a clean run: whatever is missing, no check that rests on it may still pass."""

from collections.abc import Iterable

import pytest

from harness.model.evidence import Evidence
from harness.model.observations import CallFact, Moment, Record, StatsSeries, TapStatus
from harness.model.outcome import Outcome
from quality_checks.catalogue import catalogue
from tests.quality_checks.calls import Defects, call, evidence

CLEAN = evidence(call("quality-1"), call("quality-2", Defects(encrypted=False)))
CHECK = {check.id: check for check in catalogue()}
# Where no boundary is told, the call's own beginning and end stand for it.
BOUNDARY = ("call-began", "call-ended")


def cited(check: str) -> list[Record]:
    wanted = set(CHECK[check].judge(CLEAN).records)
    return [record for record in CLEAN.records if record.id in wanted]


def without(dropped: Iterable[Record]) -> Evidence:
    gone = {record.id for record in dropped}
    return Evidence([record for record in CLEAN.records if record.id not in gone])


def kinds() -> list[tuple[str, str]]:
    pairs = [(check, kind) for check in CHECK for kind in sorted({record.seen.kind for record in cited(check)})]
    return [(check, kind) for check, kind in pairs if kind != "moment" or check in ("Q17", "Q18")]


@pytest.mark.parametrize("check", list(CHECK))
def test_the_clean_run_passes(check: str) -> None:
    assert CHECK[check].judge(CLEAN).outcome is Outcome.PASS


@pytest.mark.parametrize(("check", "kind"), kinds())
def test_a_missing_kind_of_record_is_inconclusive(check: str, kind: str) -> None:
    finding = CHECK[check].judge(without(record for record in CLEAN.records if record.seen.kind == kind))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.startswith("Not judged: ")
    assert finding.sentence.de.startswith("Nicht beurteilt: ")


@pytest.mark.parametrize("check", list(CHECK))
def test_one_missing_record_never_passes(check: str) -> None:
    passing = [
        record.seen
        for record in cited(check)
        if record.seen.kind not in ("call", "scored", "call-cost")  # of several comparisons or costs, one may go
        and getattr(record.seen, "what", "") not in BOUNDARY
        and CHECK[check].judge(without([record])).outcome is Outcome.PASS
    ]
    assert passing == []


@pytest.mark.parametrize("check", list(CHECK))
def test_nothing_at_all_is_inconclusive(check: str) -> None:
    assert CHECK[check].judge(Evidence([])).outcome is Outcome.INCONCLUSIVE
    assert (
        CHECK[check]
        .judge(Evidence([]))
        .sentence.en.startswith("Not judged: the evidence holds no call that was measured")
    )


@pytest.mark.parametrize("check", list(CHECK))
def test_a_call_that_never_connected_is_inconclusive(check: str) -> None:
    records = [
        record.model_copy(update={"seen": record.seen.model_copy(update={"connected": False})})
        if isinstance(record.seen, CallFact) and record.seen.call == "quality-2"
        else record
        for record in CLEAN.records
    ]
    finding = CHECK[check].judge(Evidence(records))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == "Not judged: call quality-2 never connected."
    assert finding.sentence.de == "Nicht beurteilt: Gespräch quality-2 kam nicht zustande."


@pytest.mark.parametrize("state", ["silent", "absent", "failed"])
@pytest.mark.parametrize(("check", "vantage"), [(check, name) for check in CHECK for name in CHECK[check].vantage])
def test_a_vantage_point_that_did_not_deliver_is_inconclusive(check: str, vantage: str, state: str) -> None:
    tap = TapStatus.model_validate(
        {"call": "quality-1", "vantage": vantage, "state": state, "reason": "<b>no room</b>"}
    )
    finding = CHECK[check].judge(Evidence([*CLEAN.records, Record(id="tap", at=0.0, seen=tap)]))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "call quality-1 (<b>no room</b>)" in finding.sentence.en


def columns() -> list[tuple[str, str]]:
    by_check = {
        "Q04": ("jitter",),
        "Q05": ("packetsLost", "packetsReceived", "packetsSent"),
        "Q06": ("jitterBufferDelay", "jitterBufferEmittedCount"),
        "Q07": ("concealedSamples", "silentConcealedSamples", "totalSamplesReceived"),
        "Q13": ("packetsLost", "packetsReceived"),
    }
    return [(check, column) for check, names in by_check.items() for column in names]


@pytest.mark.parametrize(("check", "column"), columns())
def test_statistics_that_do_not_tell_are_inconclusive(check: str, column: str) -> None:
    records = [
        record.model_copy(update={"seen": record.seen.model_copy(update={"columns": _less(record.seen, column)})})
        if isinstance(record.seen, StatsSeries)
        else record
        for record in CLEAN.records
    ]
    assert CHECK[check].judge(Evidence(records)).outcome is Outcome.INCONCLUSIVE


def _less(series: StatsSeries, column: str) -> dict[str, tuple[float | None, ...]]:
    return {name: values for name, values in series.columns.items() if name != column}


@pytest.mark.parametrize("check", ["Q03", "Q04", "Q05", "Q06", "Q07"])
def test_statistics_that_end_before_the_call_are_inconclusive(check: str) -> None:
    records = [
        record.model_copy(update={"seen": _until(record.seen, 20)}) if isinstance(record.seen, StatsSeries) else record
        for record in CLEAN.records
    ]
    finding = CHECK[check].judge(Evidence(records))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the statistics end already in second 19 " in finding.sentence.en
    assert "die Statistik endet schon in Sekunde 19 " in finding.sentence.de


def _until(series: StatsSeries, samples: int) -> StatsSeries:
    cut = {name: values[:samples] for name, values in series.columns.items()}
    return series.model_copy(update={"at_ms": series.at_ms[:samples], "columns": cut})


@pytest.mark.parametrize("check", ["Q03", "Q04", "Q05", "Q06", "Q07"])
def test_a_hole_in_the_statistics_is_inconclusive(check: str) -> None:
    def holed(series: StatsSeries) -> StatsSeries:
        keep = [place for place in range(len(series.at_ms)) if not 15 <= place <= 30]
        columns = {name: tuple(values[place] for place in keep) for name, values in series.columns.items()}
        return series.model_copy(update={"at_ms": tuple(series.at_ms[place] for place in keep), "columns": columns})

    records = [
        record.model_copy(update={"seen": holed(record.seen)}) if isinstance(record.seen, StatsSeries) else record
        for record in CLEAN.records
    ]
    assert CHECK[check].judge(Evidence(records)).outcome is Outcome.INCONCLUSIVE


def test_what_nobody_did_does_not_apply() -> None:
    quiet = evidence(call(defects=Defects(screen=False, key_changes=())))
    shared, changed, cost = (CHECK[check].judge(quiet) for check in ("Q16", "Q18", "Q20"))
    assert (shared.outcome, changed.outcome, cost.outcome) == (Outcome.NOT_APPLICABLE,) * 3
    assert shared.sentence.en == "Nobody shared a screen in this run."
    assert changed.sentence.de == "In diesem Lauf wurden keine Schlüssel gewechselt."


def test_a_call_with_other_moments_says_nothing_of_its_keys() -> None:
    silent = [
        record
        for record in evidence(call("quiet", Defects(key_changes=()))).records
        if not (isinstance(record.seen, Moment) and record.seen.what == "keys-kept")
    ]
    assert any(isinstance(record.seen, Moment) for record in silent)
    finding = CHECK["Q18"].judge(Evidence(silent))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en == "Not judged: it is not known whether keys were changed, call quiet."
