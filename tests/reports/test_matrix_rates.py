"""The figures beside the flaw matrix: those of its page, and who was tried on what."""

from pathlib import Path

from crypto_checks.catalogue import CATALOGUE
from harness.model.matrix import Matrix
from reports.matrix_rates import Rates, rates_of
from reports.matrix_write import write_matrix
from reports.pdf.bench_rates import MEASURED, measured
from tests.matrix.test_pages import ROWS


def test_figures_are_those_of_the_matrix() -> None:
    rates, matrix = rates_of(ROWS), Matrix(ROWS)
    assert rates.whole.detection.rate == matrix.detection
    assert rates.whole.alarms.rate == matrix.false_alarms
    assert {name: shares.detection.rate for name, shares in rates.insights.items()} == {
        name: matrix.blinded(name).detection for name in ("browser", "outside", "no-keys")
    }


def test_they_are_written_beside_the_page(tmp_path: Path) -> None:
    write_matrix(ROWS, CATALOGUE, "en", [tmp_path / "flaw-matrix.md"])
    assert Rates.model_validate_json((tmp_path / "flaw-matrix.rates.json").read_bytes()) == rates_of(ROWS)


def test_those_of_the_repository_are_those_of_its_page() -> None:
    rates, page = measured(), MEASURED.with_name("flaw-matrix.md").read_text("utf-8")
    assert rates is not None
    found = rates.whole.detection
    assert f"Flaws caught by exactly their checks: {found.hits} of {found.of} " in page
    assert f"Clean runs with a false alarm: {rates.whole.alarms.hits} of {rates.whole.alarms.of} " in page
    assert ", ".join(rates.code) in page


def test_what_is_damaged_is_no_measurement(tmp_path: Path) -> None:
    file = tmp_path / "rates.json"
    assert measured(file) is None
    file.write_text('{"format": "other"}')
    measured.cache_clear()
    assert measured(file) is None
    measured.cache_clear()
