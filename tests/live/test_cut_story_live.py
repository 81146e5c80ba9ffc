"""A page stops answering in the middle of a call: its story has failed, its half is kept, the next one is played."""

from pathlib import Path

import pytest

from harness.call import Call
from harness.cli.conclude import conclude
from harness.events import EventBus
from harness.model.exit_code import ExitCode
from harness.model.observations import CallFact, KeySeen, ScenarioResult, ServerFrames, StoryCut
from harness.model.outcome import Outcome
from harness.run import Plan, observe
from harness.targets.registry import find_target

pytestmark = [pytest.mark.live, pytest.mark.long]

CHECKS = ("E01", "E02", "E05", "E12", "C02", "K03", "K04", "K07", "P02")
LIMIT = 110.0  # seconds, of which a call needs some 25 until both see each other


def test_page_that_stops_answering_in_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note_stats, stuck = Call.note_stats, list[str]()

    def stuck_once(call: Call) -> None:
        if stuck:
            note_stats(call)
            return
        stuck.append(call.label)
        call.citizen.page.evaluate("() => { while (true); }")

    monkeypatch.setattr(Call, "note_stats", stuck_once)
    plan = Plan(
        find_target("townhall"), CHECKS, stories=False, out=tmp_path, shrink=2, limit=LIMIT,
        match="phone_booking_to_connected_call or second_town_hall",
    )  # fmt: skip
    concluded = conclude(observe(plan, EventBus()), EventBus())
    evidence = concluded.source.evidence

    stories = {found.seen.name: found.seen for found in evidence.of(ScenarioResult)}
    first, second = stories["test_phone_booking_to_connected_call"], stories["test_second_town_hall"]
    assert first.outcome == "failed"
    assert "had not come to its end after 110 s" in first.sentence
    assert "war nach 110 s nicht zu Ende" in first.sentence_de
    assert (second.outcome, second.sentence) == ("passed", "")
    assert concluded.exit is ExitCode.FAILED

    (cut,) = evidence.of(StoryCut)
    assert cut.seen.name == first.name
    half = next(found.seen for found in evidence.of(CallFact) if found.seen.call == stuck[0])
    assert half.connected
    assert list(evidence.of(ServerFrames, call=stuck[0]))
    assert list(evidence.of(KeySeen, call=stuck[0]))
    assert {verdict.outcome for verdict in concluded.verdicts} == {Outcome.INCONCLUSIVE}
