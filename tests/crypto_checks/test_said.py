"""Word for word and figure for figure: what each check says of flaws, and of a clean run with records taken away."""

import pytest

from crypto_checks.catalogue import CATALOGUE
from tests.crypto_checks.limits import CASES, evidence_of
from tests.crypto_checks.saying import beaten, figures, gaps, kept, numbers, on_other_ways, otherwise, said
from tests.flaws.evidence import evidence_with

CHECKS = [check.id for check in CATALOGUE]


@pytest.mark.parametrize("check", CHECKS)
def test_verdict_has_its_figures_and_names_its_records(check: str) -> None:
    assert figures(check) == kept(check)["figures"]


@pytest.mark.parametrize("check", CHECKS)
def test_one_is_not_many(check: str) -> None:
    assert numbers(check) == kept(check)["numbers"]


@pytest.mark.parametrize("check", CHECKS)
def test_subject_that_a_flaw_took_away_is_named(check: str) -> None:
    assert beaten(check) == kept(check)["beaten"]


@pytest.mark.parametrize("check", CHECKS)
def test_gap_that_missing_records_leave_is_named(check: str) -> None:
    assert gaps(check) == kept(check)["gaps"]


@pytest.mark.parametrize("check", CHECKS)
def test_one_value_that_is_another_is_seen(check: str) -> None:
    assert otherwise(check) == kept(check)["otherwise"]


@pytest.mark.parametrize("name", CASES)
def test_limit_lies_where_it_is_said_to_lie(name: str) -> None:
    case = CASES[name]
    says = said(case.check, evidence_of(case, evidence_with("")))
    assert says[0] == case.outcome
    assert says == kept("limits")[name]


@pytest.mark.parametrize("check", CHECKS)
def test_frames_that_went_another_way_are_seen(check: str) -> None:
    assert on_other_ways(check) == kept(check)["ways"]
