"""The worst moment as pictures and as sound: the right ones, in words too, and nothing where nothing was kept."""

import base64
import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.model.evidence import Evidence
from harness.model.observations import AnyObservation, LinkSet, Record, TapStatus
from harness.model.quality import QualityResult
from quality_checks.bands import load_bands
from quality_checks.result import result_of
from reports import sights as embedded
from reports.inputs import Lang
from reports.kept import as_jpeg, piece, sound_of
from reports.quality_page import render_quality
from reports.sight_looks import Kept, chosen
from tests.quality_checks.calls import BEGAN, Defects, call
from tests.reports.sample_sights import grey, level_of, with_sights

EVIL = "<script>alert(1)</script>"


def frozen(name: str = "clear-1") -> list[AnyObservation]:
    seen = call(name, Defects(freezes=((20.0, 23.0),), screen=False))
    seen.append(LinkSet(call=name, party="citizen", at_ms=(BEGAN + 20) * 1000, up=EVIL, down="nothing passes"))
    seen.append(LinkSet(call=name, party="citizen", at_ms=(BEGAN + 23) * 1000, up="delay 0 ms"))
    return seen


SEEN = with_sights(frozen())
RESULT = result_of(SEEN, load_bands(), "run-1", "townhall")


def page(evidence: Evidence = SEEN, lang: Lang = "en", result: QualityResult = RESULT) -> str:
    return render_quality(result, evidence, lang)


def pictures(text: str, kind: str) -> list[bytes]:
    return [base64.b64decode(each) for each in re.findall(rf"data:image/{kind};base64,([A-Za-z0-9+/=]+)", text)]


def text(of: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", of)).split())


kept_rows = st.lists(st.floats(0, 100), max_size=60).map(sorted)


@settings(deadline=None)
@given(kept_rows, st.floats(0, 90), st.floats(1, 10), st.floats(0, 1), st.floats(0, 1))
def test_the_picture_chosen_lies_in_the_worst_window_and_is_the_one_that_stood(
    times: list[float], begin: float, lasts: float, one: float, other: float
) -> None:
    end = begin + lasts
    since, at = sorted((begin + one * lasts, begin + other * lasts))
    kept = [Kept(each, None, place) for place, each in enumerate(times)]
    found = chosen(kept, since, at, begin, end)
    within = [each for each in times if begin <= each <= end]
    assert (found is None) == (not within)
    if found is not None:
        assert begin <= found.at <= end
        stood = [each for each in within if since <= each <= at]
        assert found.at == max(stood) if stood else found.at in within


def test_beside_one_another_stand_what_the_camera_gave_then_and_what_had_stood_on_the_screen() -> None:
    look = RESULT.calls[0].look
    assert look is not None
    assert (look.figure, look.viewer, look.sender) == ("Q08", "citizen", "clerk")
    assert look.since == pytest.approx(20.05, abs=0.1)
    given_then, seen_then = pictures(page(), "jpeg")
    number = int(look.at * 30)  # what was drawn last, of thirty pictures a second
    assert abs(level_of(given_then) - (20 * ((number + 1) % 12) + 10)) <= 25
    assert level_of(seen_then) == pytest.approx(100 + 600 % 100, abs=2)  # the last before the freeze: picture 600


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("de", ("Gezeigt: Kamera, Amtsseite", "Gesehen: Bildschirm, Bürgerseite", "s lang still", "s alt",
                "Was dabei mit dem Gespräch gemacht wurde", "Der schlechteste Abschnitt im Ton")),
        ("en", ("Shown: camera, clerk", "Seen: screen, citizen", "had stood for", "s old",
                "What was done to the call then", "The worst window of the sound")),
    ],
)  # fmt: skip
def test_the_moment_is_told_in_words(lang: Lang, says: tuple[str, ...]) -> None:
    read = text(page(lang=lang))
    assert [each for each in says if each not in read] == []


