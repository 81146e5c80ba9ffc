"""The bands: limits lie where they are said to lie, and a file or a target changes them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.errors import BenchError
from harness.model.outcome import Outcome
from quality_checks.bands import Band, load_bands
from quality_checks.catalogue import catalogue
from tests.quality_checks.calls import run

USUAL = load_bands()


@pytest.mark.parametrize("name", list(USUAL.bands))
def test_the_limits_themselves_are_kept_and_what_is_beyond_is_not(name: str) -> None:
    band = USUAL[name]
    beyond = (1 if band.better == "less" else -1) * (band.rounding + 1e-6)
    assert band.level(band.good) is Outcome.PASS
    assert band.level(band.acceptable) in (Outcome.WEAK, Outcome.PASS)
    assert band.level(band.acceptable + beyond) is Outcome.FAIL
    assert band.level(band.good + beyond) is not Outcome.PASS
    assert band.source


@given(st.sampled_from(list(USUAL.bands)), st.floats(-1e3, 1e4), st.floats(-1e3, 1e4))
def test_what_is_worse_is_never_judged_better(name: str, one: float, other: float) -> None:
    band = USUAL[name]
    better, worse = (min(one, other), max(one, other)) if band.better == "less" else (max(one, other), min(one, other))
    assert band.badness(better) <= band.badness(worse)


def test_what_is_no_number_is_bad() -> None:
    assert USUAL["loss"].level(float("nan")) is Outcome.FAIL


def test_a_file_changes_what_is_good(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[glass-delay]\ngood = 50\nacceptable = 60\nsource = 'our contract'\n")
    strict = load_bands(own)
    assert strict["glass-delay"] == Band(good=50, acceptable=60, unit="ms", better="less", source="our contract")
    assert strict["loss"] == USUAL["loss"]
    finding = catalogue(strict)[0].judge(run())
    assert finding.outcome is Outcome.FAIL
    assert finding.sentence.en.endswith("Good is at most 50 ms, acceptable at most 60 ms.")


def test_a_targets_section_is_used_and_the_file_goes_over_it(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[loss]\ngood = 0.02\n")
    bands = load_bands(own, {"loss": {"good": 0.001, "acceptable": 0.2}, "measuring": {"window_s": 5}})
    assert (bands["loss"].good, bands["loss"].acceptable) == (0.02, 0.2)
    assert bands.measuring.window_s == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[delay]\ngood = 1", "names a band that there is not: delay. Known: after-key-change, "),
        ("[loss]\ngood = 0.5", "correct loss: acceptable must not be better than good."),
        ("[frame-rate]\ngood = 10", "correct frame-rate: acceptable must not be better than good."),
        ("[loss]\ngood = 'little'", "correct loss.good: "),
        ("[measuring]\nwindow_s = 0", "correct measuring.window_s: "),
        ("loss = 3", "make loss a table."),
        ("[loss", "make it readable as TOML ("),
    ],
)
def test_a_file_that_holds_no_bands_is_told_what_to_mend(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(BenchError) as caught:
        load_bands(own)
    assert said in str(caught.value)
    assert str(own) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"nothing\.toml holds no bands"):
        load_bands(tmp_path / "nothing.toml")


def test_a_source_of_ones_own_does_not_stand_beside_the_usual_one_in_german(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[loss]\nsource = "our contract"\n[jitter]\ngood = 10\n')
    bands = load_bands(own)
    assert (bands["loss"].source, bands["loss"].source_de) == ("our contract", "")
    assert (bands["jitter"].source, bands["jitter"].source_de) == ("ours", "eigene")
