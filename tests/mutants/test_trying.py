"""What says how well others are tested is tested itself: the switch, the sample, the interval, what is forgotten."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.mutants import generate, stock, switch
from tests.mutants.figures import table, wilson


@pytest.fixture
def switched(monkeypatch: pytest.MonkeyPatch) -> Any:
    def answer() -> str:
        return "as it was"

    def other() -> str:
        return "changed"

    answer.__module__ = other.__module__ = "crypto_checks.some"
    forms = {switch.ORIGINAL: answer, "x_answer__mutmut_1": other}
    monkeypatch.setattr(switch, "called", None)
    return switch.choose(forms)(answer)


def test_function_stays_as_it_was_until_its_mutant_is_switched_on(
    switched: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert switched() == "as it was"
    monkeypatch.setattr(switch, "active", "crypto_checks.some.x_answer__mutmut_1")
    assert switched() == "changed"
    monkeypatch.setattr(switch, "active", "crypto_checks.something.x_answer__mutmut_1")
    assert switched() == "as it was"


def test_call_is_noted_when_somebody_asks(switched: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    monkeypatch.setattr(switch, "called", asked)
    switched()
    assert len(asked) == 1
    assert next(iter(asked)).startswith("crypto_checks.some.")


def test_sample_has_a_share_of_every_file_and_is_the_same_again() -> None:
    mutants = [
        f"crypto_checks.{file}.x_f__mutmut_{number}" for file, many in (("a", 60), ("b", 40)) for number in range(many)
    ]
    sample = stock.drawn(mutants, 10, seed=3)
    assert len(set(sample)) == 10
    assert sum(stock.module_of(name) == "crypto_checks.a" for name in sample) == 6
    assert sample == stock.drawn(mutants, 10, seed=3)
    assert sample != stock.drawn(mutants, 10, seed=4)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(95, 100, 0.888, 0.978), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=0.001)


def test_what_no_test_calls_counts_as_not_noticed() -> None:
    told = [
        {"mutant": f"crypto_checks.keys.k01.x_f__mutmut_{number}", "outcome": outcome}
        for number, outcome in enumerate(("killed", "timeout", "survived", "no test"))
    ]
    assert "| crypto_checks/keys | 4 | 1 | 1 | 1 | 1 | 50.0 % (15.0-85.0) |" in table(told)


def test_same_source_is_not_mutated_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = Path("crypto_checks/some.py")
    source.parent.mkdir()
    source.write_text("def f(): return 1\n")
    written = (generate.WRITTEN / source).with_suffix(".json")
    written.parent.mkdir(parents=True)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    written.write_text(json.dumps({"source": digest, "mutants": ["crypto_checks.some.x_f__mutmut_1"]}))
    assert generate.write(source) == 1
    assert stock.names() == ["crypto_checks.some.x_f__mutmut_1"]
