"""Less evidence: nothing of it was seen where nobody may look, and no judge takes the gap for good news or bad."""

from functools import cache
from typing import get_args

import pytest

from crypto_checks.catalogue import CATALOGUE
from harness.judge import judge, outcomes
from harness.matrix.blinded import BY_CONTENT, ORIGINS, TAPS, blinded, origin_of
from harness.model.evidence import Evidence
from harness.model.matrix import BLINDFOLDS, Blindfold
from harness.model.observations import AnyObservation, KeySeen, SearchResult, ServerFrames, TapStatus
from harness.model.outcome import Outcome
from tests.flaws.plan import clean_run
from tests.flaws.rendering import render
from tests.flaws.seeded import FLAWS

FROM_EACH_AREA = (*("", "plain-media", "key-in-query", "plain-form", "recorder-has-key"),)


@cache
def evidence_with(flaw: str) -> Evidence:
    run = clean_run()
    if flaw:
        FLAWS[flaw].change(run)
    return render(run)


def outcomes_with(flaw: str, blindfold: Blindfold) -> dict[str, Outcome]:
    return outcomes(judge(CATALOGUE, blinded(evidence_with(flaw), blindfold)))


def caught(flaw: str, blindfold: Blindfold) -> set[str]:
    return {check for check, outcome in outcomes_with(flaw, blindfold).items() if outcome is Outcome.FAIL}


def test_every_kind_of_record_says_where_it_was_seen() -> None:
    """Add a new kind to ``ORIGINS`` in harness/matrix/blinded.py: who must be able to look where, to see it?"""
    kinds = {get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(get_args(AnyObservation)[0])}
    placed = [kind for group in ORIGINS.values() for kind in group] + list(BY_CONTENT)
    assert kinds - set(placed) == set()
    assert len(placed) == len(set(placed))


def test_every_vantage_point_says_where_it_is() -> None:
    placed = [name for group in TAPS.values() for name in group]
    assert {name for check in CATALOGUE for name in check.vantage} - set(placed) == set()
    assert len(placed) == len(set(placed))


# What E01 sees at the server E11 leaves to it; where no server is seen, E11 says what the pages themselves show.
LEFT_TO_E01 = {("plain-media", "E11", Outcome.FAIL)}


@pytest.mark.parametrize("flaw", FROM_EACH_AREA)
def test_no_blindfold_makes_a_judge_say_something_else(flaw: str) -> None:
    before = outcomes(judge(CATALOGUE, evidence_with(flaw)))
    said = {
        (check, blindfold): (before[check], outcome)
        for blindfold in BLINDFOLDS
        for check, outcome in outcomes_with(flaw, blindfold).items()
        if outcome in (Outcome.PASS, Outcome.WEAK, Outcome.FAIL)
        and outcome is not before[check]
        and (flaw, check, outcome) not in LEFT_TO_E01
    }
    assert said == {}


def test_nothing_of_a_server_is_left_outside() -> None:
    for blindfold in ("browser", "outside"):
        left = blinded(evidence_with("key-in-log"), blindfold)
        assert not list(left.of(ServerFrames))
        assert {found.seen.place for found in left.of(SearchResult)} <= {"http", "url", "websocket"}
        assert {found.seen.state for found in left.of(TapStatus) if origin_of(found.seen) == "server"} <= {"absent"}


def test_nothing_of_keys_is_left_without_keys() -> None:
    left = blinded(evidence_with(""), "no-keys")
    assert not list(left.of(KeySeen))
    assert {found.seen.subject for found in left.of(SearchResult)} == {"texts", "names", "secrets"}
    assert list(left.of(ServerFrames)), "only what is known of keys is gone"


@pytest.mark.parametrize(
    ("flaw", "browser", "outside", "no_keys"),
    [
        ("plain-media", {"E11"}, {"E11"}, {"E01", "E02", "E12", "K11"}),
        ("key-in-log", {"K07"}, {"K07"}, set()),  # the page sends it there, and the browser sees it go
        ("ghost-subscriber", set(), set(), {"K09"}),
        ("key-in-query", {"K07", "K08"}, {"K07", "K08"}, set()),
        ("static-key", {"K04"}, {"K04"}, set()),
        ("plain-form", {"E08"}, {"E08"}, {"E08"}),
        ("cross-tenant", set(), {"P07"}, {"P07"}),
        ("no-csp", {"P09"}, {"P09"}, {"P09"}),
        ("name-in-room", set(), set(), {"P01"}),
    ],
)
def test_what_is_still_caught(flaw: str, browser: set[str], outside: set[str], no_keys: set[str]) -> None:
    seen = [caught(flaw, blindfold) for blindfold in BLINDFOLDS]
    assert seen == [browser, outside, no_keys]
