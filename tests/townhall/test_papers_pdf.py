"""The paper to sign: what is on it, in letters that can be read, copied and read aloud."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.townhall.papers_pdf import Paper
from townhall.forms.words import paper_words
from townhall.tenants import load_tenants
from townhall.web import build as web_build
from townhall.web.build import NODE, WEB

MAKER = Path(__file__).with_name("papers_make.mjs")


def paper(values: dict[str, object], tenant: str = "winterbach", service: str = "kita", lang: str = "de") -> Paper:
    web_build.build()
    web_build.install()
    papers = paper_words(load_tenants()[tenant], service, "citizen", lang)["papers"]
    assert isinstance(papers, dict)
    said = json.dumps({**papers, "values": values}).encode()
    return Paper(subprocess.run([NODE, MAKER], input=said, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def filled() -> Paper:
    return paper(
        {
            "child-first-name": "Łukasz İbrahim Ğüneş",
            "child-last-name": "Müller-Wiśniewska",
            "child-birth-date": "2023-05-04",
            "kindergarten": "linde",
            "care": "full",
            "measles": True,
            "notes": "Wir ziehen im Sommer um. " * 79 + "Ende",
            "allergies": "x" * 300,
        }
    )


def test_the_town_halls_address_stands_in_the_window(filled: Paper) -> None:
    assert "Gemeinde Winterbach\nRathaus Winterbach\nMarktplatz 2\n73650 Winterbach\n" in filled.text


def test_letters_of_other_languages_print(filled: Paper) -> None:
    assert "Łukasz İbrahim Ğüneş" in filled.text
    assert "Müller-Wiśniewska" in filled.text


def test_dates_and_choices_are_written_as_people_read_them(filled: Paper) -> None:
    for words in ("04.05.2023", "Kindergarten Linde", "Ganztag, bis 16.30 Uhr"):
        assert f"\n{words}\n" in filled.text


def test_long_answers_wrap_and_go_on_over_pages_without_losing_a_word(filled: Paper) -> None:
    assert filled.text.count("Sommer") == 79
    assert "Ende" in filled.text
    assert max(len(line) for line in filled.text.splitlines()) < 130
    assert sum(line.count("x") for line in filled.text.splitlines() if set(line) == {"x"}) == 300
    assert filled.pages == 3


def test_every_page_has_its_number(filled: Paper) -> None:
    found = re.findall(r"Anmeldung für einen Kindergartenplatz · Seite (\d) von (\d)", filled.text)
    assert found == [("1", "3"), ("2", "3"), ("3", "3")]


def test_what_is_ticked_is_crossed_and_what_is_not_is_an_empty_box(filled: Paper) -> None:
    assert "☒\nDen Nachweis über den Masernschutz" in filled.text
    assert "☐\nBei Rückfragen darf man uns" in filled.text


def test_there_is_a_line_to_sign_on_for_each_signature(filled: Paper) -> None:
    assert filled.text.count("Ort, Datum") == 2
    assert "Unterschrift der zweiten sorgeberechtigten Person" in filled.text


def test_the_file_says_its_title_and_language_and_is_tagged_for_screen_readers(filled: Paper) -> None:
    for entry in (
        b"/Lang (de-DE)",
        b"/Marked true",
        b"/DisplayDocTitle true",
        b"/StructTreeRoot",
        b"/S /H1",
        b"/S /H2",
    ):
        assert entry in filled.file, entry


def test_fonts_are_embedded_as_a_subset(filled: Paper) -> None:
    assert len(re.findall(rb"/FontFile2 \d+ 0 R", filled.file)) == 2
    assert len(filled.file) < 120_000


def test_an_empty_form_is_a_paper_to_fill_in_by_hand() -> None:
    empty = paper({}, "kernen", "wohnsitz")
    assert "Anmeldung des Wohnsitzes" in empty.text
    assert "Stettener Straße 12\n71394 Kernen im Remstal" in empty.text
    assert "undefined" not in empty.text
    assert "null" not in empty.text


def test_readers_of_english_find_english_beside_the_german() -> None:
    english = paper({"care": "full"}, lang="en")
    text = english.text.replace("\n", " ")
    assert "Vorname des Kindes / Child's first name" in text
    assert "Ort, Datum / Place, date" in text
    assert "Ganztag, bis 16.30 Uhr" in text


def test_the_papers_bundle_needs_nothing_from_elsewhere() -> None:
    web_build.build()
    bundle = (WEB / "dist" / "papers-pdf.js").read_text("utf-8")
    assert not re.search(r"""(fetch|Worker|WebSocket|importScripts|import)\(\s*["'`](https?|wss?):""", bundle)
    assert not re.search(r"^import .*from |\beval\(|new Function\(", bundle, re.MULTILINE)
    call = (WEB / "dist" / "call.js").read_text("utf-8")
    assert "PDFDocument" not in call, "the paper's half megabyte is loaded with every call"
