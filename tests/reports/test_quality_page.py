"""The page on quality: what stands on it, in both languages, and that nothing from a target becomes markup."""

import base64
import json
import re
from pathlib import Path

import pytest

from harness.model.errors import RunStoreError
from harness.model.evidence import Evidence
from harness.model.observations import AnyObservation, LinkSet, Planted
from harness.model.quality import CallQuality, QualityResult
from quality_checks.bands import load_bands
from quality_checks.result import result_of
from reports.inputs import Lang
from reports.quality_chart import events, layout
from reports.quality_page import render_quality, write_quality
from reports.quality_panels import PANELS, shown_lines
from reports.text import Words
from tests.quality_checks.calls import BEGAN, Defects, call, evidence

EVIL = "<script>alert(1)</script>"


def played(name: str, **defects: object) -> list[AnyObservation]:
    """A call with a link that was worse for five seconds, and a planted defect."""
    seen = call(name, Defects(**defects))  # type: ignore[arg-type]
    bad, good = (BEGAN + 20) * 1000, (BEGAN + 25) * 1000
    seen += [
        LinkSet(call=name, party="clerk", at_ms=bad, up="delay 300 ms", down=EVIL),
        LinkSet(call=name, party="clerk", at_ms=good, up="delay 0 ms", down="delay 0 ms"),
        Planted(call=name, party="clerk", what="frame-rate", media="video", value=15, from_ms=bad, to_ms=good),
    ]
    return seen


SEEN = evidence(
    played("lift-1", profile="lift", late={20: 900.0, 21: 900.0, 22: 900.0, 23: 900.0, 24: 900.0, 19: 900.0}),
    played("lift-2", profile="lift", delay=120.0),
    played("lift-3", profile="lift", delay=200.0),
    call("clear-1", Defects(screen=False, seconds=30.0)),
)
RESULT = result_of(SEEN, load_bands(), "run-1", "townhall")


def drawings(page: str) -> list[str]:
    return [
        base64.b64decode(found).decode() for found in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page)
    ]