@pytest.mark.parametrize(
    ("lang", "picture", "sound"),
    [
        ("de", r'alt="Gesehen: Bildschirm, Bürgerseite: Sekunde 23,\d, Bild 600, \d,\d s alt, stand 3,\d s lang still"',
         r'aria-label="Zwei Spektrogramme von Sekunde [^"]*Am längsten war unten von Sekunde 20,0 bis 23,0 nichts'),
        ("en", r'alt="Seen: screen, citizen: Second 23\.\d, picture 600, \d\.\d s old, had stood for 3\.\d s"',
         r'aria-label="Two spectrograms from second [^"]*For longest nothing was heard below from second 20.0 to 23.0'),
    ],
)  # fmt: skip
def test_pictures_and_sound_have_words_for_who_cannot_see_them(lang: Lang, picture: str, sound: str) -> None:
    late = dict.fromkeys(range(18, 24), 500.0)
    both = with_sights(call("clear-1", Defects(freezes=((20.0, 23.0),), late=late, screen=False)))
    assert re.search(picture, page(lang=lang))
    shown = page(both, lang, result_of(both, load_bands()))
    assert re.search(sound, shown)
    assert re.findall(r"<img(?![^>]*\balt=\"[^\"]+\")[^>]*>", shown) == []


def test_no_words_of_a_target_become_markup_here() -> None:
    shown = page()
    assert EVIL not in shown
    assert "&lt;script&gt;" in shown
    assert re.findall(r'(?:src|href)="(?!data:|#)', shown) == []


def test_where_nothing_was_kept_there_is_no_picture_and_the_reason_stands_there() -> None:
    bare = [Record(id=f"r{number}", at=BEGAN, seen=each) for number, each in enumerate(frozen())]
    without = Evidence(bare)
    shown = page(without)
    assert (pictures(shown, "jpeg"), pictures(shown, "png")) == ([], [])
    assert text(shown).count("The evidence holds nothing of this moment: nothing was kept.") >= 2
    why = TapStatus(call="clear-1", party="citizen", vantage="album", state="silent", reason=f"The page is gone {EVIL}")
    told = page(Evidence([*bare, Record(id="x", at=BEGAN, seen=why)]))
    assert "The evidence holds nothing of this moment: The page is gone <script>" in text(told)
    assert EVIL not in told


def test_what_was_changed_or_is_no_picture_is_not_shown() -> None:
    lost = Evidence(SEEN.records, {})
    noise = Evidence(SEEN.records, dict.fromkeys(SEEN.blobs, b"<svg onload=alert(1)>" * 999))
    for evidence in (lost, noise):
        shown = page(evidence)
        assert (pictures(shown, "jpeg"), pictures(shown, "png")) == ([], [])
        assert "is missing from the evidence, was changed or is no picture" in text(shown)


def test_of_pictures_that_were_compared_the_pair_that_differs_is_shown() -> None:
    evidence = with_sights(call("clear-1", Defects(vmaf=40.0, screen=False)))
    result = result_of(evidence, load_bands())
    look = result.calls[0].look
    assert look is not None
    assert (look.figure, look.compared) == ("Q15", True)
    levels = [level_of(each) for each in pictures(page(evidence, "en", result), "jpeg")]
    assert levels == pytest.approx([200, 50], abs=2)


def test_a_call_in_which_all_was_good_says_so_above_its_pictures() -> None:
    evidence = with_sights(call("clear-1", Defects(screen=False)))
    read = text(page(evidence, "en", result_of(evidence, load_bands())))
    assert read.count("Nothing was worse than good; this came nearest to it.") == 2


def test_a_page_does_not_grow_beyond_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "BUDGET", 1000)
    shown = page()
    assert (pictures(shown, "jpeg"), pictures(shown, "png")) == ([], [])
    assert "It is too large for this page; it lies in the evidence." in text(shown)


def test_one_call_weighs_little_enough_for_ten_networks_three_times() -> None:
    assert len(page()) * 33 < 15_000_000


@settings(deadline=None)
@given(st.binary(max_size=40), st.lists(st.integers(-5, 60), max_size=5), st.integers(-2, 6))
def test_a_piece_is_of_the_file_whatever_a_record_says(data: bytes, ends: list[int], place: int) -> None:
    assert piece(data, ends, place) in data


def test_a_picture_is_made_anew_without_what_else_its_file_holds(tmp_path: Path) -> None:
    assert b"secret" not in as_jpeg(grey(10) + b"secret", 448)
    assert as_jpeg(b"\x89PNG\r\n\x1a\n", 448) == b""
    assert len(sound_of(b"fLaC and nothing more")[0]) == 0
