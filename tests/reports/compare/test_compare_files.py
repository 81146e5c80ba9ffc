"""What people read of a comparison, and what a hostile name does to it."""

import json
from pathlib import Path

import pytest

from harness.cli.compare import chosen_figures, exit_code, told
from harness.model.errors import RunStoreError
from harness.model.exit_code import ExitCode
from harness.model.outcome import Outcome
from quality_checks.bands import load_bands
from quality_checks.catalogue import catalogue
from reports.compare.comparison import Comparison, compare
from reports.compare.release import Ran, Release, read_release
from reports.compare.said import Said
from reports.compare.write import markdown

EVIL = "<script>alert(1)</script>|`x`[y](javascript:z)\u202e"


def runs(name: str, outcome: Outcome, *delays: float) -> Release:
    return Release(
        name,
        tuple(Ran(f"{at}", {"E01": outcome}, {"Q01.worst": delay}, {"E01": EVIL}) for at, delay in enumerate(delays)),
    )


def slower(name: str = "2.1") -> Comparison:
    return compare(
        runs("2.0", Outcome.PASS, 100, 101, 102, 103),
        runs(name, Outcome.FAIL, 150, 151, 152, 153),
        {"Q01.worst": "less"},
    )


def test_german_headline_counts_what_became_worse() -> None:
    said = Said(slower(), "de")
    assert said.headline == "2.1 ist schlechter als 2.0: eine Prüfung und eine Kennzahl."
    [check, figure, odd] = said.grids
    assert check.rows[0][1:] == ("schlechter", "4 × bestanden", "4 × nicht bestanden")
    assert figure.rows[0] == (
        "Q01.worst",
        "schlechter",
        "101,5\u00a0ms",
        "151,5\u00a0ms",
        "+50\u00a0ms",
        "47\u00a0ms bis 53\u00a0ms",
        "2,9\u00a0%",
    )
    assert (odd.rows, odd.lead) == ([], "Jede Prüfung sagt in allen Läufen einer Version dasselbe.")


def test_figure_bears_the_name_of_its_check_and_a_hostile_one_is_text(tmp_path: Path) -> None:
    a, b = (
        Release(name, tuple(Ran(f"{at}", {}, {"Q01.worst": late + at}, {"Q01": EVIL}) for at in range(4)))
        for name, late in (("A", 100), ("B", 150))
    )
    found = compare(a, b, {"Q01.worst": "less"})
    assert str(Said(found, "en").grids[1].rows[0][0]).startswith("Q01.worst <script>")
    told(found, tmp_path, "en")
    page = (tmp_path / "compare.html").read_text("utf-8")
    assert "<script>alert(1)" not in page
    assert "Q01.worst &lt;script&gt;" in page


def test_alike_releases_are_said_to_be_so() -> None:
    alike = compare(runs("A", Outcome.PASS, 1, 2), runs("B", Outcome.PASS, 1, 2), {})
    assert Said(alike, "en").headline == "No change is seen between A and B."
    assert exit_code(alike) is ExitCode.OK


def test_releases_that_waver_have_no_verdict() -> None:
    wavering = Release("A", (*runs("A", Outcome.PASS, 1).runs, *runs("A", Outcome.INCONCLUSIVE, 1).runs))
    found = compare(wavering, wavering, {})
    assert exit_code(found) is ExitCode.INCONCLUSIVE
    assert (
        Said(found, "en").headline
        == "A and A cannot be compared: 50.0\u00a0% of all outcomes waver within one release; 2.0\u00a0% may."
    )


def test_page_note_and_data_are_written_and_a_hostile_name_is_text(tmp_path: Path) -> None:
    lines = told(slower(EVIL), tmp_path, "en")
    assert lines[-1] == str(tmp_path / "compare.html")
    page = (tmp_path / "compare.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert page.count("data:image/svg+xml;base64,") == 1
    note = (tmp_path / "compare.md").read_text("utf-8")
    assert "<script>" not in note
    assert "](javascript" not in note
    assert json.loads((tmp_path / "compare.json").read_text("utf-8"))["checks"][0]["after"] == {"fail": 4}
    assert exit_code(slower()) is ExitCode.FAILED


def test_note_has_a_row_for_each_change() -> None:
    note = markdown(Said(slower(), "en"))
    assert (
        "| Q01.worst | worse | 101.5\u00a0ms | 151.5\u00a0ms | \\+50\u00a0ms | 47\u00a0ms to 53\u00a0ms | 2.9\u00a0% |"
        in note
    )


def test_folder_without_runs_is_refused_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(RunStoreError, match="holds no judged run: name a run folder"):
        read_release("A", [tmp_path])


def test_figures_are_those_of_quality_unless_others_are_asked_for() -> None:
    seen = {
        "Q01.worst": 1.0,
        "Q01.whole": 1.0,
        "Q09.whole": 20.0,
        "Q17.worst": 2.0,
        "Q17.second": 3.0,
        "E01.frames": 9.0,
    }
    release = Release("A", (Ran("0", {}, seen, {}),))
    assert chosen_figures(release, release, ()) == {"Q01.whole": "less", "Q09.whole": "more", "Q17.worst": "less"}
    assert chosen_figures(release, release, ("E01.frames:more", "T.x")) == {"E01.frames": "more", "T.x": "either"}


def test_which_way_is_good_is_what_the_bands_say() -> None:
    bands = load_bands()
    large = {"frame-rate": "Q09", "resolution": "Q10", "e-model": "Q13", "speech": "Q14", "vmaf": "Q15", "ssim": "Q15"}
    large["marks-read"] = "Q19"
    assert {name for name, band in bands.bands.items() if band.better == "more"} == large.keys()
    release = Release("A", (Ran("0", {}, {f"{check.id}.worst": 1.0 for check in catalogue()}, {}),))
    more = {name[:3] for name, way in chosen_figures(release, release, ()).items() if way == "more"}
    assert more == set(large.values())
