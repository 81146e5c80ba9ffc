"""The catalogue: ids are unique and stable, every check is whole, and an unknown id is told what there is."""

import importlib
import pkgutil
from typing import get_args

import pytest

import quality_checks
from harness.model.errors import BenchError
from harness.model.observations import Planted
from quality_checks.catalogue import CHECKS, by_id, catalogue, selected
from quality_checks.figure import Figure
from quality_checks.q20_cost_of_encryption import Comparison
from quality_checks.words import defect


def test_ids_and_names_are_unique_and_in_order() -> None:
    assert [check.id for check in CHECKS] == [f"Q{number:02}" for number in range(1, 21)]
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def test_no_figure_is_left_out_of_the_catalogue() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(quality_checks.__path__, "quality_checks.")
        if found.name.startswith("quality_checks.q")
    ]
    found = {
        value.id: module
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Figure | Comparison)
    }
    assert set(found) == {check.id for check in CHECKS}
    for check in CHECKS:
        assert found[check.id].__doc__ == check.passing.en, f"{check.id}: the docstring says what passing means"
        assert check.passing.de.endswith(".")
        assert check.vantage


def test_unknown_check_is_told_what_there_is() -> None:
    with pytest.raises(BenchError) as caught:
        by_id("Q99")
    assert str(caught.value).startswith("There is no quality check “Q99”. Known checks: Q01, Q02, ")


def test_selection_keeps_the_catalogues_order() -> None:
    assert [check.id for check in selected(["Q12", "Q01", "Q12"])] == ["Q01", "Q12"]
    assert [check.id for check in selected([])] == [check.id for check in catalogue()]


def test_every_planted_defect_has_words_with_its_size() -> None:
    for what in get_args(Planted.model_fields["what"].annotation):
        assert "2,5" in defect(what, 2.5).de
        assert "2.5" in defect(what, 2.5).en
