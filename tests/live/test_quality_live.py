"""Calls of two real browsers over links of known badness: media goes over them, and the evidence says so."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

from harness.events import EventBus
from harness.model.evidence import Evidence
from harness.model.observations import CallFact, LinkCount, LinkSet, Moment, PicturesShown, StatsSeries, TapStatus
from harness.model.sentence import Sentence
from harness.net.reach import why_not
from harness.quality.plan import Wanted
from harness.quality.run import QualityRun, play
from harness.store import read_run

pytestmark = pytest.mark.live
needs_networks = pytest.mark.skipif(why_not() is not None, reason="no rights to make networks here")


def _played(out: Path, *profiles: str) -> Evidence:
    wanted = Wanted(profiles, seconds=6, compare=False, scores=False)
    _, evidence = read_run(play(QualityRun.new(wanted, out, "en"), EventBus()))
    return evidence


def _round_trips(evidence: Evidence, call: str, party: str) -> Sequence[float]:
    """Milliseconds, of the connections of a page."""
    return [
        value * 1000
        for found in evidence.of(StatsSeries, call=call, party=party)
        if found.seen.of == "candidate-pair"
        for value in found.seen.columns.get("currentRoundTripTime", ())
        if value is not None
    ]


@needs_networks
def test_a_call_over_a_slow_link_has_its_delay_and_one_without_udp_is_held_by_tcp(tmp_path: Path) -> None:
    evidence = _played(tmp_path, "delay-100", "udp-blocked")

    facts = {found.seen.call: found.seen for found in evidence.of(CallFact)}
    assert set(facts) == {"delay-100-1", "udp-blocked-1"}
    assert all(fact.connected and fact.focus == "quality" for fact in facts.values())
    # 100 ms up and 100 ms down, and little else; the town hall's own link has none of it.
    assert median(_round_trips(evidence, "delay-100-1", "citizen")) >= 195
    assert median(_round_trips(evidence, "delay-100-1", "clerk")) < 100
    for call in facts:
        whats = {found.seen.what for found in evidence.of(Moment, call=call)}
        assert whats == {"join-clicked", "first-picture", "call-began", "call-ended", "keys-kept"}
        assert {found.seen.party for found in evidence.of(PicturesShown, call=call)} == {"citizen", "clerk"}
        assert all(found.seen.taken > 0 for found in evidence.of(LinkCount, call=call))
    lost = {
        (found.seen.call, found.seen.party, found.seen.direction): found.seen.lost for found in evidence.of(LinkCount)
    }
    assert lost["delay-100-1", "citizen", "up"] == 0
    assert lost["udp-blocked-1", "citizen", "up"] > 0  # what was tried by UDP; the call itself came through
    said = {found.seen.up for found in evidence.of(LinkSet, call="delay-100-1", party="citizen")}
    assert said == {"delay 100 ms"}


def test_without_the_rights_to_make_networks_the_clear_one_is_played_and_the_others_are_said_to_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = Sentence(de="Es fehlen Rechte.", en="Rights are missing.")
    monkeypatch.setattr("harness.quality.ground.why_not", lambda: reason)

    evidence = _played(tmp_path, "clear", "lift")

    (fact,) = evidence.of(CallFact)
    assert (fact.seen.call, fact.seen.connected) == ("clear-1", True)
    (gone,) = [found.seen for found in evidence.of(TapStatus, call="lift-1")]
    assert (gone.vantage, gone.state, gone.reason) == ("network", "absent", "Rights are missing.")