def text(page: str) -> str:
    """What can be read on the page, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "de",
            (
                "Gesprächsqualität von Bildschirm zu Bildschirm",
                "Gemessen, wo Menschen sitzen: 4 Gespräche unter 2 Netzen.",
                "Netz lift",
                "Netz ohne Eingriff",
                "eingebaut bei der Amtsseite: höchstens 15 Bilder je Sekunde",
                "Schlechtester Abschnitt, Sekunde ",
                "Student",
                "Vorzeichentest",
                "ITU-T G.114",
            ),
        ),
        (
            "en",
            (
                "Call quality from glass to glass",
                "Measured where people sit: 4 calls under 2 networks.",
                "Network lift",
                "Network left alone",
                "planted at the clerk: at most 15 pictures a second",
                "Worst window, second ",
                "sign test",
            ),
        ),
    ],
)
def test_the_page_says_what_was_measured(lang: Lang, says: tuple[str, ...]) -> None:
    read = text(render_quality(RESULT, SEEN, lang))
    assert [each for each in says if each not in read] == []
    assert "Undefined" not in read


def test_a_networks_table_has_median_and_interval_of_its_repetitions() -> None:
    read = text(render_quality(RESULT, SEEN, "en"))
    network = next(each for each in RESULT.networks if each.network == "lift")
    delay = next(each for each in network.figures if each.figure == "Q01")
    assert (delay.count, delay.method, delay.median) == (3, "t", 120.0)
    assert delay.low is not None
    assert delay.high is not None
    assert f"Delay from camera to screen 120 ms {delay.low:.0f} ms – {delay.high:.0f} ms 3 " in read


def test_no_words_of_a_target_become_markup() -> None:
    for lang in ("de", "en"):
        page = render_quality(RESULT, SEEN, lang)
        assert EVIL not in page
        assert all(EVIL not in drawing for drawing in drawings(page))
        assert "&lt;script&gt;" in page


def test_the_page_asks_nothing_of_any_network() -> None:
    page = render_quality(RESULT, SEEN, "de")
    assert "default-src &#39;none&#39;; img-src data:" in page
    assert page.count("<script") == 1
    assert re.findall(r'(?:src|href)="(?!data:|#)', page) == []


def test_every_call_has_a_drawing_with_its_words_for_who_cannot_see_it() -> None:
    page = render_quality(RESULT, SEEN, "de")
    found = drawings(page)
    assert len(found) == 4
    assert all(
        "<title>Messgrößen im Verlauf</title>" in each and "<desc>Verlauf der Messgrößen" in each for each in found
    )
    assert 'alt="Verlauf der Messgrößen im Gespräch lift-1 über 40 Sekunden. Schlechtester Abschnitt' in page


def shown(name: str) -> CallQuality:
    return next(each for each in RESULT.calls if each.call == name)


def test_the_worst_moment_is_where_it_was_put() -> None:
    worst = shown("lift-1").worst
    assert worst is not None
    assert worst.begin <= 20 <= worst.end
    assert worst.sentence.en.count("second ") == 1
    assert shown("clear-1").worst is None


def test_what_was_done_is_shaded_where_it_was_done() -> None:
    done = events(shown("lift-1"))
    assert [(round(event.x), event.number) for event in done if event.width] == [(457, 3)]


def test_lines_of_a_panel_are_at_most_four() -> None:
    for panel in PANELS:
        assert 0 < len(shown_lines(panel, shown("lift-1"))) <= 4


def test_what_was_compared_behind_the_call_gets_no_empty_panel() -> None:
    call = shown("lift-1")
    speech = next(panel for panel in PANELS if panel.name == "speech")
    later = [
        line.model_copy(update={"points": tuple(
            point._replace(begin=call.seconds + 1, end=call.seconds + 9) for point in line.points
        )}) if line.figure in speech.figures else line
        for line in call.lines
    ]  # fmt: skip
    assert shown_lines(speech, call)
    assert shown_lines(speech, call.model_copy(update={"lines": tuple(later)})) == []


def test_panels_lie_below_one_another_and_within_the_drawing() -> None:
    panels, height = layout(shown("lift-1"), RESULT.bands, Words("de"))
    places = [place for panel in panels for place in (panel.heading_y, panel.top, panel.bottom)]
    assert places == sorted(places)
    assert places[-1] < height
    for panel in panels:
        for line in panel.lines:
            points = [point.split(",") for piece in line.pieces for point in piece.split()]
            assert all(panel.top <= float(y) <= panel.bottom for _, y in points)


def test_the_figures_are_written_for_machines_and_can_be_read_again(tmp_path: Path) -> None:
    paths = write_quality(RESULT, SEEN, tmp_path / "new", "en")
    assert {path.name for path in paths.values()} == {"quality.json", "quality.html"}
    read = json.loads(paths["json"].read_text("utf-8"))
    assert read["format"] == "pruefstand-quality/1"
    assert QualityResult.model_validate(read) == RESULT


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunStoreError, match="Choose another folder"):
        write_quality(RESULT, SEEN, tmp_path / "file")


def test_a_run_without_measured_calls_has_a_page_that_says_so() -> None:
    empty = result_of(Evidence([]), load_bands())
    read = text(render_quality(empty, Evidence([]), "en"))
    assert "20 not judged" in read
    assert "No verdict: no figure could be judged." in read
    assert "No verdict" not in text(render_quality(RESULT, SEEN, "en"))
    assert "the evidence holds no call that was measured" in read


@pytest.mark.parametrize(("lang", "said"), [("de", "Bild nach einem Schlüsselwechsel"), ("en", "skipped pictures")])
def test_every_band_has_words_in_both_languages(lang: Lang, said: str) -> None:
    read = text(render_quality(RESULT, SEEN, lang))
    assert said in read
    assert "after-key-change" not in read
    assert ("ours" in read) == (lang == "en")
    assert [name for name in RESULT.bands if not Words(lang)(f"quality.band.{name}")] == []
