"""What the bench's own camera does is no fault of a call, and hides none."""

import pytest

from harness.model.evidence import Evidence
from harness.model.observations import PicturesDrawn, PicturesShown, Record
from harness.model.outcome import Outcome
from quality_checks.bands import load_bands
from quality_checks.catalogue import catalogue
from tests.quality_checks.calls import run

CHECK = {check.id: check for check in catalogue()}


@pytest.mark.parametrize("camera", [24.0, 25.0, 27.5])
def test_a_call_that_shows_all_that_a_slow_camera_gave_is_good_and_says_so(camera: float) -> None:
    finding = CHECK["Q09"].judge(run(camera=camera))
    assert finding.outcome is Outcome.PASS, finding.sentence.en
    assert f"(the camera gave {camera:.1f}: good is 90 % of them, at most 30)" in finding.sentence.en
    assert "gut sind 90 % davon, höchstens 30)" in finding.sentence.de
    assert f"Good is at least {0.9 * camera:.1f} pictures a second, acceptable at least 20.0" in finding.sentence.en


def test_a_camera_that_gives_more_than_enough_moves_no_limit() -> None:
    finding = CHECK["Q09"].judge(run(camera=60.0, fps=60.0))
    assert finding.sentence.en.endswith(
        "Good is at least 30.0 pictures a second, acceptable at least 20.0 pictures a second."
    )
    assert "(the camera gave 60.0)" in finding.sentence.en


@pytest.mark.parametrize(("camera", "shown"), [(30.0, 25.0), (25.0, 21.0), (60.0, 25.0)])
def test_pictures_that_the_call_loses_are_still_its_own(camera: float, shown: float) -> None:
    assert CHECK["Q09"].judge(run(camera=camera, fps=shown)).outcome is Outcome.WEAK


def test_what_is_bad_stays_bad_behind_a_slow_camera() -> None:
    assert CHECK["Q09"].judge(run(camera=24.0, fps=12.0)).outcome is Outcome.FAIL


def test_a_camera_that_gives_fewer_than_are_acceptable_proves_nothing_about_the_call() -> None:
    finding = CHECK["Q09"].judge(run(camera=15.0, fps=15.0))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert finding.sentence.en.startswith(
        "Not judged: the bench's own camera gave too few pictures from second 3 on (the clerk's picture at the citizen"
    )
    assert finding.sentence.de.startswith("Nicht beurteilt: die Kamera der Prüfung gab selbst zu wenige Bilder ab")
    assert CHECK["Q09"].judge(run(camera=15.0, fps=7.0)).outcome is Outcome.FAIL


def test_a_limit_of_what_is_good_never_goes_beyond_what_is_acceptable() -> None:
    rate, delay = load_bands()["frame-rate"], load_bands()["glass-delay"]
    assert (rate.with_good(12.0).good, rate.with_good(22.5).good, rate.with_good(None)) == (20.0, 22.5, rate)
    assert delay.with_good(900.0).good == 400.0


def _camera_stands(second: float, lasts: float, *, lost: bool = False) -> Evidence:
    """A clean call whose cameras give nothing for a while; with ``lost`` the call loses what comes next, too."""
    clean = run()
    records = []
    for record in clean.records:
        seen = record.seen
        if isinstance(seen, PicturesDrawn | PicturesShown) and seen.media == "video":
            began = clean.records[0].at * 1000
            columns = [name for name in ("at_ms", "number", "width", "height", "untold") if getattr(seen, name, ())]
            rows = zip(*(getattr(seen, name) for name in columns), strict=True)
            more = lasts + 0.4 if lost and isinstance(seen, PicturesShown) else lasts
            late = 80.0 if isinstance(seen, PicturesShown) else 0.0
            kept = [row for row in rows if not second <= (row[0] - late - began) / 1000 < second + more]
            seen = seen.model_copy(update=dict(zip(columns, zip(*kept, strict=True), strict=True)))
        records.append(Record(id=record.id, at=record.at, seen=seen))
    return Evidence(records)


def test_a_picture_that_stands_because_the_camera_gave_no_other_is_no_freeze() -> None:
    assert CHECK["Q08"].judge(_camera_stands(15.0, 0.5)).outcome is Outcome.PASS


def test_what_the_call_loses_behind_a_stall_of_the_camera_is_a_freeze() -> None:
    finding = CHECK["Q08"].judge(_camera_stands(15.0, 0.5, lost=True))
    assert finding.outcome is Outcome.FAIL
    assert finding.figures["longest_ms"] == pytest.approx(930, abs=70)
