"""The catalogue: ids are unique and stable, every check is whole, and an unknown id is told what there is."""

import importlib
import pkgutil

import pytest

import crypto_checks
from crypto_checks.catalogue import CATALOGUE, by_id, selected
from harness.model.check import Check
from harness.model.errors import BenchError


def test_ids_and_names_are_unique_and_in_order() -> None:
    assert [check.id for check in CATALOGUE] == [
        "E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "C01", "C02", "C03", "C04",
        "C05", "C06", "C07", "C08", "C09", "C10", "K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09", "K10",
        "K11", "K12", "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "P01", "P02", "P03", "P04", "P05",
        "P06", "P07", "P08", "P09", "A01", "A02", "A03",
    ]  # fmt: skip
    assert len({check.name for check in CATALOGUE}) == len(CATALOGUE)


def test_no_check_is_left_out_of_the_catalogue() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(crypto_checks.__path__, "crypto_checks.")
        if not found.ispkg and found.name != "crypto_checks.catalogue"
    ]
    checks = {module.CHECK.id: module for module in modules if isinstance(getattr(module, "CHECK", None), Check)}
    assert set(checks) == {check.id for check in CATALOGUE}
    for check_id, module in checks.items():
        check = by_id(check_id)
        assert module.__doc__ == check.passing.en, (
            f"{check_id}: the docstring is the sentence that says what passing means"
        )
        assert check.passing.de.endswith(".")
        assert check.vantage
        assert check.norms


def test_unknown_check_is_told_what_there_is() -> None:
    with pytest.raises(BenchError) as caught:
        by_id("E99")
    assert str(caught.value) == (
        f"There is no check “E99”. Known checks: {', '.join(check.id for check in CATALOGUE)}."
    )


def test_selection_keeps_the_catalogues_order() -> None:
    assert [check.id for check in selected(["K12", "E01", "K12"])] == ["E01", "K12"]
    assert selected([]) == CATALOGUE
    with pytest.raises(BenchError):
        selected(["E01", "nothing"])
